//! The school as the world knows it: its name, its address, and what it signs with.

use std::sync::Arc;

use accounts::SecretKey;
use kernel::{Error, Result};
use learning::certificates::{Issuer, Signer};
use tokio::sync::Semaphore;

/// How many certificates are drawn at the same time: each takes a processor while it lasts.
const DRAWN_AT_ONCE: usize = 2;

/// What certificates come from.
#[derive(Clone)]
pub struct School {
    /// Printed on new certificates.
    pub name: String,
    /// Where certificates are at home.
    pub issuer: Issuer,
    /// Without it certificates are only shown.
    pub signer: Option<Signer>,
    /// A slot is held by who draws a certificate.
    pub drawing: Arc<Semaphore>,
}

impl School {
    /// `address`: where this server is reached from outside, `https://api.school.example` or with a path.
    pub fn new(name: &str, address: &str) -> Result<Self, String> {
        let address = address.trim_end_matches('/');
        let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
        let odd = |c: char| c.is_whitespace() || c.is_control() || "?#\"<>\\".contains(c);
        if host.is_none_or(|host| host.is_empty() || host.starts_with('/') || address.contains(odd)) {
            return Err(format!("{address:?} is no address for certificates, such as https://api.school.example"));
        }
        if name.trim().is_empty() || name.chars().count() > 255 || name.chars().any(char::is_control) {
            return Err("a school's name has 1 to 255 characters".into());
        }
        let issuer = Issuer { address: address.into() };
        Ok(Self { name: name.trim().into(), issuer, signer: None, drawing: Arc::new(Semaphore::new(DRAWN_AT_ONCE)) })
    }

    /// The same, signing with this key; `retired` are public keys that it signed with before.
    pub fn signing(self, key: &SecretKey, retired: &[String]) -> Result<Self, String> {
        let retired = retired.iter().map(String::as_str).filter(|key| !key.is_empty());
        let signer = Signer::new(key).with_retired(retired);
        let signer = signer.map_err(|key| format!("{key:?} is no public key: give the `x` of one in jwks.json"))?;
        Ok(Self { signer: Some(signer), ..self })
    }

    /// What signs, for those who can't go on without.
    pub fn signer(&self) -> Result<&Signer> {
        self.signer.as_ref().ok_or_else(|| Error::Internal("there is no key to sign certificates with".into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_a_slash_and_a_name_that_shows() {
        let school = School::new(" Ada's School ", "https://school.example/api/").unwrap();
        assert_eq!(
            (school.name.as_str(), school.issuer.address.as_str()),
            ("Ada's School", "https://school.example/api")
        );
        for (name, address) in
            [("", "https://a.b"), (" ", "https://a.b"), ("A", "a.b"), ("A", "https:///x"), ("A", "http://a?b")]
        {
            assert!(School::new(name, address).is_err(), "{name:?} {address:?}");
        }
        let key = SecretKey::parse(&"07".repeat(32)).unwrap();
        assert!(school.clone().signer().is_err());
        assert!(school.clone().signing(&key, &["nonsense".into()]).is_err());
        assert!(school.signing(&key, &[String::new()]).unwrap().signer().is_ok());
    }
}
