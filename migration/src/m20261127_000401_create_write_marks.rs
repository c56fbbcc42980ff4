use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::drop_tables;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// How often each person has written: what tells whether a copy of the database has all that they did. No reference to
/// `users`: it would lock that row for every write.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table =
            Table::create().table("write_marks").col(uuid("actor").primary_key()).col(big_integer("mark")).take();
        db.create_table(table).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["write_marks"]).await
    }
}
