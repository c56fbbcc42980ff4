//! The names that answers use: given once, and kept whatever becomes of the text.

use std::{borrow::Cow, collections::BTreeSet};

use kernel::{Check, Problem, Result, Tx};

use super::{ChoicePlace, Content, Question, checking::item};
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
        slots(&mut content).into_iter().map(|(_, key)| key.clone()).collect()
    }

    /// Gives keys to what has none. Those that are there have to be of `known`, each once: a key that comes from nowhere
    /// could be that of something else in an older answer.
    pub fn keyed(mut self, known: &BTreeSet<String>, mut draw: impl FnMut() -> Result<String>) -> Result<Self> {
        let (mut given, mut check): (BTreeSet<String>, _) = (BTreeSet::new(), Check::new());
        let variant = self.content.variant();
        let mut slots = slots(&mut self.content);
        for (path, key) in slots.iter().filter(|(_, key)| !key.is_empty()) {
            check.require(known.contains(key.as_str()) && given.insert(key.to_string()), unknown(variant, path));
        }
        check.done()?;
        for (_, key) in slots.iter_mut().filter(|(_, key)| key.is_empty()) {
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
        for (_, key) in slots(&mut self.content) {
            key.clear();
        }
        self
    }
}

/// Where a key is given, from the content down.
type Path = [Cow<'static, str>; 3];

fn unknown(variant: &'static str, path: &Path) -> Problem {
    let start = ["content".into(), variant.into()];
    let field = start.into_iter().chain(path.iter().cloned()).collect();
    Problem { field, ..QUESTION_OPTION_UNKNOWN.at("content") }
}

/// Every place of a key. Gaps are named by their author.
fn slots(content: &mut Content) -> Vec<(Path, &mut String)> {
    fn each<'a>(
        list: &'static str,
        field: &'static str,
        keys: impl Iterator<Item = &'a mut String>,
    ) -> impl Iterator<Item = (Path, &'a mut String)> {
        keys.enumerate().map(move |(number, key)| (item(list, number, field), key))
    }
    match content {
        Content::MultipleChoice(choice) => {
            each("options", "key", choice.options.iter_mut().map(|option| &mut option.key)).collect()
        }
        Content::Matching(matching) => {
            let paths = matching.places().into_iter().map(|place| match place {
                ChoicePlace::Pair(number) => item("pairs", number, "choiceKey"),
                ChoicePlace::Distractor(number) => item("distractors", number, "key"),
            });
            let choices = paths.zip(matching.choices.iter_mut().map(|choice| &mut choice.key));
            let prompts = matching.prompts.iter_mut().map(|prompt| &mut prompt.key);
            each("pairs", "promptKey", prompts).chain(choices).collect()
        }
        Content::Ordering(ordering) => {
            each("items", "key", ordering.items.iter_mut().map(|item| &mut item.key)).collect()
        }
        Content::TrueFalse(_)
        | Content::ShortAnswer(_)
        | Content::Essay(_)
        | Content::Numeric(_)
        | Content::FillIn(_) => {
            vec![]
        }
    }
}
