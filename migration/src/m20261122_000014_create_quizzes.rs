use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, blank_text, drop_tables, flag, not_negative, one_of, percentage, positive},
    indexes::index,
};

const QUIZ_TYPE: [&str; 3] = ["practice", "graded", "final"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = audited("quizzes")
            .belongs_to("course_id", "courses")
            .may_belong_to("section_id", "course_sections")
            .col(string_len("title", 255))
            .col(blank_text("description"))
            .col(one_of("quiz_type", &QUIZ_TYPE).default("practice"))
            .col(percentage("passing_score").default(7000))
            .col(positive(integer_null("time_limit")))
            .col(not_negative(integer("max_attempts")).default(3))
            .col(flag("is_randomized", false))
            .col(flag("is_published", false))
            .col(integer("order_index").default(0))
            .take();
        let indexes = [index("course_id, order_index"), index("section_id")];
        create_audited(db, "quizzes", &table, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["quizzes"]).await
    }
}
