//! The words of a question that say what it is about.

use std::collections::HashSet;

/// Words that stand in any question, in the languages that most courses are in.
const STOP_WORDS: &str = include_str!("stop_words.txt");

/// More say little more.
const MOST_WORDS: usize = 16;
const LONGEST_WORD: usize = 64;

/// What is looked for: words in lower case, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AskedWords(Vec<String>);

impl AskedWords {
    pub fn of(question: &str) -> Self {
        let stop: HashSet<&str> = STOP_WORDS.split_whitespace().collect();
        let mut seen = HashSet::new();
        let telling = words(question).filter(|word| !stop.contains(word.as_str()) && seen.insert(word.clone()));
        Self(telling.take(MOST_WORDS).collect())
    }

    /// These, then those of what was asked before: "and why is that?" says little by itself.
    pub fn with_earlier(self, earlier: &str) -> Self {
        let Self(mut all) = self;
        let more: Vec<_> = Self::of(earlier).0.into_iter().filter(|word| !all.contains(word)).collect();
        all.extend(more);
        all.truncate(MOST_WORDS);
        Self(all)
    }

    /// Too few to find anything by?
    pub fn are_few(&self) -> bool {
        self.0.len() < 2
    }

    pub fn as_slice(&self) -> &[String] {
        &self.0
    }

    /// Which of them a text has.
    pub fn within(&self, text: &str) -> Vec<bool> {
        let there: Vec<String> = words(text).collect();
        self.0.iter().map(|word| there.iter().any(|other| are_alike(word, other))).collect()
    }

    /// How many of them a text has.
    pub fn count_within(&self, text: &str) -> usize {
        self.within(text).into_iter().filter(|is_there| *is_there).count()
    }
}

/// Does it stand in any text?
pub fn is_stop_word(word: &str) -> bool {
    let word = word.to_lowercase();
    STOP_WORDS.split_whitespace().any(|stop| stop == word)
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| word.chars().flat_map(char::to_lowercase).take(LONGEST_WORD).collect())
}

/// The same word, or forms of one: they begin alike, and differ in an ending.
fn are_alike(one: &str, other: &str) -> bool {
    let stem = |word: &str| Ord::max(4, word.chars().count().saturating_sub(3));
    let begun = one.chars().zip(other.chars()).take_while(|(left, right)| left == right).count();
    one == other || begun >= Ord::max(stem(one), stem(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_question_is_about_is_left() {
        for (question, about) in [
            ("What is ownership in Rust, and why?", &["ownership", "rust"][..]),
            ("Was bedeutet Eigentum?", &["bedeutet", "eigentum"]),
            ("And why is that?", &[]),
            ("\"); DROP TABLE -- 数学", &["drop", "table", "数学"]),
        ] {
            assert_eq!(AskedWords::of(question).as_slice(), about, "{question}");
        }
        assert_eq!(AskedWords::of(&"word0 word1 ".repeat(1_000)).as_slice().len(), 2);
        let later = AskedWords::of("And lifetimes?").with_earlier("What is borrowing?");
        assert_eq!(later.as_slice(), ["lifetimes", "borrowing"]);
    }

    #[test]
    fn forms_of_a_word_are_found_and_other_words_are_not() {
        let asked = AskedWords::of("borrowed values capital");
        assert_eq!(asked.within("Borrowing a value: capitalism"), [true, true, true]);
        assert_eq!(asked.within("Bor valley cap"), [false, false, false]);
        assert_eq!(AskedWords::of("rust").within("rusty trust"), [true]);
        assert_eq!(AskedWords::of("rust").within("run trust"), [false]);
    }
}
