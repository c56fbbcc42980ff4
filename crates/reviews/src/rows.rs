//! What is read of a table at a time.

use kernel::{CourseId, InOrder, ReviewId, ReviewReplyId, UserId};
use sea_orm::{DerivePartialModel, prelude::DateTimeUtc};

use crate::{
    review, review_moderation, review_moderation::ModerationAction, review_reply, review_report,
    review_report::ReportKind, review_revision, review_vote,
};

/// A review.
#[derive(Clone, Debug, DerivePartialModel, InOrder)]
#[sea_orm(entity = "review::Entity", from_query_result = "false")]
pub struct ReviewRow {
    pub id: ReviewId,
    pub user_id: UserId,
    pub course_id: CourseId,
    /// Stars, 1 to 5.
    pub rating: i32,
    pub title: String,
    pub comment: String,
    pub is_verified_purchase: bool,
    /// By a moderator.
    pub is_hidden: bool,
    pub hidden_at: Option<DateTimeUtc>,
    pub hidden_reason: String,
    pub helpful_count: i32,
    pub unhelpful_count: i32,
    pub helpful_score: i32,
    pub reported_count: i32,
    pub queued_at: Option<DateTimeUtc>,
    pub version: i32,
    pub edited_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub created_by: Option<UserId>,
    pub updated_by: Option<UserId>,
}

/// What a review said before.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "review_revision::Entity")]
pub struct RevisionRow {
    pub id: kernel::ReviewRevisionId,
    pub review_id: ReviewId,
    pub version: i32,
    pub rating: i32,
    pub title: String,
    pub comment: String,
    pub written_at: DateTimeUtc,
    pub created_at: DateTimeUtc,
}

/// What a moderator did.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "review_moderation::Entity")]
pub struct ModerationRow {
    pub id: kernel::ReviewModerationId,
    pub review_id: ReviewId,
    pub action: ModerationAction,
    pub reason: String,
    pub created_at: DateTimeUtc,
    pub created_by: Option<UserId>,
}

/// What is wrong with a review, as somebody says.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "review_report::Entity")]
pub struct ReportRow {
    pub id: kernel::ReportId,
    pub review_id: ReviewId,
    pub user_id: UserId,
    pub kind: ReportKind,
    pub reason: String,
    pub settled_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

/// What the course's staff answers.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "review_reply::Entity")]
pub struct ReplyRow {
    pub id: ReviewReplyId,
    pub review_id: ReviewId,
    pub user_id: UserId,
    pub comment: String,
    pub edited_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

/// Whether somebody found a review helpful.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "review_vote::Entity")]
pub struct VoteRow {
    pub review_id: ReviewId,
    pub is_helpful: bool,
}

impl From<review::Model> for ReviewRow {
    fn from(row: review::Model) -> Self {
        Self {
            id: row.id,
            user_id: row.user_id,
            course_id: row.course_id,
            rating: row.rating,
            title: row.title,
            comment: row.comment,
            is_verified_purchase: row.is_verified_purchase,
            is_hidden: row.is_hidden,
            hidden_at: row.hidden_at,
            hidden_reason: row.hidden_reason,
            helpful_count: row.helpful_count,
            unhelpful_count: row.unhelpful_count,
            helpful_score: row.helpful_score,
            reported_count: row.reported_count,
            queued_at: row.queued_at,
            version: row.version,
            edited_at: row.edited_at,
            created_at: row.created_at,
            updated_at: row.updated_at,
            created_by: row.created_by,
            updated_by: row.updated_by,
        }
    }
}

impl From<review_reply::Model> for ReplyRow {
    fn from(row: review_reply::Model) -> Self {
        Self {
            id: row.id,
            review_id: row.review_id,
            user_id: row.user_id,
            comment: row.comment,
            edited_at: row.edited_at,
            created_at: row.created_at,
        }
    }
}
