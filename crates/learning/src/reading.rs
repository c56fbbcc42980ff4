//! Batched reads: what loaders ask for.

use std::collections::HashMap;

use courses::course_version;
use kernel::{
    CertificateId, CourseId, CourseProgressId, CourseVersionId, EnrollmentId, Live, MediaId, Result, Scalar, SectionId,
    Sort, UserId, VideoProgressId, Viewer, by_keys, dialect,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DerivePartialModel, QueryFilter, QueryOrder};

pub use crate::joining::{completed_videos, progress_of_enrollments, sections_of_enrollments};
use crate::{
    CertificateRow, CourseProgressRow, EnrollmentRow, GrantRow, VideoProgressRow, certificate,
    certificates::read_serial, course_progress, enrollment, enrollment_grant, video_progress,
};

/// Enrolments by id.
pub async fn enrollments(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[EnrollmentId],
) -> Result<HashMap<EnrollmentId, EnrollmentRow>> {
    by_keys(db, enrollment::Entity::visible_to(viewer), enrollment::Column::Id, ids, |row: &EnrollmentRow| row.id).await
}

/// The viewer's own enrolment in each course, in whatever state.
pub async fn own_enrollments(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    courses: &[CourseId],
) -> Result<HashMap<CourseId, EnrollmentRow>> {
    use enrollment::Column::{CourseId, UserId};
    let own = enrollment::Entity::visible_to(viewer).filter(UserId.eq(viewer.id()));
    by_keys(db, own, CourseId, courses, |row: &EnrollmentRow| row.course_id).await
}

/// The number of each of these versions of courses. A number without a content: whoever has the id may know it.
pub async fn version_numbers(
    db: &impl ConnectionTrait,
    versions: &[CourseVersionId],
) -> Result<HashMap<CourseVersionId, i32>> {
    let read =
        by_keys(db, course_version::Entity::live(), course_version::Column::Id, versions, |row: &Numbered| row.id);
    Ok(read.await?.into_iter().map(|(id, row)| (id, row.number)).collect())
}

#[derive(DerivePartialModel)]
#[sea_orm(entity = "course_version::Entity")]
struct Numbered {
    id: CourseVersionId,
    number: i32,
}

/// Progress in courses and sections by id.
pub async fn course_progress(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[CourseProgressId],
) -> Result<HashMap<CourseProgressId, CourseProgressRow>> {
    by_keys(
        db,
        course_progress::Entity::visible_to(viewer),
        course_progress::Column::Id,
        ids,
        |row: &CourseProgressRow| row.id,
    )
    .await
}

/// Progress in videos by id.
pub async fn video_progress(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[VideoProgressId],
) -> Result<HashMap<VideoProgressId, VideoProgressRow>> {
    by_keys(
        db,
        video_progress::Entity::visible_to(viewer),
        video_progress::Column::Id,
        ids,
        |row: &VideoProgressRow| row.id,
    )
    .await
}

/// Certificates by id, revoked ones too.
pub async fn certificates(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[CertificateId],
) -> Result<HashMap<CertificateId, CertificateRow>> {
    by_keys(db, certificate::Entity::visible_to(viewer), certificate::Column::Id, ids, |row: &CertificateRow| row.id)
        .await
}

/// The certificate with this serial, as the viewer may see it.
pub async fn certificate_by_serial(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    serial: &str,
) -> Result<Option<CertificateRow>> {
    let Some(serial) = read_serial(serial) else {
        return Ok(None);
    };
    let found = certificate::Entity::visible_to(viewer).filter(certificate::Column::Serial.eq(serial));
    Ok(found.into_partial_model().one(db).await?)
}

/// How often and by what each enrolment was given, the latest first.
pub async fn grants_of_enrollments(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    enrollments: &[EnrollmentId],
) -> Result<HashMap<EnrollmentId, Vec<GrantRow>>> {
    use enrollment_grant::{
        Column::{CreatedAt, EnrollmentId, Id},
        Entity,
    };
    let which = dialect::any_of(db.get_database_backend(), (Entity, EnrollmentId), enrollments);
    let given = Entity::visible_to(viewer).filter(which).order_by_desc(CreatedAt).order_by_desc(Id);
    let mut lists: HashMap<_, Vec<_>> = HashMap::new();
    for row in given.into_partial_model::<GrantRow>().all(db).await? {
        lists.entry(row.enrollment_id).or_default().push(row);
    }
    Ok(lists)
}

/// The valid certificate that each enrolment earned.
pub async fn certificates_of_enrollments(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    enrollments: &[EnrollmentId],
) -> Result<HashMap<EnrollmentId, CertificateRow>> {
    let valid = certificate::Entity::visible_to(viewer)
        .filter(certificate::Column::RevokedAt.is_null())
        .filter(certificate::Column::SupersededAt.is_null());
    by_keys(db, valid, certificate::Column::EnrollmentId, enrollments, |row: &CertificateRow| row.enrollment_id).await
}

pub(crate) fn latest() -> Sort<enrollment::Entity, EnrollmentRow> {
    Sort::<_, EnrollmentRow>::descending("latest")
        .by(enrollment::Column::EnrolledAt, |row| Scalar::Time(row.enrolled_at))
        .by(enrollment::Column::Id, |row| Scalar::Id(row.id.0))
}

fn newest_progress() -> Sort<course_progress::Entity, CourseProgressRow> {
    Sort::<_, CourseProgressRow>::descending("newest")
        .by(course_progress::Column::CreatedAt, |row| Scalar::Time(row.created_at))
        .by(course_progress::Column::Id, |row| Scalar::Id(row.id.0))
}

fn newest_videos() -> Sort<video_progress::Entity, VideoProgressRow> {
    Sort::<_, VideoProgressRow>::descending("newest")
        .by(video_progress::Column::CreatedAt, |row| Scalar::Time(row.created_at))
        .by(video_progress::Column::Id, |row| Scalar::Id(row.id.0))
}

fn newest_certificates() -> Sort<certificate::Entity, CertificateRow> {
    Sort::<_, CertificateRow>::descending("newest")
        .by(certificate::Column::IssuedAt, |row| Scalar::Time(row.issued_at))
        .by(certificate::Column::Id, |row| Scalar::Id(row.id.0))
}

kernel::edges! {
    /// People's enrolments, latest first.
    enrollments_of_users, count_enrollments_of_users: EnrollmentRow => UserId, enrollment::Entity, UserId, |row| row.user_id, latest;
    /// The enrolments in courses, latest first.
    enrollments_of_courses, count_enrollments_of_courses: EnrollmentRow => CourseId, enrollment::Entity, CourseId, |row| row.course_id, latest;
    /// People's progress in courses and sections, newest first.
    progress_of_users, count_progress_of_users: CourseProgressRow => UserId, course_progress::Entity, UserId, |row| row.user_id, newest_progress;
    /// Everybody's progress in courses and their sections, newest first.
    progress_of_courses, count_progress_of_courses: CourseProgressRow => CourseId, course_progress::Entity, CourseId, |row| row.course_id, newest_progress;
    /// Everybody's progress in sections, newest first.
    progress_of_sections, count_progress_of_sections: CourseProgressRow => SectionId, course_progress::Entity, SectionId, |row| row.section_id.unwrap_or(SectionId(row.id.0)), newest_progress;
    /// People's progress in videos, newest first.
    video_progress_of_users, count_video_progress_of_users: VideoProgressRow => UserId, video_progress::Entity, UserId, |row| row.user_id, newest_videos;
    /// Everybody's progress in the videos of courses, newest first.
    video_progress_of_courses, count_video_progress_of_courses: VideoProgressRow => CourseId, video_progress::Entity, CourseId, |row| row.course_id, newest_videos;
    /// The certificates that people earned, newest first, revoked ones too.
    certificates_of_users, count_certificates_of_users: CertificateRow => UserId, certificate::Entity, UserId, |row| row.user_id, newest_certificates;
    /// The certificates that enrolments earned, newest first, revoked and replaced ones too.
    all_certificates_of_enrollments, count_certificates_of_enrollments: CertificateRow => EnrollmentId, certificate::Entity, EnrollmentId, |row| row.enrollment_id, newest_certificates;
    /// Everybody's progress in videos, newest first.
    video_progress_of_videos, count_video_progress_of_videos: VideoProgressRow => MediaId, video_progress::Entity, VideoId, |row| row.video_id, newest_videos;
}
