use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, drop_tables, positive},
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
        let table = audited("quiz_draws")
            .belongs_to("quiz_id", "quizzes")
            .belongs_to("bank_id", "question_banks")
            .col(positive(integer("count")))
            .col(positive(integer("points")))
            .col(integer("order_index").default(0))
            .take();
        create_audited(db, "quiz_draws", &table, [index("quiz_id, order_index"), index("bank_id")]).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["quiz_draws"]).await
    }
}
