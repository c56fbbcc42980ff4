//! Signatures by the school's key, and how JSON is written so that it can be signed.

use accounts::SecretKey;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use kernel::{Error, Result};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The school's key, and the public halves of those that it signed with before. It does not print itself.
#[derive(Clone)]
pub struct Signer {
    key: SigningKey,
    retired: Vec<VerifyingKey>,
}

impl Signer {
    pub fn new(key: &SecretKey) -> Self {
        Self { key: SigningKey::from_bytes(key.bytes()), retired: vec![] }
    }

    /// Also vouches for what was signed with these: public keys in the letters of a JWK's `x`. The first that is none is
    /// given back.
    pub fn with_retired<'a>(mut self, keys: impl IntoIterator<Item = &'a str>) -> Result<Self, &'a str> {
        for text in keys {
            let bytes = URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
            let key = bytes.and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok());
            self.retired.push(key.ok_or(text)?);
        }
        Ok(self)
    }

    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }

    /// A signature under a text, in the letters of base64url. What else is signed is a token, or 64 bytes of digests: a text that
    /// begins with words of its own is taken for neither.
    pub fn sign_text(&self, text: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.sign(text.as_bytes()))
    }

    /// Was the text signed with this key, or one of before?
    pub fn has_signed(&self, text: &str, signature: &str) -> bool {
        let bytes = URL_SAFE_NO_PAD.decode(signature).unwrap_or_default();
        let Ok(signature) = Signature::from_slice(&bytes) else { return false };
        let keys = std::iter::once(self.key.verifying_key()).chain(self.retired.iter().copied());
        keys.into_iter().any(|key| key.verify_strict(text.as_bytes(), &signature).is_ok())
    }

    /// The public half.
    pub fn public(&self) -> [u8; 32] {
        self.key.verifying_key().to_bytes()
    }

    /// All public keys that there have been, the present one first.
    pub fn all_public(&self) -> Vec<[u8; 32]> {
        std::iter::once(self.public()).chain(self.retired.iter().map(VerifyingKey::to_bytes)).collect()
    }
}

/// JSON as RFC 8785 wants it, where all names are ASCII and all numbers whole: everything that we sign. Anything else is an
/// error of ours, and never a signature that somebody else's program can't follow.
pub fn canonical(value: &Value) -> Result<String> {
    let written = |value: &Value| serde_json::to_string(value).map_err(|error| Error::Internal(error.to_string()));
    match value {
        Value::Number(number) if !(number.is_i64() || number.is_u64()) => {
            Err(Error::Internal(format!("{number} can't be signed")))
        }
        Value::Array(values) => {
            let values = values.iter().map(canonical).collect::<Result<Vec<_>>>()?;
            Ok(format!("[{}]", values.join(",")))
        }
        Value::Object(members) => {
            if let Some(name) = members.keys().find(|name| !name.is_ascii()) {
                return Err(Error::Internal(format!("{name} can't be signed")));
            }
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(name, _)| *name);
            let member = |(name, value): (&String, &Value)| {
                Ok(format!("{}:{}", written(&name.as_str().into())?, canonical(value)?))
            };
            let members = members.into_iter().map(member).collect::<Result<Vec<_>>>()?;
            Ok(format!("{{{}}}", members.join(",")))
        }
        other => written(other),
    }
}

pub fn sha256(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_is_written_as_the_standard_has_it() {
        let value = json!({"b": [1, true, null, -7], "a": {"y": "é\n\u{1f}\"\\/\u{7f}€", "x": ""}, "B": "2"});
        let written = r#"{"B":"2","a":{"x":"","y":"é\n\u001f\"\\/XX€"},"b":[1,true,null,-7]}"#.replace("XX", "\u{7f}");
        assert_eq!(canonical(&value).unwrap(), written);
        assert!(canonical(&json!(1.5)).is_err() && canonical(&json!({"é": 1})).is_err());
    }

    #[test]
    fn keys_of_before_are_vouched_for() {
        let key = |byte: &str| Signer::new(&SecretKey::parse(&byte.repeat(32)).unwrap());
        let (old, new) = (key("01"), key("02"));
        let text = URL_SAFE_NO_PAD.encode(old.public());
        let both = new.clone().with_retired([text.as_str()]).unwrap();
        assert_eq!(both.all_public(), [new.public(), old.public()]);
        let signature = old.sign_text("a text");
        assert!(old.has_signed("a text", &signature) && both.has_signed("a text", &signature));
        assert!(!both.has_signed("another", &signature) && !new.has_signed("a text", &signature));
        assert!(!old.has_signed("a text", "") && !old.has_signed("a text", "?"));
        assert_eq!(new.with_retired(["no key"]).err(), Some("no key"));
    }
}
