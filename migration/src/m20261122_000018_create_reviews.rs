use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, count, drop_tables, flag},
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
        let table = audited("reviews")
            .belongs_to("user_id", "users")
            .belongs_to("course_id", "courses")
            .col(integer("rating").check(Expr::cust("rating BETWEEN 1 AND 5")))
            .col(string_len("title", 255))
            .col(text("comment"))
            .col(flag("is_verified_purchase", false))
            .col(flag("is_hidden", false))
            .col(count("helpful_count"))
            .col(count("reported_count"))
            .take();
        let indexes = [
            unique("user_id, course_id").living(),
            index("user_id"),
            index("course_id, rating"),
            index("course_id, created_at DESC, id DESC").living(),
            index("course_id, helpful_count DESC, id DESC").living(),
        ];
        create_audited(db, "reviews", &table, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["reviews"]).await
    }
}
