use kernel::{CourseId, ItemCompletionId, MediaId, QuizId, UserId};
use sea_orm::entity::prelude::*;

/// Somebody has completed an item of a course: a file by their word, or a quiz that they passed.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "item_completions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ItemCompletionId,
    pub user_id: UserId,
    pub course_id: CourseId,
    /// This or a quiz.
    pub media_id: Option<MediaId>,
    pub quiz_id: Option<QuizId>,
}

impl ActiveModelBehavior for ActiveModel {}
