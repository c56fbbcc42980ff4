//! Answers as they are given, and what they are worth.

use std::collections::BTreeMap;

use assessment::{
    Answer, AnswerError,
    grading::{Grade, Part},
    rules::ANSWER_INVALID,
};
use async_graphql::{InputObject, OneofObject, SimpleObject};
use kernel::Problem;

use crate::graphql::scalars::hundredths;

/// An answer: the one of these that the question's type asks for. Keys are those of the question as it was asked.
#[derive(Debug, OneofObject)]
pub enum AnswerInput {
    /// The keys of the options that are ticked; their order means nothing.
    MultipleChoice(Vec<String>),
    /// Is the statement true?
    TrueFalse(bool),
    /// A word or two, at most 2,000 characters.
    ShortAnswer(String),
    /// A text, at most 50,000 characters.
    Essay(String),
    /// A number as it was typed: `-1.5`, `1,5`, `6.02e23`. A comma is a decimal comma; nothing separates thousands.
    Numeric(String),
    /// What is matched; prompts may be left out.
    Matching(Vec<MatchedInput>),
    /// The keys of the items from the first on; some may be left out.
    Ordering(Vec<String>),
    /// What is filled in; gaps may be left out.
    FillIn(Vec<FilledInput>),
}

/// A prompt and what it is matched with.
#[derive(Debug, InputObject)]
pub struct MatchedInput {
    /// The prompt's key.
    pub prompt: String,
    /// The key of the option.
    pub choice: String,
}

/// A gap and what goes into it.
#[derive(Debug, InputObject)]
pub struct FilledInput {
    /// The gap's name.
    pub name: String,
    /// What goes into it, at most 2,000 characters.
    pub text: String,
}

/// What an answer is worth.
#[derive(SimpleObject)]
pub struct AnswerGrade {
    /// How many points it has earned; 0 as long as a person has to read it.
    points: f64,
    /// How many there were to earn.
    max_points: f64,
    /// Does a person have to read it?
    needs_person: bool,
    /// What the grade is made of; empty where there are no parts.
    parts: Vec<AnswerPart>,
}

/// A part of an answer: an option that is ticked, a prompt, an item, a gap.
#[derive(SimpleObject)]
pub struct AnswerPart {
    /// Its key, or the name of the gap.
    key: String,
    /// Is it right?
    is_right: bool,
    /// What the option has to say; may be empty.
    feedback: String,
}

impl AnswerInput {
    /// Or what is wrong with it whatever was asked.
    pub fn into_domain(self) -> Result<Answer, Problem> {
        let twice = |variant: &'static str| {
            let problem = ANSWER_INVALID.with("answer", AnswerError::Repeated.to_string());
            Problem { field: vec!["answer".into(), variant.into()], ..problem }
        };
        Ok(match self {
            Self::MultipleChoice(keys) => Answer::Ids(keys),
            Self::TrueFalse(value) => Answer::Value(value),
            Self::ShortAnswer(text) | Self::Essay(text) => Answer::Text(text),
            Self::Numeric(text) => Answer::Number(text),
            Self::Ordering(keys) => Answer::Order(keys),
            Self::Matching(pairs) => {
                let pairs = each_once(pairs.into_iter().map(|it| (it.prompt, it.choice)));
                Answer::Pairs(pairs.ok_or_else(|| twice("matching"))?)
            }
            Self::FillIn(gaps) => {
                let gaps = each_once(gaps.into_iter().map(|it| (it.name, it.text)));
                Answer::Gaps(gaps.ok_or_else(|| twice("fillIn"))?)
            }
        })
    }
}

/// Of two answers for one thing nobody could say which is meant.
fn each_once(pairs: impl ExactSizeIterator<Item = (String, String)>) -> Option<BTreeMap<String, String>> {
    let wanted = pairs.len();
    let map: BTreeMap<_, _> = pairs.collect();
    (map.len() == wanted).then_some(map)
}

impl From<Part> for AnswerPart {
    fn from(Part { key, is_right, feedback }: Part) -> Self {
        Self { key, is_right, feedback }
    }
}

impl From<Grade> for AnswerGrade {
    fn from(grade: Grade) -> Self {
        Self {
            points: hundredths(grade.earned),
            max_points: hundredths(grade.max),
            needs_person: grade.needs_person,
            parts: grade.parts.into_iter().map(AnswerPart::from).collect(),
        }
    }
}
