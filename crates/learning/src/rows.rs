//! What is read of a table at a time.

use kernel::{
    CertificateId, CourseId, CourseProgressId, CourseVersionId, EnrollmentId, InOrder, MediaId, SectionId, UserId,
    VideoProgressId,
};
use sea_orm::{DerivePartialModel, prelude::DateTimeUtc};

use crate::{
    EnrollmentSource, EnrollmentStatus, certificate, course_progress, enrollment, enrollment_grant, video_progress,
};

/// An enrolment.
#[derive(Clone, Debug, DerivePartialModel, InOrder)]
#[sea_orm(entity = "enrollment::Entity", from_query_result = "false")]
pub struct EnrollmentRow {
    pub id: EnrollmentId,
    pub user_id: UserId,
    pub course_id: CourseId,
    pub enrolled_at: DateTimeUtc,
    pub completed_at: Option<DateTimeUtc>,
    pub expires_at: Option<DateTimeUtc>,
    pub status: EnrollmentStatus,
    pub source: EnrollmentSource,
    /// In hundredths of a percent.
    pub progress_percentage: i32,
    pub last_accessed: Option<DateTimeUtc>,
    pub course_version_id: Option<CourseVersionId>,
    pub suspended_at: Option<DateTimeUtc>,
    pub suspended_reason: String,
    pub reference: Option<String>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub created_by: Option<UserId>,
    pub updated_by: Option<UserId>,
}

/// That somebody was given a course.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "enrollment_grant::Entity")]
pub struct GrantRow {
    pub enrollment_id: EnrollmentId,
    pub source: EnrollmentSource,
    pub reference: Option<String>,
    /// None: for ever.
    pub expires_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

/// How far somebody is in a course, or in one section of it.
#[derive(Clone, Debug, DerivePartialModel, InOrder)]
#[sea_orm(entity = "course_progress::Entity", from_query_result = "false")]
pub struct CourseProgressRow {
    pub id: CourseProgressId,
    pub user_id: UserId,
    pub course_id: CourseId,
    /// None: the whole course.
    pub section_id: Option<SectionId>,
    pub last_video_id: Option<MediaId>,
    /// In seconds.
    pub total_watch_time: i32,
    /// In hundredths of a percent.
    pub completion_percentage: i32,
    pub last_updated: DateTimeUtc,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub created_by: Option<UserId>,
    pub updated_by: Option<UserId>,
}

/// How far somebody is in a video.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "video_progress::Entity")]
pub struct VideoProgressRow {
    pub id: VideoProgressId,
    pub user_id: UserId,
    pub video_id: MediaId,
    pub course_id: CourseId,
    /// In seconds.
    pub watch_time: i32,
    /// In seconds.
    pub last_position: i32,
    pub completed: bool,
    /// In hundredths of a percent.
    pub completion_percentage: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub created_by: Option<UserId>,
    pub updated_by: Option<UserId>,
}

/// A certificate, with its words as they were when it was issued.
#[derive(Clone, Debug, PartialEq, Eq, DerivePartialModel)]
#[sea_orm(entity = "certificate::Entity")]
pub struct CertificateRow {
    pub id: CertificateId,
    pub enrollment_id: EnrollmentId,
    pub user_id: UserId,
    pub course_id: CourseId,
    pub course_version_id: Option<CourseVersionId>,
    pub serial: String,
    pub recipient_name: String,
    pub course_title: String,
    pub instructor_name: String,
    pub institution_name: String,
    /// In seconds; 0 when that was not known.
    pub duration: i32,
    pub issued_at: DateTimeUtc,
    pub completed_at: DateTimeUtc,
    pub revoked_at: Option<DateTimeUtc>,
    pub revoked_reason: String,
    pub superseded_at: Option<DateTimeUtc>,
    pub replaced_by: Option<CertificateId>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub created_by: Option<UserId>,
    pub updated_by: Option<UserId>,
}

impl From<enrollment::Model> for EnrollmentRow {
    fn from(row: enrollment::Model) -> Self {
        Self {
            id: row.id,
            user_id: row.user_id,
            course_id: row.course_id,
            enrolled_at: row.enrolled_at,
            completed_at: row.completed_at,
            expires_at: row.expires_at,
            status: row.status,
            source: row.source,
            progress_percentage: row.progress_percentage,
            last_accessed: row.last_accessed,
            course_version_id: row.course_version_id,
            suspended_at: row.suspended_at,
            suspended_reason: row.suspended_reason,
            reference: row.reference,
            created_at: row.created_at,
            updated_at: row.updated_at,
            created_by: row.created_by,
            updated_by: row.updated_by,
        }
    }
}

impl From<course_progress::Model> for CourseProgressRow {
    fn from(row: course_progress::Model) -> Self {
        Self {
            id: row.id,
            user_id: row.user_id,
            course_id: row.course_id,
            section_id: row.section_id,
            last_video_id: row.last_video_id,
            total_watch_time: row.total_watch_time,
            completion_percentage: row.completion_percentage,
            last_updated: row.last_updated,
            created_at: row.created_at,
            updated_at: row.updated_at,
            created_by: row.created_by,
            updated_by: row.updated_by,
        }
    }
}

impl From<video_progress::Model> for VideoProgressRow {
    fn from(row: video_progress::Model) -> Self {
        Self {
            id: row.id,
            user_id: row.user_id,
            video_id: row.video_id,
            course_id: row.course_id,
            watch_time: row.watch_time,
            last_position: row.last_position,
            completed: row.completed,
            completion_percentage: row.completion_percentage,
            created_at: row.created_at,
            updated_at: row.updated_at,
            created_by: row.created_by,
            updated_by: row.updated_by,
        }
    }
}

impl From<certificate::Model> for CertificateRow {
    fn from(row: certificate::Model) -> Self {
        Self {
            id: row.id,
            enrollment_id: row.enrollment_id,
            user_id: row.user_id,
            course_id: row.course_id,
            course_version_id: row.course_version_id,
            serial: row.serial,
            recipient_name: row.recipient_name,
            course_title: row.course_title,
            instructor_name: row.instructor_name,
            institution_name: row.institution_name,
            duration: row.duration,
            issued_at: row.issued_at,
            completed_at: row.completed_at,
            revoked_at: row.revoked_at,
            revoked_reason: row.revoked_reason,
            superseded_at: row.superseded_at,
            replaced_by: row.replaced_by,
            created_at: row.created_at,
            updated_at: row.updated_at,
            created_by: row.created_by,
            updated_by: row.updated_by,
        }
    }
}
