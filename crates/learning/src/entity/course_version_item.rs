use kernel::{CourseVersionId, MediaId, QuizId, SectionId};
use sea_orm::entity::prelude::*;

/// Something that a version of a course asks for.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "course_version_items")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub course_version_id: CourseVersionId,
    /// Where it stands in the curriculum, from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    pub section_id: Option<SectionId>,
    /// This or a quiz.
    pub media_id: Option<MediaId>,
    pub quiz_id: Option<QuizId>,
    /// What part of the course it is: `progress::weight`.
    pub weight: i32,
    /// Is the course completed only with it?
    pub is_required: bool,
}

impl ActiveModelBehavior for ActiveModel {}
