//! What a password must not be. Length, one's own data, and the commonest: what NIST SP 800-63B asks to check, and no rules
//! about kinds of characters, which it advises against.

use kernel::{Check, says_something};

use crate::{
    email::fold,
    rules::{PASSWORD_COMMON, PASSWORD_PERSONAL, PASSWORD_TOO_LONG, PASSWORD_TOO_SHORT},
};

/// The commonest passwords of at least eight characters: from the list of 20,000 that Django ships (BSD license,
/// <https://gist.github.com/roycewilliams/226886fd01572964e1431ac8afc999ce>).
static COMMON: &str = include_str!("common_passwords.txt");

/// A word of one's own shorter than this says little.
const SHORTEST_WORD: usize = 4;
/// What has to be left of a password without one's own words.
const SHORTEST_REST: usize = 6;

/// Counts characters, not bytes. Longer ones than 128 would only be work for us. `own` is what others know of the person:
/// address, name, username.
pub fn check_password(check: &mut Check, password: &str, own: &[&str], field: &'static str) {
    let length = password.chars().count();
    check.require(length >= 8, PASSWORD_TOO_SHORT.at(field));
    check.require(length <= 128, PASSWORD_TOO_LONG.at(field));
    if (8..=128).contains(&length) {
        let folded = fold(password);
        check.require(!is_common(&folded) && says_something(password), PASSWORD_COMMON.at(field));
        check.require(!is_personal(&folded, own), PASSWORD_PERSONAL.at(field));
    }
}

fn is_common(folded: &str) -> bool {
    COMMON.lines().any(|line| line == folded)
}

/// Is it little more than one's own words?
fn is_personal(folded: &str, own: &[&str]) -> bool {
    let texts: Vec<String> = own.iter().map(|text| fold(text)).collect();
    let mut words: Vec<&str> = texts
        .iter()
        .flat_map(|text| std::iter::once(text.as_str()).chain(text.split(|c: char| !c.is_alphanumeric())))
        .filter(|word| word.chars().count() >= SHORTEST_WORD)
        .collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let rest = words.iter().fold(folded.to_string(), |rest, word| rest.replace(word, ""));
    rest.len() < folded.len() && rest.chars().count() < SHORTEST_REST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_common_password_is_found() {
        let lines: Vec<&str> = COMMON.lines().collect();
        assert!(lines.len() > 8_000);
        assert!(lines.iter().all(|line| is_common(line)));
        for good in ["", "zzzzzzzzzzzz", "0", "correct horse battery", "passwore"] {
            assert!(!is_common(good), "{good}");
        }
    }

    #[test]
    fn ones_own_data_is_not_a_password() {
        let own = ["ada.lovelace@example.org", "Ada Lovelace", "countess"];
        for bad in ["lovelace", "Lovelace1", "ada.lovelace", "ADA.LOVELACE@example.org", "lovelaceada", "countess99"] {
            assert!(is_personal(&fold(bad), &own), "{bad}");
        }
        for good in ["correct horse", "lovelace likes engines", "adaadaada"] {
            assert!(!is_personal(&fold(good), &own), "{good}");
        }
    }
}
