use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, drop_tables, flag, not_negative, positive},
    indexes::{create_indexes, index, unique},
};

// An item is a file or a quiz.
const ONE_OF_BOTH: &str = "(\"media_id\" IS NULL) <> (\"quiz_id\" IS NULL)";

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What a version of a course asks for, and what of it learners have completed by their word or by a quiz.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let items = Table::create()
            .table("course_version_items")
            .belongs_to("course_version_id", "course_versions")
            .col(not_negative(integer("position")))
            .may_belong_to("section_id", "course_sections")
            .may_belong_to("media_id", "media_files")
            .may_belong_to("quiz_id", "quizzes")
            .col(positive(integer("weight")))
            .col(flag("is_required", true))
            .primary_key(sea_query::Index::create().col("course_version_id").col("position"))
            .check(Expr::cust(ONE_OF_BOTH))
            .take();
        db.create_table(items).await?;
        let indexes = [
            unique("course_version_id, media_id").only("media_id IS NOT NULL"),
            unique("course_version_id, quiz_id").only("quiz_id IS NOT NULL"),
            index("section_id").only("section_id IS NOT NULL"),
            index("media_id").only("media_id IS NOT NULL"),
            index("quiz_id").only("quiz_id IS NOT NULL"),
        ];
        create_indexes(db, "course_version_items", indexes).await?;
        let completions = audited("item_completions")
            .belongs_to("user_id", "users")
            .belongs_to("course_id", "courses")
            .may_belong_to("media_id", "media_files")
            .may_belong_to("quiz_id", "quizzes")
            .check(Expr::cust(ONE_OF_BOTH))
            .take();
        let indexes = [
            unique("user_id, course_id, media_id").only("is_deleted = FALSE AND media_id IS NOT NULL"),
            unique("user_id, course_id, quiz_id").only("is_deleted = FALSE AND quiz_id IS NOT NULL"),
            index("user_id"),
            index("course_id"),
            index("media_id").only("media_id IS NOT NULL"),
            index("quiz_id").only("quiz_id IS NOT NULL"),
        ];
        create_audited(db, "item_completions", &completions, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["item_completions", "course_version_items"]).await
    }
}
