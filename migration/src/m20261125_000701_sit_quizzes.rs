use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    columns::{count, flag, not_negative},
    indexes::{create_indexes, unique},
};

const TABLE: &str = "quiz_attempts";
const COLUMNS: [&str; 6] = ["layout", "max_score", "grace_period", "is_expired", "is_held", "answers_digest"];

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What an attempt was given when it began, and what was handed in. Nobody has two attempts at a quiz open at a time.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            json_binary_null("layout"),
            count("max_score"),
            not_negative(integer("grace_period")).default(0).take(),
            flag("is_expired", false),
            flag("is_held", false),
            string_len_null("answers_digest", 64),
        ];
        for column in columns {
            db.alter_table(Table::alter().table(TABLE).add_column(column).take()).await?;
        }
        let open = unique("user_id, quiz_id").only("is_deleted = FALSE AND status = 'in_progress'");
        create_indexes(db, TABLE, [open]).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        db.get_connection().execute_unprepared("DROP INDEX \"quiz_attempts_user_id_quiz_id_key\"").await?;
        for column in COLUMNS.into_iter().rev() {
            db.alter_table(Table::alter().table(TABLE).drop_column(column).take()).await?;
        }
        Ok(())
    }
}
