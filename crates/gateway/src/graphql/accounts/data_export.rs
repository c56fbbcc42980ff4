use accounts::ExportRow;
use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use kernel::EntityId;

use super::{User, keys::UserById};
use crate::graphql::{
    error::Result,
    node::{node_type, one},
    scalars::Url,
};

node_type! {
    /// A copy of one's data.
    DataExport(ExportRow)
}

/// How far an export has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "accounts::ExportStatus")]
pub enum ExportStatus {
    /// It is being made; a letter comes when it is ready.
    Running,
    /// It can be fetched.
    Ready,
    /// It has been taken away: ask for another one.
    Expired,
}

/// A copy of everything that is kept about you. Only you see yours.
#[Object]
impl DataExport {
    /// Names this export among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// How far it has come.
    async fn status(&self) -> ExportStatus {
        self.0.status.into()
    }

    /// Where the archive is fetched, by GET and with the credential of your session: one JSON file with the rows of every
    /// table. A path on this server. Null when it is not ready or has expired.
    async fn download_url(&self) -> Option<Url> {
        let is_ready = self.0.status == accounts::ExportStatus::Ready;
        is_ready.then(|| Url(format!("/exports/{}", self.0.id.to_wire())))
    }

    /// How large the archive is, in bytes; 0 before it is ready.
    async fn size_bytes(&self) -> i64 {
        self.0.size_bytes
    }

    /// When you asked for it.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was ready. Null before.
    async fn ready_at(&self) -> Option<DateTime<Utc>> {
        self.0.ready_at
    }

    /// Until when it can be fetched. Null before it is ready.
    async fn expires_at(&self) -> Option<DateTime<Utc>> {
        self.0.expires_at
    }

    /// Whose it is. Null when the account is gone.
    async fn user(&self, ctx: &Context<'_>) -> Option<Result<User>> {
        one(ctx, Some(UserById(self.0.user_id))).await
    }
}
