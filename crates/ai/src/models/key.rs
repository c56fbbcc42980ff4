use std::fmt;

use reqwest::header::HeaderValue;

/// What lets us in at the model's server. It is shown nowhere: not in logs, not in errors.
#[derive(Clone)]
pub struct ApiKey(HeaderValue);

impl ApiKey {
    /// `None` for a text of blanks. Fails for what can't stand in a header, without saying it.
    pub fn new(text: &str) -> Result<Option<Self>, &'static str> {
        let text = text.trim();
        if text.chars().any(|c| !c.is_ascii_graphic()) {
            return Err("the key of the model's server has characters that no key has");
        }
        if text.is_empty() {
            return Ok(None);
        }
        let mut header = HeaderValue::try_from(format!("Bearer {text}")).map_err(|_| "no key is that long")?;
        header.set_sensitive(true);
        Ok(Some(Self(header)))
    }

    pub(super) fn header(&self) -> HeaderValue {
        self.0.clone()
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_trimmed_may_be_missing_and_is_never_shown() {
        let key = ApiKey::new(" sk-secret\n").unwrap().unwrap();
        assert_eq!((key.header().as_bytes(), format!("{key:?}").as_str()), (&b"Bearer sk-secret"[..], "ApiKey(..)"));
        assert!(!format!("{:?}", key.header()).contains("secret"));
        assert!(ApiKey::new(" \n").unwrap().is_none());
        assert!(!ApiKey::new("sk secret").unwrap_err().contains("secret"));
        assert!(ApiKey::new("sk-s\u{e9}cret").is_err());
    }
}
