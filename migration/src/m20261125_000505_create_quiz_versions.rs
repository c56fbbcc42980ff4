use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, drop_tables, positive},
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
        let table = audited("quiz_versions")
            .belongs_to("quiz_id", "quizzes")
            .col(positive(integer("number")))
            .col(json_binary("snapshot"))
            .take();
        create_audited(db, "quiz_versions", &table, [unique("quiz_id, number")]).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["quiz_versions"]).await
    }
}
