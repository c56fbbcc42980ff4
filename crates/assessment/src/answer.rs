//! What who is asked answers.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Error, Result};
use sea_orm::prelude::Json;
use serde::{Deserialize, Serialize};

use crate::{
    number::number,
    question::{Content, Question},
};

/// An answer, in the form that it has at rest: `{"ids": ["a"]}`, `{"text": "..."}`. It names options by their keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// To a multiple choice: what is ticked. The order means nothing.
    Ids(Vec<String>),
    /// To a true/false question: is it true?
    Value(bool),
    /// To a short answer or an essay.
    Text(String),
    /// To a numeric question: as it was typed.
    Number(String),
    /// To a matching question: under each prompt, the choice. Some may be left out.
    Pairs(BTreeMap<String, String>),
    /// To an ordering question: from the first on. Some may be left out.
    Order(Vec<String>),
    /// To a question with gaps: under the name of each, what goes in. Some may be left out.
    Gaps(BTreeMap<String, String>),
}

/// Why an answer is none to this question. Nothing in it is about what would be right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    #[error("This is not how the question is answered.")]
    OtherKind,
    #[error("The question has nothing of that name.")]
    Unknown,
    #[error("Something is named twice.")]
    Repeated,
    #[error("Only one option may be ticked.")]
    TooMany,
    #[error("That is not a number: digits with one decimal point or comma, such as `-1.5`.")]
    NoNumber,
    #[error("The answer is too long, or holds characters that can't be shown.")]
    BadText,
}

/// The longest answer in characters; an essay is the longest.
pub const LONGEST_ESSAY: usize = 50_000;
const LONGEST_WORDS: usize = 2_000;

impl Answer {
    /// From what the column holds.
    pub fn read(column: &Json) -> Result<Self> {
        Self::deserialize(column).map_err(|error| Error::Internal(format!("an answer can't be read: {error}")))
    }

    pub fn column(&self) -> Result<Json> {
        serde_json::to_value(self).map_err(|error| Error::Internal(format!("an answer can't be written: {error}")))
    }

    /// Is it an answer to this question? Asked before it is kept, so that whatever is kept can be graded.
    pub fn check(&self, question: &Question) -> Result<(), AnswerError> {
        let shown = question.shown();
        let options = || shown.options.iter().map(|option| option.key.as_str());
        match (self, &question.content) {
            (Self::Ids(ids), Content::MultipleChoice(choice)) => {
                each_once_of(ids, &options().collect())?;
                if ids.len() > 1 && !choice.is_multiple { Err(AnswerError::TooMany) } else { Ok(()) }
            }
            (Self::Value(_), Content::TrueFalse(_)) => Ok(()),
            (Self::Text(text), Content::ShortAnswer(_)) => short_enough(text, LONGEST_WORDS),
            (Self::Text(text), Content::Essay(essay)) => {
                let most = essay.max_characters.and_then(|most| usize::try_from(most).ok());
                short_enough(text, most.unwrap_or(LONGEST_ESSAY))
            }
            (Self::Number(text), Content::Numeric(_)) => number(text).map(|_| ()).ok_or(AnswerError::NoNumber),
            (Self::Pairs(pairs), Content::Matching(_)) => {
                let choices: BTreeSet<&str> = options().collect();
                let prompts: BTreeSet<&str> = shown.prompts.iter().map(|prompt| prompt.key.as_str()).collect();
                let is_known = |(prompt, choice): (&String, &String)| {
                    prompts.contains(prompt.as_str()) && choices.contains(choice.as_str())
                };
                if pairs.iter().all(is_known) { Ok(()) } else { Err(AnswerError::Unknown) }
            }
            (Self::Order(order), Content::Ordering(_)) => each_once_of(order, &options().collect()),
            (Self::Gaps(gaps), Content::FillIn(_)) => {
                if !gaps.keys().all(|name| shown.gaps.contains(name)) {
                    return Err(AnswerError::Unknown);
                }
                gaps.values().try_for_each(|text| short_enough(text, LONGEST_WORDS))
            }
            _ => Err(AnswerError::OtherKind),
        }
    }

    /// Does it say nothing? What is blank is worth nothing, and nobody has to read it.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Ids(list) | Self::Order(list) => list.is_empty(),
            Self::Text(text) => text.trim().is_empty(),
            Self::Pairs(map) => map.is_empty(),
            Self::Gaps(map) => map.values().all(|text| text.trim().is_empty()),
            Self::Value(_) | Self::Number(_) => false,
        }
    }
}

fn each_once_of(named: &[String], known: &BTreeSet<&str>) -> Result<(), AnswerError> {
    let mut seen = BTreeSet::new();
    for name in named {
        if !known.contains(name.as_str()) {
            return Err(AnswerError::Unknown);
        }
        if !seen.insert(name) {
            return Err(AnswerError::Repeated);
        }
    }
    Ok(())
}

/// PostgreSQL keeps no NUL, and nobody reads the other control characters.
fn short_enough(text: &str, most: usize) -> Result<(), AnswerError> {
    let is_hidden = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    let is_good = text.chars().count() <= most && !text.chars().any(is_hidden);
    if is_good { Ok(()) } else { Err(AnswerError::BadText) }
}
