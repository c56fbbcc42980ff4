use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, blank_text, drop_tables, json_list, not_negative, one_of},
    indexes::index,
};

const QUESTION_TYPE: [&str; 4] = ["multiple_choice", "true_false", "short_answer", "essay"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = audited("quiz_questions")
            .belongs_to("quiz_id", "quizzes")
            .col(text("question_text"))
            .col(one_of("question_type", &QUESTION_TYPE))
            .col(json_list("options"))
            .col(json_binary("correct_answer"))
            .col(blank_text("explanation"))
            .col(not_negative(integer("points")).default(100))
            .col(integer("order_index").default(0))
            .take();
        let indexes = [index("quiz_id, order_index")];
        create_audited(db, "quiz_questions", &table, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["quiz_questions"]).await
    }
}
