use kernel::{CourseId, Result, Tx};
use sea_orm::Set;

use crate::{course, taught::edit, trail::changes};

/// Shows the course by the picture at this address, or by none.
pub async fn set_thumbnail(tx: &mut Tx, course: CourseId, url: Option<String>) -> Result<()> {
    let permit = edit(tx, course).await?;
    let before = permit.course.clone();
    let version = permit.version + 1;
    let after = tx
        .update(permit, |row: &mut course::ActiveModel| {
            row.thumbnail = Set(url);
            row.version = Set(version);
        })
        .await?;
    tx.record(changes("course.updated", &before, &after)).await
}
