//! Questions without a language model: a sentence of the course with a word left out, as it stands, or with a word of another
//! sentence in its place. It understands nothing, and whoever reads its proposals is told so.

use std::collections::HashMap;

use super::{
    draft::{Draft, DraftContent, GAP},
    sentences::{Sentence, sentences},
};
use crate::passages::Passage;

/// A sentence of a passage, with the word that it is asked for by.
struct Statement<'a> {
    passage: usize,
    sentence: Sentence<'a>,
    term: &'a str,
}

/// At most so many questions, spread over the passages. The same passages give the same ones.
pub fn propose(passages: &[Passage], most: usize) -> Vec<Draft> {
    let statements = statements(passages);
    let drafts = (0..).zip(&statements).map(|(number, statement)| match number % 3 {
        0 => fill_in(statement),
        1 => is_true(statement),
        _ => is_false(statement, &statements).unwrap_or_else(|| fill_in(statement)),
    });
    drafts.take(most).collect()
}

/// The first of each passage, then the second of each, and so on.
fn statements(passages: &[Passage]) -> Vec<Statement<'_>> {
    let all: Vec<Vec<Sentence<'_>>> = passages.iter().map(|passage| sentences(&passage.words)).collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for word in all.iter().flatten().flat_map(Sentence::terms) {
        *counts.entry(word.to_lowercase()).or_default() += 1;
    }
    let longest = all.iter().map(Vec::len).max().unwrap_or_default();
    let turns = (0..longest).flat_map(|turn| (0..).zip(&all).filter_map(move |(at, some)| Some((at, some.get(turn)?))));
    turns
        .filter_map(|(passage, sentence)| {
            let term = telling(sentence, &counts)?;
            Some(Statement { passage, sentence: sentence.clone(), term })
        })
        .collect()
}

/// What the passages speak of again and again, and long words rather than short ones; of several the first.
fn telling<'a>(sentence: &Sentence<'a>, counts: &HashMap<String, usize>) -> Option<&'a str> {
    let count = |word: &str| counts.get(&word.to_lowercase()).copied().unwrap_or_default().min(4);
    let weight = |word: &str| 3 * count(word) + word.chars().count();
    sentence.terms().rev().max_by_key(|word| weight(word))
}

fn fill_in(statement: &Statement<'_>) -> Draft {
    let text = statement.sentence.with(statement.term, GAP);
    draft(statement, text, DraftContent::FillIn(vec![statement.term.into()]))
}

fn is_true(statement: &Statement<'_>) -> Draft {
    draft(statement, statement.sentence.text.into(), DraftContent::TrueFalse(true))
}

/// With a word that looks alike and stands elsewhere. `None` when there is no such word.
fn is_false(statement: &Statement<'_>, all: &[Statement<'_>]) -> Option<Draft> {
    let own = statement.sentence.text.to_lowercase();
    let looks_alike = |word: &str| {
        let (word, term) = (word.chars().next(), statement.term.chars().next());
        word.map(char::is_uppercase) == term.map(char::is_uppercase)
    };
    let others = all.iter().map(|other| other.term).filter(|word| looks_alike(word));
    let other = others.into_iter().find(|word| !own.contains(&word.to_lowercase()))?;
    let text = statement.sentence.with(statement.term, other);
    Some(draft(statement, text, DraftContent::TrueFalse(false)))
}

fn draft(statement: &Statement<'_>, text: String, content: DraftContent) -> Draft {
    let quote = statement.sentence.text.to_string();
    let explanation = format!("The course says: \"{quote}\"");
    Draft { text, content, explanation, passage: statement.passage, quote: Some(quote) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questions::samples::passage;

    const OWNERSHIP: &str =
        "Ownership is the most unusual feature of Rust. Each value in Rust has exactly one owner at a time.";
    const BORROWS: &str = "A reference lets code read a value without taking ownership of it.";

    #[test]
    fn a_word_left_out_then_as_it_stands_then_with_a_word_of_another_sentence() {
        let passages = [passage(OWNERSHIP), passage(BORROWS)];
        let drafts = propose(&passages, 10);
        let all: Vec<_> = drafts.iter().map(|draft| (&*draft.text, &draft.content, draft.passage)).collect();
        assert_eq!(
            all,
            [
                ("{{1}} is the most unusual feature of Rust.", &DraftContent::FillIn(vec!["Ownership".into()]), 0),
                (BORROWS, &DraftContent::TrueFalse(true), 1),
                ("Each ownership in Rust has exactly one owner at a time.", &DraftContent::TrueFalse(false), 0),
            ]
        );
        assert_eq!(drafts[2].quote.as_deref(), Some("Each value in Rust has exactly one owner at a time."));
        assert_eq!(propose(&passages, 1), drafts[..1]);
    }

    #[test]
    fn what_is_no_sentence_gives_no_question() {
        for words in ["", "Chapter 1", "Why is that so?", "it was said that this is something good.", "# Ownership"] {
            assert_eq!(propose(&[passage(words)], 5), [], "{words}");
        }
    }
}
