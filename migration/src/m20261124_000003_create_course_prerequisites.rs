use sea_orm_migration::prelude::*;

use crate::{
    columns::{References, count, drop_tables},
    indexes::{create_indexes, index},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The courses that one should have taken before a course.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("course_prerequisites")
            .belongs_to("course_id", "courses")
            .belongs_to("prerequisite_id", "courses")
            .col(count("order"))
            .primary_key(sea_query::Index::create().col("course_id").col("prerequisite_id"))
            .take();
        db.create_table(table).await?;
        create_indexes(db, "course_prerequisites", [index("prerequisite_id")]).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["course_prerequisites"]).await
    }
}
