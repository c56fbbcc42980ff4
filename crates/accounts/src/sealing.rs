//! Secrets at rest: what has to be read again, and so can't be a hash.

use std::fmt;

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD},
};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use kernel::{EntityId, Error, Result, Tx, UserId, World};
use sha2::Sha256;

/// Comes first in what is sealed, so that another key or cipher can follow.
const VERSION: u8 = 1;
const NONCE: usize = 24;

/// The key of the installation. It does not print itself.
#[derive(Clone)]
pub struct SecretKey([u8; 32]);

impl SecretKey {
    pub fn generate(world: &dyn World) -> Result<Self> {
        let mut key = [0; 32];
        world.fill(&mut key)?;
        Ok(Self(key))
    }

    /// 32 bytes as 64 hexadecimal digits or as base64.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let engines = [STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD];
        let bytes = from_hex(text).or_else(|| engines.iter().find_map(|engine| engine.decode(text).ok()))?;
        bytes.try_into().ok().map(Self)
    }

    /// As [`Self::parse`] reads it: for the file that keeps it.
    pub fn to_base64(&self) -> String {
        STANDARD.encode(self.0)
    }

    /// For whoever makes another kind of key of it.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Encrypts what is this account's. On another account's row it can't be opened.
    pub fn seal(&self, tx: &Tx, owner: UserId, secret: &[u8]) -> Result<String> {
        let nonce: [u8; NONCE] = tx.random()?;
        let owner = owner.to_wire();
        let payload = Payload { msg: secret, aad: owner.as_bytes() };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload).map_err(|_| broken())?;
        Ok(STANDARD.encode([&[VERSION], &nonce[..], &sealed].concat()))
    }

    /// Decrypts what [`Self::seal`] made, with the same key and for the same account.
    pub fn open(&self, owner: UserId, sealed: &str) -> Result<Vec<u8>> {
        let bytes = STANDARD.decode(sealed).map_err(|_| broken())?;
        let Some((&VERSION, rest)) = bytes.split_first() else {
            return Err(broken());
        };
        let (nonce, sealed) = rest.split_first_chunk::<NONCE>().ok_or_else(broken)?;
        let owner = owner.to_wire();
        let payload = Payload { msg: sealed, aad: owner.as_bytes() };
        self.cipher().decrypt(&XNonce::from(*nonce), payload).map_err(|_| broken())
    }

    /// A mark under a text that only who has the key can make.
    pub fn sign(&self, text: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.mac(text).finalize().into_bytes())
    }

    /// Is this the mark under that text? Takes as long for every wrong one.
    pub fn has_signed(&self, text: &str, mark: &str) -> bool {
        URL_SAFE_NO_PAD.decode(mark).is_ok_and(|mark| self.mac(text).verify_slice(&mark).is_ok())
    }

    /// By a key that is made of this one: what it encrypts is another matter.
    fn mac(&self, text: &str) -> Hmac<Sha256> {
        let of = |key: &[u8], text: &[u8]| {
            // HMAC takes keys of any length.
            let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap_or_else(|_| Hmac::new(&Default::default()));
            mac.update(text);
            mac
        };
        of(&of(&self.0, b"lectern: signatures, 1").finalize().into_bytes(), text.as_bytes())
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(..)")
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    (0..32).map(|n| u8::from_str_radix(&text[2 * n..2 * n + 2], 16).ok()).collect()
}

fn broken() -> Error {
    Error::Internal("a sealed secret can't be opened: the secret key is not the one it was sealed with".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_good_for_its_text_and_key_only() {
        let (key, other) = (SecretKey([1; 32]), SecretKey([2; 32]));
        let mark = key.sign("a text");
        assert!(key.has_signed("a text", &mark));
        for bad in ["", "x", &mark[1..], &format!("{mark}A"), &other.sign("a text"), &key.sign("another")] {
            assert!(!key.has_signed("a text", bad), "{bad}");
        }
    }

    #[test]
    fn a_key_is_read_in_either_form_and_never_printed() {
        let hex = "00ff".repeat(16);
        let key = SecretKey::parse(&format!(" {hex}\n")).unwrap();
        assert_eq!(SecretKey::parse(&key.to_base64()).unwrap().0, key.0);
        assert_eq!(SecretKey::parse(key.to_base64().trim_end_matches('=')).unwrap().0, key.0);
        assert_eq!(format!("{key:?}"), "SecretKey(..)");
        for bad in ["", "secret", &"0".repeat(63), &"0".repeat(65), &STANDARD.encode([0; 31]), &"é".repeat(32)] {
            assert!(SecretKey::parse(bad).is_none(), "{bad}");
        }
    }
}
