//! What one could ask about a course.

use chrono::{DateTime, Utc};
use courses::course_section;
use kernel::{CourseId, Live, Result, SectionId, Viewer};
use learning::{open_files, open_sections, video_progress};
use media::media_file;
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect};

/// A question, and the section that answers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    pub question: String,
    pub section: SectionId,
}

const MOST: usize = 5;

/// Questions about the sections that the viewer may open, the one where they learn at present first. With words in them: a
/// section that has only a name would not answer.
pub async fn suggestions(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    course: CourseId,
    now: DateTime<Utc>,
) -> Result<Vec<Suggestion>> {
    use course_section::Column::{CourseId, Description, Id, Order};
    let open = open_sections(viewer, now).filter(CourseId.eq(course)).filter(Description.ne(""));
    let sections: Vec<(SectionId, String)> = open
        .select_only()
        .columns([Id, course_section::Column::Title])
        .order_by_asc(Order)
        .order_by_asc(Id)
        .into_tuple()
        .all(db)
        .await?;
    let here = current_section(db, viewer, course, now).await?;
    let from = sections.iter().position(|(section, _)| Some(*section) == here).unwrap_or(0);
    let around = sections.iter().cycle().skip(from).take(sections.len().min(MOST));
    Ok(around.map(|(section, title)| Suggestion { question: question(title), section: *section }).collect())
}

fn question(title: &str) -> String {
    format!("What is \"{title}\" about?")
}

/// Where the viewer watched last.
async fn current_section(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    course: CourseId,
    now: DateTime<Utc>,
) -> Result<Option<SectionId>> {
    use video_progress::{
        Column::{CourseId, UpdatedAt, UserId},
        Entity,
    };
    let own = Entity::live().filter(UserId.eq(viewer.id())).filter(CourseId.eq(course));
    let Some(watched) = own.order_by_desc(UpdatedAt).limit(1).one(db).await? else {
        return Ok(None);
    };
    let file = open_files(viewer, now).filter(media_file::Column::Id.eq(watched.video_id)).one(db).await?;
    Ok(file.and_then(|file| file.section_id))
}
