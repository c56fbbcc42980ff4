//! May somebody have the certificate of a course, and what stands against it?

use accounts::user;
use courses::course;
use kernel::{CourseId, Error, Live, Result, Rule, UserId, Viewer};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter};

use super::{
    rules::{
        CERTIFICATE_HOLDER_NOT_ACTIVE, CERTIFICATE_NAME_MISSING, CERTIFICATE_NOT_COMPLETED, CERTIFICATE_NOT_ENROLLED,
        CERTIFICATE_REVOKED,
    },
    status::CertificateStatus,
};
use crate::{CertificateRow, EnrollmentStatus, certificate, enrollment, progress::analytics::look_at_learners};

/// What stands between a person and the certificate of a course.
pub struct Eligibility {
    /// The one that they have; a revoked one, too.
    pub certificate: Option<CertificateRow>,
    /// Empty when there is a valid one, or could be.
    pub blockers: Vec<Rule>,
    pub(super) enrollment: Option<enrollment::Model>,
}

/// For the viewer's own certificate.
pub async fn eligibility(db: &impl ConnectionTrait, viewer: &Viewer, course: CourseId) -> Result<Eligibility> {
    let person = viewer.person()?;
    let seen = course::Entity::visible_to(viewer).filter(course::Column::Id.eq(course)).one(db).await?;
    seen.ok_or(Error::NotFound)?;
    of_person(db, course, person).await
}

/// For a learner's certificate: why they have none, those who work on the course may ask.
pub async fn eligibility_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    course: CourseId,
    learner: UserId,
) -> Result<Eligibility> {
    look_at_learners(db, viewer, course).await?;
    of_person(db, course, learner).await
}

async fn of_person(db: &impl ConnectionTrait, course: CourseId, person: UserId) -> Result<Eligibility> {
    let own = enrollment::Entity::live()
        .filter(enrollment::Column::UserId.eq(person))
        .filter(enrollment::Column::CourseId.eq(course));
    let Some(enrollment) = own.one(db).await? else {
        return Ok(Eligibility { certificate: None, blockers: vec![CERTIFICATE_NOT_ENROLLED], enrollment: None });
    };
    let certificate = standing(db, &enrollment).await?;
    let blockers = match certificate.as_ref().map(CertificateRow::status) {
        Some(CertificateStatus::Valid) => vec![],
        Some(_) => vec![CERTIFICATE_REVOKED],
        None => missing(db, &enrollment).await?,
    };
    Ok(Eligibility { certificate, blockers, enrollment: Some(enrollment) })
}

/// The certificate of the person and version that an enrolment is of, revoked or not: what one would have been refused for.
pub(super) async fn standing(
    db: &impl ConnectionTrait,
    enrollment: &enrollment::Model,
) -> Result<Option<CertificateRow>> {
    use certificate::Column::{CourseId, CourseVersionId, SupersededAt, UserId};
    let of_version = match enrollment.course_version_id {
        Some(version) => CourseVersionId.eq(version),
        None => CourseVersionId.is_null(),
    };
    let found = certificate::Entity::live()
        .filter(UserId.eq(enrollment.user_id))
        .filter(CourseId.eq(enrollment.course_id))
        .filter(of_version)
        .filter(SupersededAt.is_null());
    Ok(found.into_partial_model().one(db).await?)
}

async fn missing(db: &impl ConnectionTrait, enrollment: &enrollment::Model) -> Result<Vec<Rule>> {
    let holder = user::Entity::active_users().filter(user::Column::Id.eq(enrollment.user_id)).one(db).await?;
    let name = holder.as_ref().map(|holder| holder.full_name.trim());
    let checks = [
        (enrollment.status != EnrollmentStatus::Completed, CERTIFICATE_NOT_COMPLETED),
        (name.is_some_and(str::is_empty), CERTIFICATE_NAME_MISSING),
        (name.is_none(), CERTIFICATE_HOLDER_NOT_ACTIVE),
    ];
    Ok(checks.into_iter().filter(|(stands, _)| *stands).map(|(_, rule)| rule).collect())
}
