use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    columns::{References, drop_tables, one_of},
    indexes::{create_indexes, index},
};

const PURPOSE: [&str; 5] = ["verify_email", "reset_password", "confirm_email", "undo_email", "cancel_deletion"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("one_time_tokens")
            .col(text("token_hash").primary_key())
            .belongs_to("user_id", "users")
            .col(one_of("purpose", &PURPOSE))
            .col(string_len("email", 254))
            .col(timestamp_with_time_zone("issued_at"))
            .col(timestamp_with_time_zone("expires_at"))
            .take();
        db.create_table(table).await?;
        create_indexes(db, "one_time_tokens", [index("user_id, purpose"), index("expires_at")]).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["one_time_tokens"]).await
    }
}
