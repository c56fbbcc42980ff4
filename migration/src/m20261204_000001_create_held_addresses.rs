use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    columns::{References, drop_tables},
    indexes::{create_indexes, index},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Addresses that accounts have left and can still go back to.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("held_addresses")
            .col(string_len("email_key", 254).primary_key())
            .belongs_to("user_id", "users")
            .col(timestamp_with_time_zone("held_until"))
            .take();
        db.create_table(table).await?;
        create_indexes(db, "held_addresses", [index("user_id"), index("held_until")]).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["held_addresses"]).await
    }
}
