use kernel::{CourseId, CourseStaffId, UserId};
use sea_orm::entity::prelude::*;

/// Somebody who works on a course beside its owner.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "course_staff")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CourseStaffId,
    /// With `user_id` unique among the living.
    pub course_id: CourseId,
    pub user_id: UserId,
    pub role: StaffRole,
}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum StaffRole {
    #[sea_orm(string_value = "instructor")]
    Instructor,
    #[sea_orm(string_value = "editor")]
    Editor,
    #[sea_orm(string_value = "assistant")]
    Assistant,
}

impl StaffRole {
    /// May they change the course?
    pub fn may_edit(self) -> bool {
        matches!(self, Self::Instructor | Self::Editor)
    }
}
