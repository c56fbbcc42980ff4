use kernel::{BankId, CourseId};
use sea_orm::entity::prelude::*;

/// Questions of a course that its quizzes draw from.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "question_banks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BankId,
    pub course_id: CourseId,
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub description: String,
    /// Counts the edits of the bank and of what is in it.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
