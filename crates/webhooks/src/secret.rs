use accounts::SecretKey;
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use kernel::{Result, Tx, UserId};
use sha2::Sha256;

/// What the secrets of webhooks begin with, by the standard: <https://www.standardwebhooks.com>.
const PREFIX: &str = "whsec_";

/// What a webhook's deliveries are signed with. It does not print itself.
pub struct Secret(Vec<u8>);

impl Secret {
    pub fn generate(tx: &Tx) -> Result<Self> {
        Ok(Self(tx.random::<32>()?.to_vec()))
    }

    /// As its owner is shown it, once.
    pub fn to_wire(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(&self.0))
    }

    pub fn seal(&self, tx: &Tx, key: &SecretKey, owner: UserId) -> Result<String> {
        key.seal(tx, owner, &self.0)
    }

    pub fn open(key: &SecretKey, owner: UserId, sealed: &str) -> Result<Self> {
        Ok(Self(key.open(owner, sealed)?))
    }

    /// The mark under a message, with its version.
    pub fn sign(&self, id: &str, timestamp: i64, body: &[u8]) -> String {
        // HMAC takes keys of any length.
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).unwrap_or_else(|_| Hmac::new(&Default::default()));
        mac.update(format!("{id}.{timestamp}.").as_bytes());
        mac.update(body);
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the standard's own libraries.
    #[test]
    fn the_example_of_the_standard() {
        let secret = Secret(STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap());
        assert_eq!(secret.to_wire(), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        let signed = secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, b"{\"test\": 2432232314}");
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
