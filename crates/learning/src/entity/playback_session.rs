use kernel::{SessionId, UserId};
use sea_orm::entity::prelude::*;

/// Which packets of a session are in. The session is none of ours: it may be gone before this is.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "playback_sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub session: SessionId,
    pub user_id: UserId,
    /// Their numbers: `progress::Spans`.
    #[sea_orm(column_type = "JsonBinary")]
    pub seen: Json,
    /// When the last of them came.
    pub last_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
