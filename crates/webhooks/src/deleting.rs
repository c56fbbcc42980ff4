use kernel::{AuditRecord, Error, Result, Tx, WebhookId, allow};

use crate::{
    WebhookRow,
    found::locked,
    policy::Remove,
    target::origin,
    webhook::{ActiveModel, Model},
};

/// Puts an end to a webhook: nothing more is sent.
pub async fn delete(tx: &mut Tx, id: WebhookId) -> Result<WebhookRow> {
    let webhook = locked(tx, id).await?.ok_or(Error::NotFound)?;
    let permit = allow::<Remove, _>(&tx.viewer, webhook)?;
    tx.record(AuditRecord::new("webhook.deleted", id).with("url", origin(&permit.url))).await?;
    let deleted: Model = tx.delete::<_, _, ActiveModel>(permit).await?;
    Ok(deleted.into())
}
