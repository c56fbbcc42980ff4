use kernel::{Error, MediaId, Permit, Result, Tx, allow};
use sea_orm::{ColumnTrait, QueryFilter, QueryTrait, sea_query::LockType};

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
        Some(course) => courses::edits(tx, course).await?,
        None => false,
    };
    allow::<Keep, _>(&tx.viewer, Kept { file, edits_course })
}

/// The file as it is at the moment, for those who may see it.
pub(crate) async fn look(tx: &Tx, file: MediaId) -> Result<media_file::Model> {
    let found = media_file::Entity::visible_to(&tx.viewer).filter(media_file::Column::Id.eq(file));
    found.one(&tx.conn).await?.ok_or(Error::NotFound)
}
