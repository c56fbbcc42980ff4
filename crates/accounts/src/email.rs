use icu_casemap::CaseMapper;
use icu_normalizer::ComposingNormalizer;
use icu_properties::{
    CodePointMapData,
    props::{GeneralCategory, GeneralCategoryGroup},
};
use kernel::Problem;

use crate::rules::EMAIL_INVALID;

/// The form of an address that is compared: what looks alike is alike. The domain in its ASCII form (IDNA 2008, UTS 46),
/// the name before the `@` in compatibility form (NFKC) and case-folded.
pub fn email_key(email: &str) -> String {
    let email = email.trim();
    let Some((local, domain)) = email.rsplit_once('@') else {
        return fold(email);
    };
    format!("{}@{}", fold(local), ascii_domain(domain).unwrap_or_else(|| fold(domain)))
}

/// An address that mail could reach: one `@`, a name before it, a domain with a dot after it, nothing one can't see.
pub fn check_email<'a>(email: &'a str, field: &'static str) -> Result<&'a str, Problem> {
    let email = email.trim();
    let good = email.len() <= 254
        && email_key(email).len() <= 254
        && email.split_once('@').is_some_and(|(local, domain)| {
            (1..=64).contains(&local.len())
                && !local.split('.').any(str::is_empty)
                && !domain.contains('@')
                && is_domain(domain)
        })
        && email.chars().all(is_visible);
    if good { Ok(email) } else { Err(EMAIL_INVALID.at(field)) }
}

/// NFKC and case-folded, so that it can be compared.
pub(crate) fn fold(text: &str) -> String {
    let nfkc = ComposingNormalizer::new_nfkc();
    // Folding can undo the normal form.
    nfkc.normalize(&CaseMapper::new().fold_string(&nfkc.normalize(text))).into_owned()
}

fn ascii_domain(domain: &str) -> Option<String> {
    idna::domain_to_ascii_strict(domain).ok()
}

fn is_domain(domain: &str) -> bool {
    domain.contains('.') && !domain.ends_with('.') && ascii_domain(domain).is_some_and(|ascii| ascii.contains('.'))
}

/// Not a space, not a control or format character, not for private use, nothing that mail headers give a meaning to.
fn is_visible(c: char) -> bool {
    let hidden = GeneralCategoryGroup::Other.union(GeneralCategoryGroup::Separator);
    !hidden.contains(CodePointMapData::<GeneralCategory>::new().get(c)) && !"<>()[],;:\\\"".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in ["ada@example.org", " a.b+c@sub.example.co.uk ", "ünï@exämple.de", "山田@例え.jp"] {
            assert!(check_email(good, "email").is_ok(), "{good}");
        }
        for bad in [
            "",
            "ada",
            "@example.org",
            "ada@",
            "ada@localhost",
            "ada@example..org",
            "ada@-example.org",
            "a b@example.org",
            "a@b@example.org",
            "ada@example.org\nbcc: eve@example.org",
            "<ada@example.org>",
            "ada\u{200b}@example.org",
            "ada\u{202e}@example.org",
            "ada\u{e000}@example.org",
            "ada@exa\u{ad}mple..org",
            "ada@xn--a.org",
            ".ada@example.org",
            "ada.@example.org",
            "a..da@example.org",
        ] {
            assert!(check_email(bad, "email").is_err(), "{bad:?}");
        }
    }

    #[test]
    fn what_looks_alike_is_alike() {
        for (one, other) in [
            (" Ada@Example.ORG", "ada@example.org"),
            ("ada@exämple.org", "ADA@XN--EXMPLE-CUA.org"),
            ("u\u{308}@example.org", "\u{fc}@example.org"),
            ("ａｄａ@example.org", "ada@example.org"),
            ("ΟΔΟΣ@example.org", "οδοσ@example.org"),
            ("straße@example.org", "STRASSE@example.org"),
        ] {
            assert_eq!(email_key(one), email_key(other));
        }
        assert_ne!(email_key("ada@example.org"), email_key("ada@example.com"));
    }
}
