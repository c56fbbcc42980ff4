use kernel::{BankId, DrawId, Error, QuestionId, Result};
use sea_orm::prelude::{DateTimeUtc, Json};
use serde::{Deserialize, Serialize};

use crate::{
    GradeMethod, QuizType, ShowKeyAfter,
    question::{Question, StoredQuestion},
    quiz,
};

/// A quiz as it was published: all that an attempt and its grade depend on. Holds keys.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QuizSnapshot {
    pub title: String,
    pub description: String,
    pub quiz_type: QuizType,
    /// In hundredths of a percent.
    pub passing_score: i32,
    /// In minutes.
    pub time_limit: Option<i32>,
    pub max_attempts: i32,
    pub is_randomized: bool,
    pub opens_at: Option<DateTimeUtc>,
    pub due_at: Option<DateTimeUtc>,
    pub show_key_after: ShowKeyAfter,
    pub grade_method: GradeMethod,
    pub is_required: bool,
    /// In seconds.
    pub grace_period: i32,
    /// In their order.
    pub items: Vec<Item>,
}

/// What has a place in a quiz.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Item {
    Question(FrozenQuestion),
    /// Each attempt draws `count` of these, each worth `points` hundredths whatever it says itself; two draws from one bank
    /// draw no question twice.
    Draw {
        id: DrawId,
        bank: BankId,
        name: String,
        count: i32,
        points: i32,
        questions: Vec<FrozenQuestion>,
    },
}

/// A question as it was, with its key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrozenQuestion {
    pub id: QuestionId,
    pub question: StoredQuestion,
}

impl FrozenQuestion {
    /// For grading, and by [`Question::shown`] for who is asked.
    pub fn read(&self) -> Result<Question> {
        Question::read(&self.question)
    }
}

impl Item {
    /// The question, or all that could be drawn.
    pub fn questions(&self) -> &[FrozenQuestion] {
        match self {
            Self::Question(question) => std::slice::from_ref(question),
            Self::Draw { questions, .. } => questions,
        }
    }

    /// How many questions an attempt gets of it.
    pub fn count(&self) -> i32 {
        match self {
            Self::Question(_) => 1,
            Self::Draw { count, .. } => *count,
        }
    }

    /// What all of it is worth, in hundredths.
    pub fn points(&self) -> i64 {
        match self {
            Self::Question(question) => question.question.points.into(),
            Self::Draw { count, points, .. } => i64::from(*count) * i64::from(*points),
        }
    }
}

impl QuizSnapshot {
    pub(super) fn of(quiz: &quiz::Model, items: Vec<Item>) -> Self {
        Self {
            title: quiz.title.clone(),
            description: quiz.description.clone(),
            quiz_type: quiz.quiz_type,
            passing_score: quiz.passing_score,
            time_limit: quiz.time_limit,
            max_attempts: quiz.max_attempts,
            is_randomized: quiz.is_randomized,
            opens_at: quiz.opens_at,
            due_at: quiz.due_at,
            show_key_after: quiz.show_key_after,
            grade_method: quiz.grade_method,
            is_required: quiz.is_required,
            grace_period: quiz.grace_period,
            items,
        }
    }

    /// What everything right is worth, in hundredths.
    pub fn points(&self) -> i64 {
        self.items.iter().map(Item::points).sum()
    }

    /// How many questions an attempt gets.
    pub fn question_count(&self) -> i32 {
        self.items.iter().map(Item::count).sum()
    }

    /// From what the column holds.
    pub fn read(column: &Json) -> Result<Self> {
        Self::deserialize(column)
            .map_err(|error| Error::Internal(format!("a version of a quiz can't be read: {error}")))
    }

    pub(super) fn column(&self) -> Result<Json> {
        serde_json::to_value(self)
            .map_err(|error| Error::Internal(format!("a version of a quiz can't be written: {error}")))
    }
}
