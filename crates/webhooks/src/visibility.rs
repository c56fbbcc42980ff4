//! Which rows a viewer may know of.

use kernel::{Live, Viewer};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select, sea_query::Expr};

use crate::{policy::sees_webhooks, webhook, webhook_delivery};

impl webhook::Entity {
    /// All for those who keep webhooks; none for others.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        let literal = if sees_webhooks(viewer) { "TRUE" } else { "FALSE" };
        Self::live().filter(Expr::cust(literal))
    }
}

impl webhook_delivery::Entity {
    /// Those of the webhooks that the viewer may know of.
    #[expect(clippy::disallowed_methods, reason = "a delivery is never soft-deleted: its webhook is")]
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        let webhooks = webhook::Entity::visible_to(viewer).select_only().column(webhook::Column::Id);
        Self::find().filter(webhook_delivery::Column::WebhookId.in_subquery(webhooks.into_query()))
    }
}
