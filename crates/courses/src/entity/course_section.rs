use kernel::{CourseId, SectionId};
use sea_orm::entity::prelude::*;

/// A chapter of a course.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "course_sections")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SectionId,
    pub course_id: CourseId,
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub description: String,
    pub order: i32,
    pub is_published: bool,
    /// Open to people who are not enrolled.
    pub is_preview: bool,
}

impl ActiveModelBehavior for ActiveModel {}
