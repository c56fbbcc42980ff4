//! The names that answers use: given once, and kept whatever becomes of the text.

use std::collections::BTreeSet;

use kernel::{Problem, Result, Tx};

use super::{Content, Question};
use crate::rules::QUESTION_OPTION_UNKNOWN;

/// 32 characters that nobody takes for each other.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// Drawn from the transaction's randomness.
pub fn draw(tx: &Tx) -> Result<String> {
    let bytes = tx.random::<8>()?;
    Ok(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()])).collect())
}

impl Question {
    /// All keys that are given, each once.
    pub fn keys(&self) -> BTreeSet<String> {
        let mut content = self.content.clone();
        slots(&mut content).into_iter().map(|key| key.clone()).collect()
    }

    /// Gives keys to what has none. Those that are there have to be of `known`, each once: a key that comes from nowhere
    /// could be that of something else in an older answer.
    pub fn keyed(mut self, known: &BTreeSet<String>, mut draw: impl FnMut() -> Result<String>) -> Result<Self> {
        let mut given: BTreeSet<String> = BTreeSet::new();
        let mut slots = slots(&mut self.content);
        for key in slots.iter().filter(|key| !key.is_empty()) {
            if !known.contains(key.as_str()) || !given.insert(key.to_string()) {
                return Err(unknown().into());
            }
        }
        for key in slots.iter_mut().filter(|key| key.is_empty()) {
            let mut new = draw()?;
            while known.contains(&new) || given.contains(&new) {
                new = draw()?;
            }
            given.insert(new.clone());
            **key = new;
        }
        Ok(self)
    }

    /// The same without keys: what two questions have in common that ask the same.
    pub fn unkeyed(mut self) -> Self {
        for key in slots(&mut self.content) {
            key.clear();
        }
        self
    }
}

fn unknown() -> Problem {
    QUESTION_OPTION_UNKNOWN.at("content")
}

/// Every place of a key. Gaps are named by their author.
fn slots(content: &mut Content) -> Vec<&mut String> {
    match content {
        Content::MultipleChoice(choice) => choice.options.iter_mut().map(|option| &mut option.key).collect(),
        Content::Matching(matching) => {
            let prompts = matching.prompts.iter_mut().map(|prompt| &mut prompt.key);
            prompts.chain(matching.choices.iter_mut().map(|choice| &mut choice.key)).collect()
        }
        Content::Ordering(ordering) => ordering.items.iter_mut().map(|item| &mut item.key).collect(),
        Content::TrueFalse(_)
        | Content::ShortAnswer(_)
        | Content::Essay(_)
        | Content::Numeric(_)
        | Content::FillIn(_) => {
            vec![]
        }
    }
}
