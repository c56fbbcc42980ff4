use courses::{course_section, edit};
use kernel::{CourseId, CourseVersionId, Live, MediaId, QuizId, Result, SectionId, Tx};
use media::{FileType, media_file};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use super::items::{timed, weight};
use crate::course_version_item::ActiveModel;

/// A quiz that has to be passed, and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    pub section: Option<SectionId>,
    pub quiz: QuizId,
}

/// Keeps what a version of a course asks for, in order: of each published section the files, then the quizzes; at the end the
/// quizzes of the course as a whole. A version that holds what was there before is asked for the same.
pub async fn freeze_items(tx: &mut Tx, course: CourseId, version: CourseVersionId, quizzes: &[Asked]) -> Result<()> {
    let permit = edit(tx, course).await?;
    let (sections, files) = (sections(&tx.conn, course).await?, files(&tx.conn, course).await?);
    let mut items = vec![];
    for section in sections.into_iter().map(Some).chain([None]) {
        let files = files.iter().filter(|file| section.is_some() && file.section == section);
        items.extend(files.map(|file| {
            let weight = weight(timed(file.file_type, file.duration));
            ActiveModel { media_id: Set(Some(file.id)), quiz_id: Set(None), ..item(version, section, weight) }
        }));
        let quizzes = quizzes.iter().filter(|asked| asked.section == section);
        items.extend(quizzes.map(|asked| {
            let weight = weight(None);
            ActiveModel { media_id: Set(None), quiz_id: Set(Some(asked.quiz)), ..item(version, section, weight) }
        }));
    }
    let items = (0..).zip(items).map(|(position, item)| ActiveModel { position: Set(position), ..item });
    tx.link(&permit, items.collect()).await
}

fn item(version: CourseVersionId, section: Option<SectionId>, weight: i32) -> ActiveModel {
    ActiveModel {
        course_version_id: Set(version),
        section_id: Set(section),
        weight: Set(weight),
        is_required: Set(true),
        ..Default::default()
    }
}

async fn sections(db: &impl ConnectionTrait, course: CourseId) -> Result<Vec<SectionId>> {
    use course_section::{
        Column::{CourseId, CreatedAt, Id, IsPublished, Order},
        Entity,
    };
    let sections = Entity::live().filter(CourseId.eq(course)).filter(IsPublished.eq(true)).select_only().column(Id);
    let sections = sections.order_by_asc(Order).order_by_asc(CreatedAt).order_by_asc(Id);
    Ok(sections.into_tuple().all(db).await?)
}

#[derive(sea_orm::FromQueryResult)]
struct File {
    id: MediaId,
    section: Option<SectionId>,
    file_type: FileType,
    duration: Option<i32>,
}

async fn files(db: &impl ConnectionTrait, course: CourseId) -> Result<Vec<File>> {
    use media_file::{
        Column::{CourseId, CreatedAt, Duration, FileType, Id, OrderIndex, SectionId},
        Entity,
    };
    let files = Entity::live().filter(CourseId.eq(course)).select_only();
    let files = files.columns([Id, FileType, Duration]).column_as(SectionId, "section");
    let files = files.order_by_asc(OrderIndex).order_by_asc(CreatedAt).order_by_asc(Id);
    Ok(files.into_model().all(db).await?)
}
