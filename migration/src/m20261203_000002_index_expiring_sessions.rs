use sea_orm_migration::prelude::*;

use crate::indexes::{create_indexes, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What the job that ends expired sessions looks for.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        create_indexes(db, "user_sessions", [index("refresh_expires_at").only("is_active = TRUE")]).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let mut index = Index::drop();
        index.table("user_sessions").name("user_sessions_refresh_expires_at_idx");
        db.drop_index(index).await
    }
}
