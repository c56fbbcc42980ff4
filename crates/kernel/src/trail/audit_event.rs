use sea_orm::{QueryFilter, Select, entity::prelude::*, sea_query::Expr};

use crate::{AuditEventId, Permission, UserId, Viewer};

/// Who did what to what. Never changed and never deleted: triggers refuse both.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_events")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AuditEventId,
    pub happened_at: DateTimeUtc,
    /// None is the system, or nobody who has signed in.
    pub actor_id: Option<UserId>,
    /// Dotted, past tense: `user.suspended`.
    pub action: String,
    /// The prefix of the target's id.
    pub target_type: String,
    /// As on the wire.
    pub target_id: String,
    /// The changed fields as they were.
    #[sea_orm(column_type = "JsonBinary")]
    pub before: Json,
    /// The changed fields as they became.
    #[sea_orm(column_type = "JsonBinary")]
    pub after: Json,
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    pub request_id: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub ip_address: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// All of it for those who may read the trail, nothing for others.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        let literal = if viewer.has(Permission::AuditRead) { "TRUE" } else { "FALSE" };
        Self::find().filter(Expr::cust(literal))
    }
}
