use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    columns::{References, drop_tables},
    indexes::{create_indexes, index, unique},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("user_roles")
            .col(pk_uuid("id"))
            .belongs_to("user_id", "users")
            .belongs_to("role_id", "roles")
            .col(timestamp_with_time_zone("assigned_at"))
            .may_belong_to("assigned_by", "users")
            .take();
        db.create_table(table).await?;
        let indexes =
            [unique("user_id, role_id"), index("role_id"), index("assigned_by").only("assigned_by IS NOT NULL")];
        create_indexes(db, "user_roles", indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["user_roles"]).await
    }
}
