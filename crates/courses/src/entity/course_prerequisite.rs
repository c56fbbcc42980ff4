use kernel::CourseId;
use sea_orm::entity::prelude::*;

/// A course that one should have taken before another.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "course_prerequisites")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub course_id: CourseId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub prerequisite_id: CourseId,
    /// Where it stands among the course's prerequisites.
    pub order: i32,
}

impl ActiveModelBehavior for ActiveModel {}
