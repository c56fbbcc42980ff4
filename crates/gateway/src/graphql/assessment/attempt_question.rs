//! A question as who is asked sees it. Made of what the domain shows, which has no key: nothing here can lead to one.

use assessment::{
    AnswerRow,
    attempting::Asked,
    question::{Shown, ShownOption},
};
use async_graphql::{ID, SimpleObject};
use kernel::{EntityId, QuestionId, Result};

use super::{enums::QuestionType, saved_answer::SavedAnswer};
use crate::graphql::scalars::hundredths;

/// A question as who is asked sees it: without what is right, and why.
#[derive(SimpleObject)]
pub struct AttemptQuestion {
    /// What an answer names it by.
    question_id: ID,
    /// What is asked. Gaps are `{{name}}`.
    question_text: String,
    /// How it is answered.
    question_type: QuestionType,
    /// What a right answer is worth.
    points: f64,
    /// May several options be ticked?
    is_multiple: bool,
    /// What may be ticked, put in order or matched with a prompt; empty for other types.
    options: Vec<AttemptOption>,
    /// What options are matched with; empty for other types.
    prompts: Vec<AttemptOption>,
    /// The names of the gaps in the text; empty for other types.
    gaps: Vec<String>,
    /// How long an essay may be; null without a limit of its own.
    max_characters: Option<i32>,
    /// What is saved as the answer; null as long as nothing is.
    answer: Option<SavedAnswer>,
}

/// Something that an answer may name.
#[derive(SimpleObject)]
pub struct AttemptOption {
    /// What an answer names it by.
    key: String,
    /// What it says.
    text: String,
}

impl AttemptQuestion {
    /// With what is saved as the answer.
    pub fn answered(asked: &Asked, row: Option<&AnswerRow>) -> Result<Self> {
        let shown = Shown { options: asked.options.clone(), ..asked.question.shown() };
        let answer = row.map(|row| SavedAnswer::new(row, shown.question_type)).transpose()?;
        Ok(Self { answer, ..Self::new(asked.id, shown) })
    }

    pub fn new(id: QuestionId, shown: Shown) -> Self {
        let options = |options: Vec<ShownOption>| {
            options.into_iter().map(|ShownOption { key, text }| AttemptOption { key, text }).collect()
        };
        Self {
            question_id: ID(id.to_wire()),
            question_text: shown.text,
            question_type: shown.question_type.into(),
            points: hundredths(shown.points),
            is_multiple: shown.is_multiple,
            options: options(shown.options),
            prompts: options(shown.prompts),
            gaps: shown.gaps,
            max_characters: shown.max_characters,
            answer: None,
        }
    }
}
