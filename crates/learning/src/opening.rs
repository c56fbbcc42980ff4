//! What one may open: to see that a file is there is one thing, to see what is in it another.

use chrono::{DateTime, Utc};
use courses::{course, course_section};
use kernel::{Error, Live, MediaId, Result, UserId, Viewer};
use media::media_file;
use sea_orm::{
    ColumnTrait, ConnectionTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::Expr,
};

use crate::{enrollment, entitles, video_progress};

/// The file, when the viewer may open it. What they see and may not open is [`Error::Denied`].
pub async fn opened(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    media: MediaId,
    now: DateTime<Utc>,
) -> Result<media_file::Model> {
    let found = media_file::Entity::visible_to(viewer).filter(media_file::Column::Id.eq(media)).one(db).await?;
    let file = found.ok_or(Error::NotFound)?;
    if may_open(db, viewer, media, now).await? { Ok(file) } else { Err(Error::Denied) }
}

/// May the viewer open the file at this moment? One statement, for those who ask at every piece of a film.
pub async fn may_open(db: &impl ConnectionTrait, viewer: &Viewer, media: MediaId, now: DateTime<Utc>) -> Result<bool> {
    Ok(open_files(viewer, now).filter(media_file::Column::Id.eq(media)).count(db).await? > 0)
}

/// The files that the viewer may open at this moment.
pub fn open_files(viewer: &Viewer, now: DateTime<Utc>) -> Select<media_file::Entity> {
    use media_file::Column::{CourseId, IsPublic, UserId};
    let visible = media_file::Entity::visible_to(viewer);
    // Visible, and of no course: it is theirs, or they see everything.
    let open =
        IsPublic.eq(true).or(CourseId.is_null()).or(of_preview()).or(course::Entity::taught_ids(viewer, CourseId));
    visible.filter(match viewer.id() {
        Some(user) => open.or(UserId.eq(user)).or(learned_by(user, CourseId, now)),
        None => open,
    })
}

/// The sections in which the viewer may learn at this moment: they see others without opening what is in them.
pub fn open_sections(viewer: &Viewer, now: DateTime<Utc>) -> Select<course_section::Entity> {
    use course_section::Column::{CourseId, IsPreview};
    let open = IsPreview.eq(true).or(course::Entity::taught_ids(viewer, CourseId));
    course_section::Entity::visible_to(viewer).filter(match viewer.id() {
        Some(user) => open.or(learned_by(user, CourseId, now)),
        None => open,
    })
}

/// Previews are for all who see them.
fn of_preview() -> Expr {
    use course_section::Column::{Id, IsPreview};
    let previews = course_section::Entity::live().filter(IsPreview.eq(true)).select_only().column(Id);
    media_file::Column::SectionId.in_subquery(previews.into_query())
}

/// `course` names a course that they may learn in at this moment.
fn learned_by(user: UserId, course: impl ColumnTrait, now: DateTime<Utc>) -> Expr {
    use enrollment::Column::{CourseId, UserId};
    let own = enrollment::Entity::live().filter(UserId.eq(user)).filter(entitles(now));
    course.in_subquery(own.select_only().column(CourseId).into_query())
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
