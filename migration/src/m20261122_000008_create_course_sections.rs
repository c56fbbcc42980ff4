use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, blank_text, drop_tables, flag},
    indexes::index,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = audited("course_sections")
            .belongs_to("course_id", "courses")
            .col(string_len("title", 255))
            .col(blank_text("description"))
            .col(integer("order").default(0))
            .col(flag("is_published", true))
            .col(flag("is_preview", false))
            .take();
        let indexes = [index("course_id, order")];
        create_audited(db, "course_sections", &table, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["course_sections"]).await
    }
}
