use accounts::may_erase;
use kernel::{Result, Tx, UserId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::SelectStatement};

use crate::{webhook, webhook_delivery};

/// The ids of all webhooks that a person ever had.
#[expect(clippy::disallowed_methods, reason = "what was deleted is a person's as well")]
pub fn webhooks_of(user: UserId) -> SelectStatement {
    let all = webhook::Entity::find().filter(webhook::Column::UserId.eq(user));
    all.select_only().column(webhook::Column::Id).into_query()
}

/// A person has gone, and nobody is left who would have to be told.
pub async fn erase_webhooks(tx: &Tx, user: UserId) -> Result<()> {
    let permit = may_erase(&tx.viewer, user)?;
    let told = webhook_delivery::Column::WebhookId.in_subquery(webhooks_of(user));
    tx.unlink::<_, _, webhook_delivery::Entity>(&permit, told).await?;
    tx.unlink::<_, _, webhook::Entity>(&permit, webhook::Column::UserId.eq(user)).await?;
    Ok(())
}
