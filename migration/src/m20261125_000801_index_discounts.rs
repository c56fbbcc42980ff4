use sea_orm_migration::prelude::*;

use crate::indexes::{create_indexes, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// When a price changes next by the clock alone.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let indexes = ["discount_starts_at", "discount_ends_at"].map(|column| index(column).living());
        create_indexes(db, "courses", indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        for column in ["discount_starts_at", "discount_ends_at"] {
            let mut index = Index::drop();
            index.table("courses").name(format!("courses_{column}_idx"));
            db.drop_index(index).await?;
        }
        Ok(())
    }
}
