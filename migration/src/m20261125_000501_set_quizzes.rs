use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{flag, not_negative, one_of, positive};

const TABLE: &str = "quizzes";
const SHOW_KEY_AFTER: [&str; 4] = ["never", "submission", "due", "release"];
const GRADE_METHOD: [&str; 4] = ["highest", "latest", "first", "average"];
const COLUMNS: [&str; 7] =
    ["version", "opens_at", "due_at", "show_key_after", "grade_method", "is_required", "grace_period"];

#[derive(DeriveMigrationName)]
pub struct Migration;

/// When a quiz can be taken, which attempt counts, who learns what was right, and how often all this was changed.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let is_after = Expr::cust("due_at IS NULL OR opens_at IS NULL OR opens_at < due_at");
        let columns = [
            positive(integer("version")).default(1).take(),
            timestamp_with_time_zone_null("opens_at"),
            timestamp_with_time_zone_null("due_at").check(is_after).take(),
            one_of("show_key_after", &SHOW_KEY_AFTER).default("submission").take(),
            one_of("grade_method", &GRADE_METHOD).default("highest").take(),
            flag("is_required", false),
            not_negative(integer("grace_period")).default(5).take(),
        ];
        for column in columns {
            db.alter_table(Table::alter().table(TABLE).add_column(column).take()).await?;
        }
        Ok(())
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        // What a check names goes last.
        for column in COLUMNS.into_iter().rev() {
            db.alter_table(Table::alter().table(TABLE).drop_column(column).take()).await?;
        }
        Ok(())
    }
}
