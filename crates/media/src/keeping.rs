use courses::course;
use kernel::{CourseId, Error, MediaId, Permit, Result, Tx, allow};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::LockType};

use crate::{
    media_file,
    policy::{Keep, Kept},
};

/// The right to do something to a file. The file is locked until the transaction ends: what is decided on it stays true.
pub(crate) async fn keep(tx: &Tx, file: MediaId) -> Result<Permit<Keep, Kept>> {
    let mut found = media_file::Entity::visible_to(&tx.viewer).filter(media_file::Column::Id.eq(file));
    // PostgreSQL does not lock what is joined by chance: the section, that tells whether one may see the file.
    QueryTrait::query(&mut found).lock_with_tables(LockType::Update, ["media_files"]);
    let file = found.one(&tx.conn).await?.ok_or(Error::NotFound)?;
    let edits_course = match file.course_id {
        Some(course) => edits(tx, course).await?,
        None => false,
    };
    allow::<Keep, _>(&tx.viewer, Kept { file, edits_course })
}

async fn edits(tx: &Tx, course: CourseId) -> Result<bool> {
    let editable = course::Entity::editable_by(&tx.viewer).filter(course::Column::Id.eq(course));
    Ok(editable.count(&tx.conn).await? > 0)
}

/// The right to put files into a course. It is locked until the transaction ends.
pub(crate) async fn target(tx: &Tx, course: CourseId) -> Result<Permit<courses::Edit, course::Model>> {
    let found = course::Entity::visible_to(&tx.viewer).filter(course::Column::Id.eq(course)).lock_exclusive();
    allow::<courses::Edit, _>(&tx.viewer, found.one(&tx.conn).await?.ok_or(Error::NotFound)?)
}
