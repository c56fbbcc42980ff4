use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, drop_tables, not_negative},
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
        let table = audited("quiz_answers")
            .belongs_to("attempt_id", "quiz_attempts")
            .belongs_to("question_id", "quiz_questions")
            .col(json_binary("answer"))
            .col(big_integer("client_sequence").default(0))
            .col(timestamp_with_time_zone("saved_at"))
            .col(not_negative(integer_null("points")))
            .take();
        let indexes = [unique("attempt_id, question_id").living(), index("attempt_id"), index("question_id")];
        create_audited(db, "quiz_answers", &table, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["quiz_answers"]).await
    }
}
