use std::net::IpAddr;

use kernel::Rule;
use url::{Host, Url};

use crate::{
    rules::{WEBHOOK_URL_INVALID, WEBHOOK_URL_NOT_PUBLIC},
    sending::is_public,
};

const LONGEST: usize = 2_000;

/// Where webhooks may go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// To public addresses, by https.
    #[default]
    Public,
    /// To private addresses of this network, too, and by http.
    Anywhere,
}

/// The address as it will be gone to. What a name stands for is looked at when somebody goes there, and not before.
pub fn target(text: &str, reach: Reach) -> Result<Url, Rule> {
    let url = Url::parse(text.trim()).map_err(|_| WEBHOOK_URL_INVALID)?;
    let by = match reach {
        Reach::Public => url.scheme() == "https",
        Reach::Anywhere => matches!(url.scheme(), "https" | "http"),
    };
    let is_bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    if !by || !is_bare || url.as_str().len() > LONGEST {
        return Err(WEBHOOK_URL_INVALID);
    }
    let may_go = reach == Reach::Anywhere
        || match url.host() {
            Some(Host::Ipv4(address)) => is_public(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => is_public(IpAddr::V6(address)),
            Some(Host::Domain(name)) => is_public_name(name),
            None => false,
        };
    if may_go { Ok(url) } else { Err(WEBHOOK_URL_NOT_PUBLIC) }
}

/// Names that never are one on the internet, by RFC 6761, RFC 6762 and RFC 8375; a name without a dot is one of this network.
fn is_public_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let local = ["localhost", "local", "internal", "home.arpa"];
    name.contains('.') && !local.iter().any(|local| name.strip_suffix(local).is_some_and(|rest| rest.ends_with('.')))
}

/// The address without what may be secret in it: for the audit trail and for letters.
pub fn origin(url: &str) -> String {
    Url::parse(url).map(|url| url.origin().ascii_serialization()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_public_or_refused_however_it_is_written() {
        for good in [
            "https://example.org/hook?a=b",
            " https://example.org:8443 ",
            "https://1.1.1.1/",
            "https://[2606:4700::1]/",
        ] {
            assert!(target(good, Reach::Public).is_ok(), "{good}");
        }
        for bad in [
            "",
            "example.org",
            "/hook",
            "http://example.org",
            "ftp://example.org",
            "https://u:p@example.org",
            "https://u@example.org",
            "https://example.org/#a",
            "https://",
            "javascript:alert(1)",
            "file:///etc/passwd",
        ] {
            assert_eq!(target(bad, Reach::Public), Err(WEBHOOK_URL_INVALID), "{bad}");
        }
        assert_eq!(
            target(&format!("https://example.org/{}", "a".repeat(2_000)), Reach::Public),
            Err(WEBHOOK_URL_INVALID)
        );
    }

    #[test]
    fn an_address_inside_is_one_however_it_is_written() {
        for inside in [
            "https://127.0.0.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f.0.0.1/",
            "https://017700000001/",
            "https://0/",
            "https://localhost/",
            "https://a.localhost/",
            "https://LOCALHOST./",
            "https://db.internal/",
            "https://printer.local/",
            "https://gateway/",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[fd00::1]/",
            "https://10.0.0.1/",
            "https://169.254.169.254/latest/meta-data",
            "https://①②⑦.0.0.1/",
        ] {
            assert_eq!(target(inside, Reach::Public), Err(WEBHOOK_URL_NOT_PUBLIC), "{inside}");
            assert!(target(inside, Reach::Anywhere).is_ok(), "{inside}");
        }
        assert!(target("http://127.0.0.1:8080/", Reach::Anywhere).is_ok());
        assert_eq!(origin("https://example.org:8443/hook?token=x"), "https://example.org:8443");
    }
}
