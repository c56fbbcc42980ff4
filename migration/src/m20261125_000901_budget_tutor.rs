use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, count, drop_tables, not_negative, one_of, positive},
    indexes::{create_indexes, index, unique},
};

const STATES: [&str; 4] = ["open", "settled", "refunded", "lapsed"];

#[derive(DeriveMigrationName)]
pub struct Migration;

/// How many tokens of a language model may be used, how many were, and which are spoken for at the moment.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = audited("ai_budgets")
            .belongs_to("course_id", "courses")
            .col(not_negative(big_integer_null("learner_daily_tokens")))
            .col(not_negative(big_integer_null("course_monthly_tokens")))
            .take();
        create_audited(db, "ai_budgets", &table, [unique("course_id").living(), index("course_id")]).await?;
        create_counters(db).await?;
        create_reservations(db).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["ai_reservations", "ai_course_months", "ai_learner_days", "ai_budgets"]).await
    }
}

fn tokens(name: &'static str) -> ColumnDef {
    not_negative(big_integer(name)).default(0).take()
}

/// A row for every day on which somebody asked, and for every month in which a course was asked about.
async fn create_counters(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let days = Table::create()
        .table("ai_learner_days")
        .belongs_to("user_id", "users")
        .belongs_to("course_id", "courses")
        .col(timestamp_with_time_zone("starts_at"))
        .col(tokens("reserved"))
        .col(tokens("used"))
        .col(count("answers"))
        .primary_key(sea_query::Index::create().col("user_id").col("course_id").col("starts_at"))
        .take();
    db.create_table(days).await?;
    create_indexes(db, "ai_learner_days", [index("course_id, starts_at")]).await?;
    let months = Table::create()
        .table("ai_course_months")
        .belongs_to("course_id", "courses")
        .col(timestamp_with_time_zone("starts_at"))
        .col(tokens("reserved"))
        .col(tokens("used"))
        .primary_key(sea_query::Index::create().col("course_id").col("starts_at"))
        .take();
    db.create_table(months).await
}

async fn create_reservations(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("ai_reservations")
        .col(pk_uuid("id"))
        .belongs_to("user_id", "users")
        .belongs_to("course_id", "courses")
        .col(positive(big_integer("tokens")))
        .col(tokens("used"))
        .col(one_of("state", &STATES).default("open"))
        .col(timestamp_with_time_zone("reserved_at"))
        .take();
    db.create_table(table).await?;
    let indexes =
        [index("user_id"), index("course_id"), index("reserved_at"), index("reserved_at, id").only("state = 'open'")];
    create_indexes(db, "ai_reservations", indexes).await
}
