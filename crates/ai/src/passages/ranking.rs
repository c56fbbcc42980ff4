//! Which of the passages that have some of the words answer the question.

use std::collections::HashSet;

use super::{AskedWords, Passage};

/// What a model is given, and a person is shown.
const MOST_PASSAGES: usize = 6;
const MOST_LETTERS: usize = 6_000;

/// The best passages, the best first. A word counts by how few passages have it. One word of several proves nothing: "capital"
/// stands in a text about letters, too. What the course is called belongs to all of its passages.
pub fn choose(course: &str, words: &AskedWords, found: Vec<Passage>) -> Vec<Passage> {
    let within: Vec<Vec<bool>> = found.iter().map(|passage| words.within(&context(course, passage))).collect();
    let weights = weights(words.as_slice().len(), &within);
    let wanted = words.as_slice().len().min(2);
    let mut scored: Vec<(f64, Passage)> = found
        .into_iter()
        .zip(&within)
        .filter(|(_, there)| there.iter().filter(|is_there| **is_there).count() >= wanted)
        .map(|(passage, there)| (score(&passage, there, &weights), passage))
        .collect();
    scored.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    few(scored.into_iter().map(|(_, passage)| passage))
}

fn context(course: &str, passage: &Passage) -> String {
    format!("{course}\n{}\n{}", passage.title, passage.words)
}

fn weights(words: usize, within: &[Vec<bool>]) -> Vec<f64> {
    let having = |word: usize| within.iter().filter(|there| there[word]).count();
    (0..words).map(|word| (1.0 + within.len() as f64 / (1.0 + having(word) as f64)).ln()).collect()
}

/// A name alone says less than words do.
fn score(passage: &Passage, there: &[bool], weights: &[f64]) -> f64 {
    let sum: f64 = there.iter().zip(weights).filter(|(is_there, _)| **is_there).map(|(_, weight)| weight).sum();
    if passage.words.is_empty() { sum * 0.7 } else { sum }
}

fn few(passages: impl Iterator<Item = Passage>) -> Vec<Passage> {
    let (mut letters, mut seen) = (0, HashSet::new());
    let fresh = passages.filter(|passage| seen.insert((passage.title.clone(), passage.words.clone())));
    fresh
        .take(MOST_PASSAGES)
        .take_while(|passage| {
            letters += passage.words.chars().count();
            letters <= MOST_LETTERS
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use kernel::TutorSourceId;
    use sea_orm::prelude::Uuid;

    use super::*;
    use crate::PassageKind;

    fn passage(title: &str, words: &str) -> Passage {
        Passage {
            source_id: TutorSourceId(Uuid::nil()),
            version: 1,
            section_id: None,
            media_id: None,
            kind: PassageKind::Section,
            title: title.into(),
            words: words.into(),
            starts_at: None,
            ends_at: None,
        }
    }

    fn titles(course: &str, question: &str, found: &[(&str, &str)]) -> Vec<String> {
        let found = found.iter().map(|(title, words)| passage(title, words)).collect();
        choose(course, &AskedWords::of(question), found).into_iter().map(|passage| passage.title).collect()
    }

    #[test]
    fn one_word_of_two_proves_nothing() {
        let found = [("Letters", "Every sentence begins with a capital letter.")];
        assert_eq!(titles("Writing", "What is the capital of France?", &found), [""; 0]);
        assert_eq!(titles("Writing", "What is a capital?", &found), ["Letters"]);
        assert_eq!(titles("Writing", "Capital in writing?", &found), ["Letters"], "the course is about writing");
    }

    #[test]
    fn rare_words_weigh_more_and_nothing_comes_twice() {
        let found = [
            ("One", "Rust and values"),
            ("Two", "Rust and ownership"),
            ("Two", "Rust and ownership"),
            ("Three", "Rust and values again"),
            ("Four", "Rust and values once more"),
        ];
        let asked = "Rust, ownership, values";
        assert_eq!(titles("C", asked, &found)[0], "Two");
        assert_eq!(titles("C", asked, &found).len(), 4);
    }
}
