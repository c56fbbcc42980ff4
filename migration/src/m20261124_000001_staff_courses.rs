use sea_orm_migration::prelude::*;

use crate::{
    audited::{audited, create_audited},
    columns::{References, drop_tables, one_of},
    indexes::{index, unique},
};

const ROLE: [&str; 3] = ["instructor", "editor", "assistant"];

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Whoever works on a course beside its owner, who stays where they are: `courses.instructor_id`.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = audited("course_staff")
            .belongs_to("course_id", "courses")
            .belongs_to("user_id", "users")
            .col(one_of("role", &ROLE))
            .take();
        let indexes = [unique("course_id, user_id").living(), index("course_id"), index("user_id")];
        create_audited(db, "course_staff", &table, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["course_staff"]).await
    }
}
