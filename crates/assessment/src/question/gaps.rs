//! Questions whose text has gaps: `{{name}}`.

use super::PartialCredit;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FillIn {
    /// In the order in which the text has them.
    pub gaps: Vec<Gap>,
    pub is_case_sensitive: bool,
    pub credit: PartialCredit,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// What stands between the braces in the text, and what an answer names the gap by.
    pub name: String,
    pub accepted: Vec<String>,
}

/// The longest name of a gap.
const MAX_NAME: usize = 20;

/// The names of the gaps of a text, in order: 1 to 20 letters, digits, `-` and `_` between two braces on each side. What looks
/// otherwise is text.
pub fn gaps_in(text: &str) -> Vec<&str> {
    let after = text.split("{{").skip(1);
    after.filter_map(|rest| rest.split_once("}}")).map(|(name, _)| name).filter(|name| is_name(name)).collect()
}

fn is_name(name: &str) -> bool {
    let is_good = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (1..=MAX_NAME).contains(&name.len()) && name.bytes().all(is_good)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_named_in_the_text() {
        assert_eq!(gaps_in("{{1}} is in {{country}}, {{no gap}} {{}} {x} {{2"), ["1", "country"]);
        assert_eq!(gaps_in("{{{{a}}}}{{b-c_d}}"), ["a", "b-c_d"]);
        assert_eq!(gaps_in("{{a}}{{a}}"), ["a", "a"]);
        assert_eq!(gaps_in("nothing"), [""; 0]);
    }
}
