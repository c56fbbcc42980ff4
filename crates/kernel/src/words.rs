/// The most words of a search that are looked for, and the most characters of each: the rest says little more.
const MAX_WORDS: usize = 10;
const MAX_CHARACTERS: usize = 64;

/// What somebody searched for, taken apart into words: runs of letters and digits of any script. Whatever else was typed
/// only separates them, so that nothing in a word means anything to a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words(Vec<String>);

impl Words {
    /// The words of a text, the first ten.
    pub fn of(text: &str) -> Self {
        let words = text.split(|character| !belongs_to_word(character));
        let words = words.filter(|word| word.contains(char::is_alphanumeric)).take(MAX_WORDS);
        Self(words.map(|word| word.chars().take(MAX_CHARACTERS).collect()).collect())
    }

    pub fn as_slice(&self) -> &[String] {
        &self.0
    }

    /// Each word, and whether it is the last one, which somebody may still be typing.
    pub fn iter(&self) -> impl Iterator<Item = (&str, bool)> {
        let last = self.0.len().saturating_sub(1);
        self.0.iter().enumerate().map(move |(place, word)| (word.as_str(), place == last))
    }
}

/// An accent can be a character of its own, after the letter it stands on.
fn belongs_to_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_letters_and_digits_of_any_script_and_nothing_else() {
        for (text, words) in [
            ("Rust  for\tbeginners", &["Rust", "for", "beginners"][..]),
            ("C++ & node.js", &["C", "node", "js"]),
            ("\"title\" : a* OR NEAR(b)", &["title", "a", "OR", "NEAR", "b"]),
            ("');DROP TABLE courses;--", &["DROP", "TABLE", "courses"]),
            ("cafe\u{301} \u{301} Основы 数学", &["cafe\u{301}", "Основы", "数学"]),
            ("🚀\0%_\\", &[]),
            ("", &[]),
        ] {
            assert_eq!(Words::of(text).as_slice(), words, "{text}");
        }
    }

    #[test]
    fn a_search_has_an_end() {
        let words = Words::of(&"word ".repeat(2_000));
        assert_eq!(words.as_slice().len(), MAX_WORDS);
        assert_eq!(Words::of(&"ä".repeat(10_000)).as_slice(), ["ä".repeat(MAX_CHARACTERS)]);
    }

    #[test]
    fn the_last_word_may_still_be_typed() {
        assert_eq!(Words::of("a b").iter().collect::<Vec<_>>(), [("a", false), ("b", true)]);
        assert_eq!(Words::of("").iter().count(), 0);
    }
}
