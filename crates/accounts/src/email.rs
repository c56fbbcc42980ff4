use kernel::Problem;

use crate::rules::EMAIL_INVALID;

/// The form of an address that is compared: without surrounding space, case-folded.
pub fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

/// An address that mail could reach: one `@`, a name before it, a domain with a dot after it, nothing unprintable.
pub fn check_email(email: &str) -> Result<&str, Problem> {
    let email = email.trim();
    let good = email.len() <= 254
        && email.split_once('@').is_some_and(|(local, domain)| {
            (1..=64).contains(&local.len()) && !domain.contains('@') && is_domain(domain)
        })
        && !email.chars().any(|c| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"".contains(c));
    if good { Ok(email) } else { Err(EMAIL_INVALID.at("email")) }
}

fn is_domain(domain: &str) -> bool {
    domain.contains('.')
        && domain.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in ["ada@example.org", " Ada.Lovelace+x@mail.example.org ", "ö@exämple.de"] {
            assert!(check_email(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "ada",
            "@example.org",
            "ada@",
            "ada@example",
            "a@b@c.de",
            "a b@c.de",
            "a@c..de",
            "a@-c.de",
            "a\n@c.de",
            "<a@c.de>",
        ] {
            assert!(check_email(bad).is_err(), "{bad}");
        }
        assert!(check_email(&format!("{}@example.org", "a".repeat(65))).is_err());
        assert_eq!(email_key(" Ada@Example.ORG "), "ada@example.org");
    }
}
