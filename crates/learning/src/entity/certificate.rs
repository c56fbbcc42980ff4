use kernel::{CertificateId, CourseId, CourseVersionId, EnrollmentId, UserId};
use sea_orm::entity::prelude::*;

/// Proof of completion. Its words are frozen: names and titles may change later.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "certificates")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CertificateId,
    pub enrollment_id: EnrollmentId,
    pub user_id: UserId,
    pub course_id: CourseId,
    /// What the course held for this person. With person and course unique among those that were not replaced.
    pub course_version_id: Option<CourseVersionId>,
    /// What a stranger verifies it by.
    pub serial: String,
    pub recipient_name: String,
    pub course_title: String,
    pub instructor_name: String,
    pub institution_name: String,
    /// Of the course, in seconds; 0 when that was not known.
    pub duration: i32,
    pub issued_at: DateTimeUtc,
    pub completed_at: DateTimeUtc,
    pub revoked_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text")]
    pub revoked_reason: String,
    /// Since when another one has its place.
    pub superseded_at: Option<DateTimeUtc>,
    pub replaced_by: Option<CertificateId>,
}

impl ActiveModelBehavior for ActiveModel {}
