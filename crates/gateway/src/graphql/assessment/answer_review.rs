//! What came of an answer, for whom it may be told to. The questions of an attempt have another type, which knows no keys.

use assessment::{Answer, AnswerRow, attempting::Asked, grading::grade};
use async_graphql::{ID, SimpleObject};
use kernel::{EntityId, Result};

use super::{answering::AnswerPart, content::QuestionContent};
use crate::graphql::scalars::hundredths;

/// What came of an answer, as far as you may know.
#[derive(SimpleObject)]
pub struct AnswerReview {
    /// The question.
    question_id: ID,
    /// How many points it earned. Null as long as a person has to read it.
    points: Option<f64>,
    /// Did a person say so?
    is_manual: bool,
    /// What the person says who read it; may be empty.
    feedback: String,
    /// What is right. Null unless the quiz shows it by now.
    solution: Option<QuestionContent>,
    /// Why that is right; may be empty. Null unless the quiz shows it by now.
    explanation: Option<String>,
    /// What the points are made of; empty where there are no parts. Null unless the quiz shows what is right by now.
    parts: Option<Vec<AnswerPart>>,
}

impl AnswerReview {
    /// What a person said; of the others nothing: points by the key alone tell what is right.
    pub fn of_person(asked: &Asked, row: Option<&AnswerRow>) -> Option<Self> {
        row.filter(|row| row.is_manual).map(|row| Self::bare(asked, Some(row)))
    }

    /// All of it.
    pub fn with_key(asked: &Asked, row: Option<&AnswerRow>) -> Result<Self> {
        let answer = row.filter(|row| !row.answer.is_null()).map(|row| Answer::read(&row.answer)).transpose()?;
        let grade = grade(&asked.question, answer.as_ref()).ok();
        let parts = grade.map(|grade| grade.parts.into_iter().map(AnswerPart::from).collect());
        Ok(Self {
            solution: Some(asked.question.content.clone().into()),
            explanation: Some(asked.question.explanation.clone()),
            parts,
            ..Self::bare(asked, row)
        })
    }

    fn bare(asked: &Asked, row: Option<&AnswerRow>) -> Self {
        Self {
            question_id: ID(asked.id.to_wire()),
            points: row.map_or(Some(asked.unanswered()), |row| row.points).map(hundredths),
            is_manual: row.is_some_and(|row| row.is_manual),
            feedback: row.map(|row| row.feedback.clone()).unwrap_or_default(),
            solution: None,
            explanation: None,
            parts: None,
        }
    }
}
