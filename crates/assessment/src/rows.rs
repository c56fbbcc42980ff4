//! What is read of a table at a time.

use courses::place_of_section;
use kernel::{
    AccommodationId, AnswerId, AttemptId, BankId, CourseId, DrawId, InOrder, QuestionId, QuizId, QuizVersionId, Result,
    SectionId, UserId,
};
use sea_orm::{
    ActiveEnum, DerivePartialModel,
    prelude::{DateTimeUtc, Json},
};

use crate::{
    AttemptStatus, GradeMethod, QuestionType, QuizType, ShowKeyAfter,
    question::{Question, StoredQuestion},
    question_bank, quiz, quiz_accommodation, quiz_answer, quiz_attempt, quiz_draw, quiz_question, quiz_version,
};

/// A quiz without its questions.
#[derive(Clone, Debug, DerivePartialModel, InOrder)]
#[sea_orm(entity = "quiz::Entity", from_query_result = "false")]
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
    pub version: i32,
    pub opens_at: Option<DateTimeUtc>,
    pub due_at: Option<DateTimeUtc>,
    pub show_key_after: ShowKeyAfter,
    pub grade_method: GradeMethod,
    pub is_required: bool,
    /// In seconds.
    pub grace_period: i32,
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
    pub quiz_id: Option<QuizId>,
    pub bank_id: Option<BankId>,
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
    /// What everything right is worth, in hundredths.
    pub max_score: i32,
    /// In seconds.
    pub grace_period: i32,
    pub is_expired: bool,
    /// Does who sat it learn what it is worth only later?
    pub is_held: bool,
    pub answers_digest: Option<String>,
    pub override_score: Option<i32>,
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
    pub client_sequence: i64,
    pub saved_at: DateTimeUtc,
    /// In hundredths; none until graded.
    pub points: Option<i32>,
    pub needs_person: bool,
    pub is_manual: bool,
    pub feedback: String,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// What somebody is granted at a quiz.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "quiz_accommodation::Entity")]
pub struct AccommodationRow {
    pub id: AccommodationId,
    pub user_id: UserId,
    pub quiz_id: QuizId,
    pub extra_minutes: i32,
    pub time_percent: i32,
    pub extra_attempts: i32,
    pub opens_at: Option<DateTimeUtc>,
    pub due_at: Option<DateTimeUtc>,
    pub reason: String,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub created_by: Option<UserId>,
    pub updated_by: Option<UserId>,
}

/// A place in a quiz for questions that are drawn.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "quiz_draw::Entity")]
pub struct DrawRow {
    pub id: DrawId,
    pub quiz_id: QuizId,
    pub bank_id: BankId,
    pub count: i32,
    /// In hundredths, each.
    pub points: i32,
    pub order_index: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub created_by: Option<UserId>,
    pub updated_by: Option<UserId>,
}

/// A bank without its questions.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "question_bank::Entity")]
pub struct BankRow {
    pub id: BankId,
    pub course_id: CourseId,
    pub name: String,
    pub description: String,
    pub version: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub created_by: Option<UserId>,
    pub updated_by: Option<UserId>,
}

/// A version as lists show it: without what it holds.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "quiz_version::Entity")]
pub struct QuizVersionRow {
    pub id: QuizVersionId,
    pub quiz_id: QuizId,
    pub number: i32,
    /// When the quiz was published so.
    pub created_at: DateTimeUtc,
    /// Who published it so.
    pub created_by: Option<UserId>,
}

/// What a version holds.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "quiz_version::Entity")]
pub struct QuizVersionDetails {
    pub id: QuizVersionId,
    pub snapshot: Json,
}

impl QuestionRow {
    /// What it asks and what is right. An error when the columns do not hold together.
    pub fn question(&self) -> Result<Question> {
        Question::read(&self.stored())
    }

    fn stored(&self) -> StoredQuestion {
        StoredQuestion {
            text: self.question_text.clone(),
            question_type: self.question_type.to_value(),
            options: self.options.clone(),
            correct_answer: self.correct_answer.clone(),
            explanation: self.explanation.clone(),
            points: self.points,
        }
    }
}

impl From<quiz_question::Model> for StoredQuestion {
    fn from(row: quiz_question::Model) -> Self {
        Self {
            text: row.question_text,
            question_type: row.question_type.to_value(),
            options: row.options,
            correct_answer: row.correct_answer,
            explanation: row.explanation,
            points: row.points,
        }
    }
}
