//! Sentences that say something by themselves, and the words that they turn on.

use std::collections::HashSet;

use icu_segmenter::{
    SentenceSegmenter, WordSegmenter, options::SentenceBreakInvariantOptions, options::WordBreakInvariantOptions,
};

use crate::passages::is_stop_word;

/// Shorter ones say little, longer ones too much at once.
const LETTERS: std::ops::RangeInclusive<usize> = 30..=300;
/// Who begins with these speaks of what was said before.
const POINTERS: [&str; 16] = [
    "it", "this", "that", "these", "those", "they", "he", "she", "we", "you", "i", "here", "there", "so", "but", "and",
];
/// What a list, a heading, a quotation, a table or code begins with in Markdown.
const NO_PROSE: [char; 9] = ['#', '|', '>', '`', '-', '*', '+', '!', '['];

#[derive(Clone, Debug)]
pub struct Sentence<'a> {
    pub text: &'a str,
    /// Where the words are that mean something, in order.
    terms: Vec<(usize, usize)>,
}

impl<'a> Sentence<'a> {
    /// The words that mean something, in order.
    pub fn terms(&self) -> impl DoubleEndedIterator<Item = &'a str> + '_ {
        self.terms.iter().map(|(from, to)| &self.text[*from..*to])
    }

    /// With something else where this word is for the first time.
    pub fn with(&self, term: &str, other: &str) -> String {
        let found = self.terms.iter().find(|(from, to)| &self.text[*from..*to] == term);
        match found {
            Some((from, to)) => format!("{}{other}{}", &self.text[..*from], &self.text[*to..]),
            None => self.text.into(),
        }
    }
}

/// Those of a text that can stand alone, each once.
pub fn sentences(text: &str) -> Vec<Sentence<'_>> {
    let segmenter = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    let mut seen = HashSet::new();
    let mut all = vec![];
    for line in text.split('\n').map(str::trim).filter(|line| !line.starts_with(NO_PROSE)) {
        let ends: Vec<usize> = segmenter.segment_str(line).collect();
        let cuts = ends.windows(2).filter_map(|ends| line.get(ends[0]..ends[1])).map(str::trim);
        all.extend(cuts.filter(|text| seen.insert(*text)).filter_map(sentence));
    }
    all
}

fn sentence(text: &str) -> Option<Sentence<'_>> {
    let ends_well = text.ends_with(['.', '。', '।']);
    let is_marked = text.contains(['{', '`', '[', '<', '*', '_']);
    if !ends_well || is_marked || !LETTERS.contains(&text.chars().count()) {
        return None;
    }
    let words = words(text);
    let first = words.first().map(|(from, to)| text[*from..*to].to_lowercase())?;
    let terms: Vec<_> = words.into_iter().filter(|(from, to)| is_term(&text[*from..*to])).collect();
    let stands_alone = text.chars().next().is_some_and(|letter| !letter.is_lowercase()) && !POINTERS.contains(&&*first);
    (stands_alone && terms.len() >= 3).then_some(Sentence { text, terms })
}

fn words(text: &str) -> Vec<(usize, usize)> {
    let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let mut from = 0;
    let ends = segmenter.segment_str(text).iter_with_word_type().map(|(to, kind)| {
        let word = (from, to);
        from = to;
        (word, kind.is_word_like())
    });
    ends.filter(|(_, is_word)| *is_word).map(|(word, _)| word).collect()
}

/// Four letters of an alphabet, two of a script that writes whole words with one.
fn is_term(word: &str) -> bool {
    let letters = word.chars().count();
    let is_long = letters >= 4 || (letters >= 2 && word.chars().all(|letter| letter.len_utf8() == 3));
    is_long && word.chars().all(char::is_alphabetic) && !is_stop_word(word)
}
