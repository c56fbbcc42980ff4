use kernel::{CourseId, CourseVersionId};
use sea_orm::entity::prelude::*;

/// A course as it was when it was published: nothing changes it.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "course_versions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CourseVersionId,
    pub course_id: CourseId,
    /// 1 is the first; unique within the course.
    pub number: i32,
    /// See [`crate::versions::Snapshot`].
    #[sea_orm(column_type = "JsonBinary")]
    pub snapshot: Json,
}

impl ActiveModelBehavior for ActiveModel {}
