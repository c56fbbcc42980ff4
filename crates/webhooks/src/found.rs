use kernel::{Error, Permit, Result, Tx, WebhookId, allow};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};

use crate::{
    policy::Change,
    webhook::{Column, Entity, Model},
};

/// The webhook, which nobody else changes until the transaction ends. Whoever does anything to one, or to its deliveries, comes
/// here first: so nobody waits for somebody who waits for them.
pub(crate) async fn locked(tx: &Tx, id: WebhookId) -> Result<Option<Model>> {
    let found = Entity::visible_to(&tx.viewer).filter(Column::Id.eq(id)).lock_exclusive();
    Ok(found.one(&tx.conn).await?)
}

/// One that the viewer may change.
pub(crate) async fn changed(tx: &Tx, id: WebhookId) -> Result<Permit<Change, Model>> {
    let webhook = locked(tx, id).await?.ok_or(Error::NotFound)?;
    if webhook.query.is_some() {
        tx.viewer.person()?;
    }
    allow(&tx.viewer, webhook)
}
