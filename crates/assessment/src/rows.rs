//! What is read of a table at a time.

use courses::place_of_section;
use kernel::{AnswerId, AttemptId, CourseId, QuestionId, QuizId, SectionId, UserId};
use sea_orm::{
    DerivePartialModel,
    prelude::{DateTimeUtc, Json},
};

use crate::{AttemptStatus, QuestionType, QuizType, quiz, quiz_answer, quiz_attempt, quiz_question};

/// A quiz without its questions.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "quiz::Entity")]
pub struct QuizRow {
    pub id: QuizId,
    pub course_id: CourseId,
    pub section_id: Option<SectionId>,
    pub title: String,
    pub description: String,
    pub quiz_type: QuizType,
    /// In hundredths of a percent.
    pub passing_score: i32,
    /// In minutes.
    pub time_limit: Option<i32>,
    pub max_attempts: i32,
    pub is_randomized: bool,
    pub is_published: bool,
    pub order_index: i32,
    /// Where its section stands in the course; -1 when it belongs to none.
    #[sea_orm(from_expr = "place_of_section(quiz::Column::SectionId)")]
    pub section_order: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub created_by: Option<UserId>,
    pub updated_by: Option<UserId>,
}

/// A question with its key, for those who may edit the quiz.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "quiz_question::Entity")]
pub struct QuestionRow {
    pub id: QuestionId,
    pub quiz_id: QuizId,
    pub question_text: String,
    pub question_type: QuestionType,
    pub options: Json,
    pub correct_answer: Json,
    pub explanation: String,
    /// In hundredths.
    pub points: i32,
    pub order_index: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub created_by: Option<UserId>,
    pub updated_by: Option<UserId>,
}

/// An attempt without its answers.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "quiz_attempt::Entity")]
pub struct AttemptRow {
    pub id: AttemptId,
    pub user_id: UserId,
    pub quiz_id: QuizId,
    pub attempt_number: i32,
    pub status: AttemptStatus,
    pub started_at: DateTimeUtc,
    pub expires_at: Option<DateTimeUtc>,
    pub completed_at: Option<DateTimeUtc>,
    /// Points, in hundredths.
    pub score: i32,
    /// In hundredths of a percent.
    pub percentage: i32,
    pub is_passed: bool,
    /// In seconds.
    pub time_taken: i32,
    pub quiz_version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub created_by: Option<UserId>,
    pub updated_by: Option<UserId>,
}

/// An answer of an attempt.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "quiz_answer::Entity")]
pub struct AnswerRow {
    pub id: AnswerId,
    pub attempt_id: AttemptId,
    pub question_id: QuestionId,
    pub answer: Json,
    pub saved_at: DateTimeUtc,
    /// In hundredths; none until graded.
    pub points: Option<i32>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}
