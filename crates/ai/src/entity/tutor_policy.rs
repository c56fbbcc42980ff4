use kernel::{CourseId, TutorPolicyId};
use sea_orm::entity::prelude::*;

use super::ai_chat::Restriction;

/// On which terms a course has a tutor. A course without one has the terms of `Terms::default`.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tutor_policies")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TutorPolicyId,
    /// Unique among the living.
    pub course_id: CourseId,
    pub during_attempts: Restriction,
    /// May the course's staff read conversations that are begun from now on?
    pub is_open_to_staff: bool,
}

impl ActiveModelBehavior for ActiveModel {}
