//! What one may open: to see that a file is there is one thing, to see what is in it another.

use chrono::{DateTime, Utc};
use courses::{course, course_section};
use kernel::{CourseId, Error, Live, MediaId, Result, Viewer};
use media::media_file;
use sea_orm::{ColumnTrait, ConnectionTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, sea_query::Expr};

use crate::{EnrollmentStatus, enrollment, video_progress};

/// The file, when the viewer may open it. What they see and may not open is [`Error::Denied`].
pub async fn opened(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    media: MediaId,
    now: DateTime<Utc>,
) -> Result<media_file::Model> {
    let found = media_file::Entity::visible_to(viewer).filter(media_file::Column::Id.eq(media)).one(db).await?;
    let file = found.ok_or(Error::NotFound)?;
    if may_open(db, viewer, &file, now).await? { Ok(file) } else { Err(Error::Denied) }
}

async fn may_open(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    file: &media_file::Model,
    now: DateTime<Utc>,
) -> Result<bool> {
    if file.is_public || viewer.is(file.user_id) {
        return Ok(true);
    }
    let Some(course) = file.course_id else {
        // Visible, and of no course: the viewer sees everything.
        return Ok(true);
    };
    Ok(is_preview(db, file).await? || teaches(db, viewer, course).await? || learns(db, viewer, course, now).await?)
}

/// Previews are for all who see them.
async fn is_preview(db: &impl ConnectionTrait, file: &media_file::Model) -> Result<bool> {
    use course_section::Column::{Id, IsPreview};
    let Some(section) = file.section_id else {
        return Ok(false);
    };
    let preview = course_section::Entity::live().filter(Id.eq(section)).filter(IsPreview.eq(true));
    Ok(preview.count(db).await? > 0)
}

/// Works on the course, in whatever role.
async fn teaches(db: &impl ConnectionTrait, viewer: &Viewer, course: CourseId) -> Result<bool> {
    let taught = course::Entity::taught_by(viewer).filter(course::Column::Id.eq(course));
    Ok(taught.count(db).await? > 0)
}

/// Takes the course or has completed it, and the time that they have for it is not over.
async fn learns(db: &impl ConnectionTrait, viewer: &Viewer, course: CourseId, now: DateTime<Utc>) -> Result<bool> {
    use enrollment::Column::{CourseId, UserId};
    let Some(user) = viewer.id() else {
        return Ok(false);
    };
    let own = enrollment::Entity::live().filter(UserId.eq(user)).filter(CourseId.eq(course)).filter(may_learn(now));
    Ok(own.count(db).await? > 0)
}

/// The enrolment lets its person learn at this moment.
pub(crate) fn may_learn(now: DateTime<Utc>) -> Expr {
    use enrollment::Column::{ExpiresAt, Status};
    let living = Status.is_in([EnrollmentStatus::Active, EnrollmentStatus::Completed]);
    living.and(ExpiresAt.is_null().or(ExpiresAt.gt(now)))
}

/// Where the viewer stopped the recording, in seconds; the latest, when they watch it in several courses.
pub async fn resume_position(db: &impl ConnectionTrait, viewer: &Viewer, media: MediaId) -> Result<Option<i32>> {
    use video_progress::Column::{UpdatedAt, UserId, VideoId};
    let Some(user) = viewer.id() else {
        return Ok(None);
    };
    let own = video_progress::Entity::live().filter(UserId.eq(user)).filter(VideoId.eq(media));
    let latest = own.order_by_desc(UpdatedAt).one(db).await?;
    Ok(latest.map(|progress| progress.last_position))
}
