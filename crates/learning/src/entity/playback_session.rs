use kernel::{SessionId, UserId};
use sea_orm::entity::prelude::*;

/// Which packets of a playback are in: of a sign-in session, which may be gone before this is, or of what a player and the
/// person make together (`progress::Playback`).
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
