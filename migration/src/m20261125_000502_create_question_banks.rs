use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, blank_text, drop_tables, positive},
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
        let table = audited("question_banks")
            .belongs_to("course_id", "courses")
            .col(string_len("name", 255))
            .col(blank_text("description"))
            .col(positive(integer("version")).default(1))
            .take();
        create_audited(db, "question_banks", &table, [index("course_id")]).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["question_banks"]).await
    }
}
