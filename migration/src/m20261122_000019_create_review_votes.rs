use sea_orm_migration::prelude::*;

use crate::{
    audited::{audited, create_audited},
    columns::{References, drop_tables},
    indexes::{index, unique},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = audited("review_votes").belongs_to("review_id", "reviews").belongs_to("user_id", "users").take();
        let indexes = [unique("review_id, user_id").living(), index("review_id"), index("user_id")];
        create_audited(db, "review_votes", &table, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["review_votes"]).await
    }
}
