//! A question as who is asked sees it. Made of what the domain shows, which has no key: nothing here can lead to one.

use assessment::{
    Answer, AnswerRow,
    attempting::Asked,
    grading::grade,
    question::{Shown, ShownOption},
};
use async_graphql::{ID, SimpleObject};
use kernel::{EntityId, QuestionId, Result};

use super::{answering::AnswerPart, content::QuestionContent, enums::QuestionType, saved_answer::SavedAnswer};
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
    /// What came of it. Null before the attempt is handed in, and as long as you may not know.
    review: Option<AnswerReview>,
}

/// What came of an answer, as far as you may know.
#[derive(SimpleObject)]
pub struct AnswerReview {
    /// How many points it earned. Null as long as a person has to read it.
    points: Option<f64>,
    /// What the person says who read it; may be empty.
    feedback: String,
    /// What is right. Null unless the quiz shows it by now.
    solution: Option<QuestionContent>,
    /// Why that is right; may be empty. Null unless the quiz shows it by now.
    explanation: Option<String>,
    /// What the points are made of; empty where there are no parts. Null unless the quiz shows what is right by now.
    parts: Option<Vec<AnswerPart>>,
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
    /// `view` says what may be known beside the question itself.
    pub fn new(asked: &Asked, row: Option<&AnswerRow>, view: View) -> Result<Self> {
        let shown = Shown { options: asked.options.clone(), ..asked.question.shown() };
        let review = if view.is_over() { review(asked, row, view)? } else { None };
        let answer = row.map(|row| SavedAnswer::new(row, shown.question_type)).transpose()?;
        Ok(Self { answer, review, ..Self::unanswered(asked.id, shown) })
    }

    fn unanswered(id: QuestionId, shown: Shown) -> Self {
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
            review: None,
        }
    }
}

/// How much of an attempt may be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The questions and one's own answers: it is not over, or nothing is told yet.
    Sitting,
    /// What people said, too.
    Results,
    /// What would have been right, too.
    Key,
}

impl View {
    fn is_over(self) -> bool {
        self != Self::Sitting
    }
}

/// Points by the key alone tell what is right, and so wait for it; what a person gave does not.
fn review(asked: &Asked, row: Option<&AnswerRow>, view: View) -> Result<Option<AnswerReview>> {
    let is_manual = row.is_some_and(|row| row.is_manual);
    if view == View::Results && !is_manual {
        return Ok(None);
    }
    let points = row.map_or(Some(0), |row| row.points).map(hundredths);
    let feedback = row.map(|row| row.feedback.clone()).unwrap_or_default();
    if view != View::Key {
        return Ok(Some(AnswerReview { points, feedback, solution: None, explanation: None, parts: None }));
    }
    let answer = row.filter(|row| !row.answer.is_null()).map(|row| Answer::read(&row.answer)).transpose()?;
    let grade = grade(&asked.question, answer.as_ref()).ok();
    let parts = grade.map(|grade| grade.parts.into_iter().map(AnswerPart::from).collect());
    Ok(Some(AnswerReview {
        points,
        feedback,
        solution: Some(asked.question.content.clone().into()),
        explanation: Some(asked.question.explanation.clone()),
        parts,
    }))
}
