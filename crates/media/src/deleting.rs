use accounts::user;
use courses::{course, course_section};
use kernel::{AuditRecord, Event, Job, Live, MediaId, Result, Tx};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{keeping::keep, media_file::Model, rules::MEDIA_IN_USE};

/// Takes what a deleted file left in the store out of it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoveFile {
    pub media: MediaId,
}

impl Job for RemoveFile {
    const KIND: &'static str = "remove_file";
}

/// Deletes a file; its bytes go after the commit. What people see at present is deleted only by force.
pub async fn delete(tx: &mut Tx, file: MediaId, force: bool) -> Result<()> {
    let permit = keep(tx, file).await?;
    if !force && is_in_use(tx, &permit.file).await? {
        return Err(MEDIA_IN_USE.at("mediaId").into());
    }
    let file = tx.delete(permit).await?;
    tx.enqueue(&RemoveFile { media: file.id }).await?;
    if let Some(course) = file.course_id {
        tx.emit(Event::CourseAsksLess { course });
    }
    tx.record(AuditRecord::new("media.deleted", file.id).change("fileName", file.file_name, Value::Null)).await
}

async fn is_in_use(tx: &Tx, file: &Model) -> Result<bool> {
    Ok(is_taught(tx, file).await? || is_picture(tx, file).await?)
}

/// Can learners see it in a published course?
async fn is_taught(tx: &Tx, file: &Model) -> Result<bool> {
    let Some(course) = file.course_id else {
        return Ok(false);
    };
    let published = course::Entity::published().filter(course::Column::Id.eq(course)).count(&tx.conn).await? > 0;
    let Some(section) = file.section_id.filter(|_| published) else {
        return Ok(published);
    };
    use course_section::Column::{Id, IsPublished};
    let open = course_section::Entity::live().filter(Id.eq(section)).filter(IsPublished.eq(true));
    Ok(open.count(&tx.conn).await? > 0)
}

/// Is it what a course or a person is shown by?
async fn is_picture(tx: &Tx, file: &Model) -> Result<bool> {
    let Some(url) = &file.public_url else {
        return Ok(false);
    };
    let courses = course::Entity::live().filter(course::Column::Thumbnail.eq(url)).count(&tx.conn).await?;
    let people = user::Entity::live().filter(user::Column::Avatar.eq(url)).count(&tx.conn).await?;
    Ok(courses + people > 0)
}
