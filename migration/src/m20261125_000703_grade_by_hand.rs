use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, blank_text, drop_tables, flag, not_negative},
    indexes::{create_indexes, index, unique},
};

const ANSWERS: &str = "quiz_answers";
const ATTEMPTS: &str = "quiz_attempts";

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What a person says to an answer, who is at it, and what stands beside the score that was earned.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        for column in [flag("needs_person", false), flag("is_manual", false), blank_text("feedback")] {
            db.alter_table(Table::alter().table(ANSWERS).add_column(column).take()).await?;
        }
        let waiting = index("saved_at, id").only("needs_person = TRUE");
        create_indexes(db, ANSWERS, [waiting]).await?;
        let given = not_negative(integer_null("override_score"));
        db.alter_table(Table::alter().table(ATTEMPTS).add_column(given).take()).await?;
        let table = audited("grading_claims")
            .belongs_to("answer_id", ANSWERS)
            .col(timestamp_with_time_zone("expires_at"))
            .take();
        create_audited(db, "grading_claims", &table, [unique("answer_id").living(), index("answer_id")]).await?;
        let table = audited("score_overrides")
            .belongs_to("attempt_id", ATTEMPTS)
            .col(not_negative(integer("score")))
            .col(blank_text("reason"))
            .take();
        create_audited(db, "score_overrides", &table, [unique("attempt_id").living(), index("attempt_id")]).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["score_overrides", "grading_claims"]).await?;
        db.alter_table(Table::alter().table(ATTEMPTS).drop_column("override_score").take()).await?;
        db.get_connection().execute_unprepared("DROP INDEX \"quiz_answers_saved_at_id_idx\"").await?;
        for column in ["feedback", "is_manual", "needs_person"] {
            db.alter_table(Table::alter().table(ANSWERS).drop_column(column).take()).await?;
        }
        Ok(())
    }
}
