//! Which of the passages that have some of the words answer the question.

use std::collections::HashSet;

use super::{AskedWords, Passage};

/// What a model is given, and a person is shown.
const MOST_PASSAGES: usize = 6;
const MOST_LETTERS: usize = 6_000;

/// What answers less well than this part of the best is left out.
const TAIL: f64 = 0.4;
/// How much more a word says in a title.
const IN_TITLE: f64 = 0.5;

/// The best passages, the best first. Any word will do: people say much that no text does. A word counts by how few passages
/// have it, and more in a title; what is far behind the best is left out. What the course is called says nothing of a passage
/// of it, unless nothing else was asked. Of equals the index knows better which comes first.
pub fn choose(course: &str, words: &AskedWords, found: Vec<Passage>) -> Vec<Passage> {
    let (within, titled): (Vec<_>, Vec<_>) = found.iter().map(|passage| places(words, passage)).unzip();
    let weights = weights(&words.within(course), &within);
    let scores =
        within.iter().zip(&titled).map(|(there, titled)| sum(there, &weights) + IN_TITLE * sum(titled, &weights));
    let scored = scores.zip(found).map(|(score, passage)| (less_for_a_name(score, &passage), passage));
    let mut scored: Vec<(f64, Passage)> = scored.filter(|(score, _)| *score > 0.0).collect();
    scored.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let least = scored.first().map_or(0.0, |(best, _)| best * TAIL);
    few(scored.into_iter().take_while(|(score, _)| *score >= least).map(|(_, passage)| passage))
}

/// Which words a passage has, and which of them its title.
fn places(words: &AskedWords, passage: &Passage) -> (Vec<bool>, Vec<bool>) {
    (words.within(&format!("{}\n{}", passage.title, passage.words)), words.within(&passage.title))
}

fn weights(of_course: &[bool], within: &[Vec<bool>]) -> Vec<f64> {
    let having = |word: usize| within.iter().filter(|there| there[word]).count();
    let rarity = |word: usize| (1.0 + within.len() as f64 / (1.0 + having(word) as f64)).ln();
    let says_something = |is_of_course: bool| !is_of_course || of_course.iter().all(|is_of_course| *is_of_course);
    let words = of_course.iter().enumerate();
    words.map(|(word, is_of_course)| if says_something(*is_of_course) { rarity(word) } else { 0.0 }).collect()
}

fn sum(there: &[bool], weights: &[f64]) -> f64 {
    there.iter().zip(weights).filter(|(is_there, _)| **is_there).map(|(_, weight)| weight).sum()
}

fn less_for_a_name(score: f64, passage: &Passage) -> f64 {
    if passage.words.is_empty() { score * 0.7 } else { score }
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
        choose(course, &AskedWords::of(question, "en"), found).into_iter().map(|passage| passage.title).collect()
    }

    #[test]
    fn any_word_will_do_but_what_the_course_is_called() {
        let found = [("Letters", "In writing every sentence begins with a capital letter.")];
        let asked = "When would somebody sensible begin writing with a capital?";
        assert_eq!(titles("Writing", asked, &found), ["Letters"]);
        assert_eq!(titles("Writing", "How do zeppelins help in writing?", &found), [""; 0]);
        assert_eq!(titles("Writing", "What is writing?", &found), ["Letters"], "nothing else was asked");
    }

    #[test]
    fn what_is_far_behind_the_best_is_left_out() {
        let found = [("Gas", "gas gas"), ("Zeppelins", "Rigid hulls hold gas in cells."), ("More gas", "Gas again")];
        assert_eq!(titles("Flight", "Which gas is in the cells of rigid zeppelins?", &found), ["Zeppelins"]);
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
