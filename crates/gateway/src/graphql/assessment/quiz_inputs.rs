//! Inputs and payloads of the mutations on quizzes.

use assessment::authoring::{NewQuiz, QuizChange};
use async_graphql::{ID, InputObject, MaybeUndefined, SimpleObject};
use chrono::{DateTime, Utc};
use kernel::{CourseId, QuizId, Result, SectionId};

use super::{
    Quiz,
    enums::{GradeMethod, QuizType, ShowKeyAfter},
};
use crate::graphql::{courses::Course, error::UserError, id::Id, scalars::to_hundredths};

/// A quiz to be.
#[derive(Debug, InputObject)]
pub struct CreateQuizInput {
    /// The course it goes into, at the end. A course has at most 500 quizzes.
    pub course_id: Id<CourseId>,
    /// The section of the course that it stands in. Left out, it is for the course as a whole.
    pub section_id: Option<Id<SectionId>>,
    /// 1 to 255 characters.
    pub title: String,
    #[graphql(flatten)]
    pub settings: QuizSettings,
}

/// What to change of a quiz. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct UpdateQuizInput {
    /// Which quiz.
    pub id: Id<QuizId>,
    /// The `version` of the quiz that you saw. When somebody changed it since, nothing is changed and the answer is
    /// `STALE_VERSION` with the current quiz. Left out, the last change wins.
    pub expected_version: Option<i32>,
    /// 1 to 255 characters.
    pub title: Option<String>,
    #[graphql(flatten)]
    pub settings: QuizSettings,
}

/// How a quiz goes.
#[derive(Debug, InputObject)]
pub struct QuizSettings {
    /// What it is about, at most 20,000 characters.
    pub description: Option<String>,
    /// What it is for; at first `PRACTICE`.
    pub quiz_type: Option<QuizType>,
    /// How much has to be right to pass, from 0 to 100 with at most two decimals; at first 70.
    pub passing_score: Option<f64>,
    /// How long an attempt may take, from 1 to 10,080 minutes; null without a limit, as at first.
    pub time_limit_minutes: MaybeUndefined<i32>,
    /// How often one person may attempt it, from 1 to 1,000; at first 3.
    pub max_attempts: Option<i32>,
    /// Does every attempt have an order of questions and options of its own? At first it does not.
    pub is_randomized: Option<bool>,
    /// From when on it may be attempted; null for always, as at first.
    pub opens_at: MaybeUndefined<DateTime<Utc>>,
    /// Until when it has to be handed in, after `opensAt`; null for never, as at first.
    pub due_at: MaybeUndefined<DateTime<Utc>>,
    /// When learners are shown what is right, and why; at first after `SUBMISSION`.
    pub show_key_after: Option<ShowKeyAfter>,
    /// Which of somebody's attempts counts; at first the `HIGHEST`.
    pub grade_method: Option<GradeMethod>,
    /// Does it have to be passed to complete the course? At first it does not. Learners who enrol after the next publication of
    /// the course are asked for it; who began before is asked for what the course asked for then.
    pub is_required: Option<bool>,
    /// How long after the end answers are still taken that were on their way, from 0 to 3,600 seconds; at first 5.
    pub grace_period_seconds: Option<i32>,
}

/// Which quiz.
#[derive(Debug, InputObject)]
pub struct DeleteQuizInput {
    /// Its id.
    pub id: Id<QuizId>,
    /// The `version` of the quiz that you saw. When somebody changed it since, nothing is deleted and the answer is
    /// `STALE_VERSION`. Left out, it is deleted as it is.
    pub expected_version: Option<i32>,
    /// Deletes it also when somebody has sat it. Without it the answer is `QUIZ_HAS_ATTEMPTS` then, whose message has their
    /// number.
    #[graphql(default)]
    pub force: bool,
}

/// Which quiz to publish.
#[derive(Debug, InputObject)]
pub struct PublishQuizInput {
    /// Its id.
    pub id: Id<QuizId>,
    /// The `version` of the quiz that you saw. When somebody changed it since, nothing is published and the answer is
    /// `STALE_VERSION` with the current quiz. Left out, it is published as it is.
    pub expected_version: Option<i32>,
}

/// Which quiz to take back.
#[derive(Debug, InputObject)]
pub struct UnpublishQuizInput {
    /// Its id.
    pub id: Id<QuizId>,
    /// The `version` of the quiz that you saw. When somebody changed it since, nothing is changed and the answer is
    /// `STALE_VERSION` with the current quiz. Left out, the last change wins.
    pub expected_version: Option<i32>,
}

/// What came of beginning a quiz.
#[derive(SimpleObject)]
pub struct CreateQuizPayload {
    /// The new quiz. Null when the input was refused.
    pub quiz: Option<Quiz>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of changing a quiz.
#[derive(SimpleObject)]
pub struct UpdateQuizPayload {
    /// The quiz as it is now; on `STALE_VERSION` as somebody else left it. Null when the input was refused otherwise.
    pub quiz: Option<Quiz>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of deleting a quiz.
#[derive(SimpleObject)]
pub struct DeleteQuizPayload {
    /// The id of the quiz that is gone. Null when it could not be deleted.
    pub deleted_quiz_id: Option<ID>,
    /// The course that it was in. Null when the input was refused.
    pub course: Option<Course>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of publishing a quiz.
#[derive(SimpleObject)]
pub struct PublishQuizPayload {
    /// The published quiz; on `STALE_VERSION` as somebody else left it. Null when it can't be published: see
    /// `quizPublishReadiness`.
    pub quiz: Option<Quiz>,
    /// What stands against it; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of taking a quiz back.
#[derive(SimpleObject)]
pub struct UnpublishQuizPayload {
    /// The quiz as it is now; on `STALE_VERSION` as somebody else left it. Null when the input was refused otherwise.
    pub quiz: Option<Quiz>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

impl CreateQuizInput {
    pub fn into_domain(self) -> Result<NewQuiz> {
        let section = self.section_id.map(|section| section.at(&["input", "sectionId"])).transpose()?;
        let (course, title) = (self.course_id.at(&["input", "courseId"])?, self.title);
        Ok(NewQuiz { course, section, title, change: self.settings.into_domain() })
    }
}

impl UpdateQuizInput {
    pub fn into_domain(self) -> Result<(QuizId, Option<i32>, QuizChange)> {
        let change = QuizChange { title: self.title, ..self.settings.into_domain() };
        Ok((self.id.at(&["input", "id"])?, self.expected_version, change))
    }
}

impl QuizSettings {
    fn into_domain(self) -> QuizChange {
        QuizChange {
            title: None,
            description: self.description,
            quiz_type: self.quiz_type.map(Into::into),
            passing_score: self.passing_score.map(to_hundredths),
            time_limit: settable(self.time_limit_minutes),
            max_attempts: self.max_attempts,
            is_randomized: self.is_randomized,
            opens_at: settable(self.opens_at),
            due_at: settable(self.due_at),
            show_key_after: self.show_key_after.map(Into::into),
            grade_method: self.grade_method.map(Into::into),
            is_required: self.is_required,
            grace_period: self.grace_period_seconds,
        }
    }
}

/// `None` leaves it as it is; null takes it away.
fn settable<T>(value: MaybeUndefined<T>) -> Option<Option<T>> {
    match value {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(value)),
    }
}
