use kernel::{AuditRecord, CaptionTrackId, Error, Job, MediaId, Result, Tx};
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    caption_track::{Column, Entity},
    keeping::keep,
};

/// Takes the words of a deleted track out of the store.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoveCaptions {
    pub media: MediaId,
    pub track: CaptionTrackId,
}

impl Job for RemoveCaptions {
    const KIND: &'static str = "remove_captions";
}

/// Deletes a track; its words go after the commit.
pub async fn delete_captions(tx: &mut Tx, id: CaptionTrackId) -> Result<()> {
    let track = Entity::visible_to(&tx.viewer).filter(Column::Id.eq(id)).one(&tx.conn).await?.ok_or(Error::NotFound)?;
    let permit = keep(tx, track.media_id).await?;
    let gone = vec![
        (Column::IsDeleted, Expr::val(true)),
        (Column::DeletedAt, Expr::val(tx.now)),
        (Column::DeletedBy, Expr::val(tx.viewer.actor())),
    ];
    if tx.change_where::<_, _, Entity>(&permit, Column::Id.eq(id), gone).await? == 0 {
        return Err(Error::NotFound);
    }
    tx.enqueue(&RemoveCaptions { media: track.media_id, track: id }).await?;
    tx.record(AuditRecord::new("media.captions_deleted", track.media_id).change(
        "language",
        track.language,
        Value::Null,
    ))
    .await
}
