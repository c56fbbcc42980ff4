use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    columns::{References, bytewise, drop_tables},
    indexes::{create_indexes, index},
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
            .table("course_tags")
            .belongs_to("course_id", "courses")
            .col(bytewise(db, string_len("tag", 50)))
            .primary_key(sea_query::Index::create().col("course_id").col("tag"))
            .take();
        db.create_table(table).await?;
        let indexes = [index("tag, course_id")];
        create_indexes(db, "course_tags", indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["course_tags"]).await
    }
}
