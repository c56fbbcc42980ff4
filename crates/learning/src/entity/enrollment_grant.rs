use kernel::{CourseId, EnrollmentGrantId, EnrollmentId, UserId};
use sea_orm::entity::prelude::*;

use super::enrollment::EnrollmentSource;

/// That somebody was given a course once. An order is found here however much has become of the enrolment since.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "enrollment_grants")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EnrollmentGrantId,
    pub enrollment_id: EnrollmentId,
    pub user_id: UserId,
    pub course_id: CourseId,
    /// Never by oneself.
    pub source: EnrollmentSource,
    /// Unique within the course.
    pub reference: Option<String>,
    /// None: for ever.
    pub expires_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
