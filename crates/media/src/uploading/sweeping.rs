use kernel::{Result, Tx, UploadId, allow, dialect};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, sea_query::Expr};

use super::RemoveUpload;
use crate::{
    UploadStatus,
    policy::{Arrivals, Judge},
    upload::{Column, Entity},
};

/// So many at a time: the rest waits for the next time.
const MOST: u64 = 500;

/// Gives up what nobody has brought to its end in time; answers how many that were. For the system.
pub async fn expire_uploads(tx: &mut Tx) -> Result<usize> {
    let permit = allow::<Judge, _>(&tx.viewer, Arrivals)?;
    let over = Entity::visible_to(&tx.viewer)
        .filter(Column::Status.is_in([UploadStatus::Open, UploadStatus::Verifying]))
        .filter(Column::ExpiresAt.lte(tx.now));
    let over = over.select_only().column(Column::Id).limit(MOST).lock_exclusive();
    let over: Vec<UploadId> = over.into_tuple().all(&tx.conn).await?;
    if over.is_empty() {
        return Ok(0);
    }
    let these = dialect::any_of(tx.backend(), Column::Id, &over);
    tx.change_where::<_, _, Entity>(&permit, these, vec![(Column::Status, Expr::val(UploadStatus::Expired))]).await?;
    for upload in &over {
        tx.enqueue(&RemoveUpload { upload: *upload }).await?;
    }
    Ok(over.len())
}
