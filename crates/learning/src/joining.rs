//! Batched reads that go through two tables.

use std::collections::HashMap;

use courses::course_section;
use kernel::{CourseProgressId, EnrollmentId, MediaId, Result, Viewer, dialect};
use media::media_file;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DerivePartialModel, EntityTrait, ExprTrait, FromQueryResult, JoinType, QueryFilter,
    QueryOrder, QuerySelect, RelationDef, sea_query::Expr,
};

use crate::{CourseProgressRow, course_progress, enrollment, video_progress};

#[derive(FromQueryResult)]
struct Completed {
    progress: CourseProgressId,
    video: MediaId,
}

/// The specification's `completed_videos`: the videos that the person has watched to the end, in the course or, when the
/// progress is that of a section, in the section; in the order in which they were begun.
pub async fn completed_videos(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    progress: &[CourseProgressId],
) -> Result<HashMap<CourseProgressId, Vec<MediaId>>> {
    use course_progress::{Column as Progress, Entity};
    use media_file::Column as File;
    use video_progress::Column as Video;
    let keys = dialect::any_of(db.get_database_backend(), (Entity, Progress::Id), progress);
    let of_section = Expr::col((media_file::Entity, File::SectionId)).equals((Entity, Progress::SectionId));
    let completed = Entity::visible_to(viewer)
        .join(JoinType::InnerJoin, videos_of_progress())
        .join(JoinType::InnerJoin, files_of_videos())
        .filter(keys)
        .filter(Video::Completed.eq(true))
        .filter(Video::IsDeleted.eq(false))
        .filter(File::IsDeleted.eq(false))
        .filter(Progress::SectionId.is_null().or(of_section))
        .select_only()
        .column_as(Progress::Id, "progress")
        .column_as(Video::VideoId, "video")
        .order_by_asc(Video::CreatedAt)
        .order_by_asc(Video::Id);
    let mut lists: HashMap<_, Vec<_>> = HashMap::new();
    for row in completed.into_model::<Completed>().all(db).await? {
        lists.entry(row.progress).or_default().push(row.video);
    }
    Ok(lists)
}

/// What the person has watched of the course.
fn videos_of_progress() -> RelationDef {
    use course_progress::Column::{CourseId, UserId};
    use video_progress::Column as Video;
    course_progress::Entity::belongs_to(video_progress::Entity)
        .from((UserId, CourseId))
        .to((Video::UserId, Video::CourseId))
        .into()
}

fn files_of_videos() -> RelationDef {
    video_progress::Entity::belongs_to(media_file::Entity)
        .from(video_progress::Column::VideoId)
        .to(media_file::Column::Id)
        .into()
}

/// How far each enrolment has come in each section of the course that is still there, in the order of the sections.
pub async fn sections_of_enrollments(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    enrollments: &[EnrollmentId],
) -> Result<HashMap<EnrollmentId, Vec<CourseProgressRow>>> {
    use course_progress::Column as Progress;
    use course_section::Column as Section;
    use enrollment::{Column, Entity};
    let keys = dialect::any_of(db.get_database_backend(), (Entity, Column::Id), enrollments);
    let same_person_and_course: RelationDef = course_progress::Entity::belongs_to(enrollment::Entity)
        .from((Progress::UserId, Progress::CourseId))
        .to((Column::UserId, Column::CourseId))
        .into();
    let section: RelationDef =
        course_progress::Entity::belongs_to(course_section::Entity).from(Progress::SectionId).to(Section::Id).into();
    let found = course_progress::Entity::visible_to(viewer)
        .join(JoinType::InnerJoin, same_person_and_course)
        .join(JoinType::InnerJoin, section)
        .filter(keys)
        .filter(Column::IsDeleted.eq(false))
        .filter(Section::IsDeleted.eq(false))
        .order_by_asc(Section::Order)
        .order_by_asc(Progress::Id)
        .into_partial_model::<OfEnrollment>()
        .all(db)
        .await?;
    let mut lists: HashMap<_, Vec<_>> = HashMap::new();
    for found in found {
        lists.entry(found.enrollment).or_default().push(found.row);
    }
    Ok(lists)
}

#[derive(DerivePartialModel)]
#[sea_orm(entity = "course_progress::Entity")]
struct OfEnrollment {
    #[sea_orm(from_expr = "Expr::col((enrollment::Entity, enrollment::Column::Id))")]
    enrollment: EnrollmentId,
    #[sea_orm(nested)]
    row: CourseProgressRow,
}

/// How far each enrolment has come: the progress of its person in the whole course.
pub async fn progress_of_enrollments(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    enrollments: &[EnrollmentId],
) -> Result<HashMap<EnrollmentId, CourseProgressRow>> {
    use course_progress::Column as Progress;
    use enrollment::{Column, Entity};
    let keys = dialect::any_of(db.get_database_backend(), (Entity, Column::Id), enrollments);
    let same_person_and_course: RelationDef = Entity::belongs_to(course_progress::Entity)
        .from((Column::UserId, Column::CourseId))
        .to((Progress::UserId, Progress::CourseId))
        .into();
    let found = Entity::visible_to(viewer)
        .join(JoinType::InnerJoin, same_person_and_course)
        .filter(keys)
        .filter(Progress::IsDeleted.eq(false))
        .filter(Progress::SectionId.is_null())
        .into_partial_model::<OfEnrollment>()
        .all(db)
        .await?;
    Ok(found.into_iter().map(|found| (found.enrollment, found.row)).collect())
}
