use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, blank_text, drop_tables, flag},
    indexes::unique,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = audited("roles")
            .col(string_len("name", 50))
            .col(string_len("display_name", 100))
            .col(blank_text("description"))
            .col(flag("is_active", true))
            .col(integer("priority").default(0))
            .take();
        let indexes = [unique("name").living()];
        create_audited(db, "roles", &table, indexes).await?;
        let permissions = Table::create()
            .table("role_permissions")
            .belongs_to("role_id", "roles")
            .col(string_len("permission", 100))
            .primary_key(sea_query::Index::create().col("role_id").col("permission"))
            .take();
        db.create_table(permissions).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["role_permissions", "roles"]).await
    }
}
