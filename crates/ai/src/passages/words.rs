//! The words of a question that say what it is about.

use std::collections::HashSet;

use icu_segmenter::{WordSegmenter, options::WordBreakInvariantOptions};

use super::stopping::{is_about_all, is_stop_word_of, language_of};

/// More say little more.
const MOST_WORDS: usize = 16;
const LONGEST_WORD: usize = 64;

/// What is looked for: words in lower case, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AskedWords {
    telling: Vec<String>,
    /// Is it asked what the course is about?
    is_about_all: bool,
}

impl AskedWords {
    /// Of a question about a course in this language; it may be asked in another one.
    pub fn of(question: &str, language: &str) -> Self {
        let all: Vec<String> = words(question).collect();
        let spoken = language_of(&all, language);
        let mut seen = HashSet::new();
        let telling = all.iter().filter(|word| !is_stop_word_of(&spoken, word) && seen.insert(*word)).cloned();
        let telling: Vec<_> = telling.take(MOST_WORDS).collect();
        Self { is_about_all: telling.is_empty() && all.iter().any(|word| is_about_all(word)), telling }
    }

    /// These, then those of what was asked before: "and why is that?" says little by itself, "what is the course about?"
    /// means something else.
    pub fn with_earlier(mut self, earlier: &str, language: &str) -> Self {
        if !self.is_about_all && self.telling.len() < 2 {
            let more = Self::of(earlier, language).telling.into_iter();
            let more: Vec<_> = more.filter(|word| !self.telling.contains(word)).collect();
            self.telling.extend(more);
            self.telling.truncate(MOST_WORDS);
        }
        self
    }

    pub fn as_slice(&self) -> &[String] {
        &self.telling
    }

    /// Those of scripts that put no space between words. No index over words knows them: they are looked for within texts.
    pub fn unspaced(&self) -> Vec<String> {
        self.telling.iter().filter(|word| is_unspaced(word)).cloned().collect()
    }

    /// Which of them a text has.
    pub fn within(&self, text: &str) -> Vec<bool> {
        let there: Vec<String> = words(text).collect();
        let has = |word: &String| match is_unspaced(word) {
            true => text.contains(word.as_str()),
            false => there.iter().any(|other| are_alike(word, other)),
        };
        self.telling.iter().map(has).collect()
    }

    /// How many of them a text has.
    pub fn count_within(&self, text: &str) -> usize {
        self.within(text).into_iter().filter(|is_there| *is_there).count()
    }
}

/// Between what is neither letter nor digit; where a script has no spaces, as its dictionary says.
fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.flat_map(|word| if is_unspaced(word) { segments(word) } else { vec![word] }).map(lower)
}

fn lower(word: &str) -> String {
    word.chars().flat_map(char::to_lowercase).take(LONGEST_WORD).collect()
}

fn segments(run: &str) -> Vec<&str> {
    let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let ends: Vec<usize> = segmenter.segment_str(run).collect();
    let parts = ends.windows(2).filter_map(|ends| run.get(ends[0]..ends[1]));
    // Hiragana alone is mostly grammar, and one letter of a longer word stands in many others.
    let parts = parts.filter(|part| part.chars().any(|letter| !matches!(letter, '\u{3040}'..='\u{309f}')));
    let (long, single): (Vec<_>, Vec<_>) = parts.partition(|part| part.chars().nth(1).is_some());
    if long.is_empty() { single } else { long }
}

/// Chinese and Japanese.
fn is_unspaced(word: &str) -> bool {
    word.chars()
        .any(|letter| matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}'))
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
            ("please explain zeppelins to me in detail", &["zeppelins"]),
            ("Was bedeutet Eigentum?", &["bedeutet", "eigentum"]),
            ("What caused the war?", &["caused", "war"]),
            ("Warum war das so?", &[]),
            ("And why is that?", &[]),
            ("\"); DROP TABLE -- 数学", &["drop", "table", "数学"]),
            ("数学とは何ですか", &["数学"]),
            ("什么是数学？", &["数学"]),
        ] {
            assert_eq!(AskedWords::of(question, "en").as_slice(), about, "{question}");
        }
        assert_eq!(AskedWords::of(&"word0 word1 ".repeat(1_000), "en").as_slice().len(), 2);
    }

    #[test]
    fn what_says_little_goes_on_and_what_is_about_all_does_not() {
        let then = |question: &str| AskedWords::of(question, "en").with_earlier("What is borrowing?", "en");
        assert_eq!(then("And lifetimes?").as_slice(), ["lifetimes", "borrowing"]);
        assert_eq!(then("And why is that?").as_slice(), ["borrowing"]);
        for about_all in ["What is this course about?", "Give me an overview, please", "Worum geht es in diesem Kurs?"]
        {
            assert_eq!(then(about_all).as_slice(), [""; 0], "{about_all}");
        }
    }

    #[test]
    fn forms_of_a_word_are_found_and_other_words_are_not() {
        let asked = AskedWords::of("borrowed values capital", "en");
        assert_eq!(asked.within("Borrowing a value: capitalism"), [true, true, true]);
        assert_eq!(asked.within("Bor valley cap"), [false, false, false]);
        assert_eq!(AskedWords::of("rust", "en").within("rusty trust"), [true]);
        assert_eq!(AskedWords::of("rust", "en").within("run trust"), [false]);
        assert_eq!(AskedWords::of("数学とは何ですか", "ja").within("これは数学の本です"), [true]);
    }
}
