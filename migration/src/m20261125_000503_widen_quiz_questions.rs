use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::{
    audited::{audited, create_audited},
    columns::{References, blank_text, json_list, not_negative, one_of},
    indexes::{create_indexes, index, unique},
};

const FEW: [&str; 4] = ["multiple_choice", "true_false", "short_answer", "essay"];
const ALL: [&str; 8] =
    ["multiple_choice", "true_false", "short_answer", "essay", "numeric", "matching", "ordering", "fill_in"];
const EITHER: &str = "(quiz_id IS NULL) <> (bank_id IS NULL)";
const STAYS: &str =
    "quiz_id IS NOT NULL AND question_type IN ('multiple_choice', 'true_false', 'short_answer', 'essay')";

#[derive(DeriveMigrationName)]
pub struct Migration;

/// More types of questions, and questions that stand in a bank instead of a quiz. SQLite changes no CHECK: there the table is
/// made anew, and so is that of the answers, which name its rows and would keep them from being moved.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        if db.get_database_backend() == DbBackend::Postgres {
            let words = ALL.join("', '");
            run(
                db,
                &[
                    "ALTER TABLE quiz_questions ALTER COLUMN quiz_id DROP NOT NULL",
                    "ALTER TABLE quiz_questions ADD COLUMN bank_id uuid REFERENCES question_banks (id) ON DELETE RESTRICT ON UPDATE RESTRICT",
                    &format!("ALTER TABLE quiz_questions ADD CONSTRAINT quiz_questions_owner_check CHECK ({EITHER})"),
                    "ALTER TABLE quiz_questions DROP CONSTRAINT quiz_questions_question_type_check",
                    &format!("ALTER TABLE quiz_questions ADD CONSTRAINT quiz_questions_question_type_check CHECK (question_type IN ('{words}'))"),
                ],
            )
            .await?;
        } else {
            let mut table = audited("quiz_questions");
            table.may_belong_to("quiz_id", "quizzes").may_belong_to("bank_id", "question_banks");
            table.check(Expr::cust(EITHER));
            rebuild(db, with_columns(table, &ALL), "TRUE").await?;
        }
        create_indexes(db, "quiz_questions", [index("bank_id, order_index").only("bank_id IS NOT NULL")]).await
    }

    /// What has no place in the table as it was is lost, and so are the answers to it.
    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let lost = format!("SELECT id FROM quiz_questions WHERE NOT ({STAYS})");
        run(db, &[&format!("DELETE FROM quiz_answers WHERE question_id IN ({lost})")]).await?;
        if db.get_database_backend() == DbBackend::Postgres {
            let words = FEW.join("', '");
            return run(
                db,
                &[
                    &format!("DELETE FROM quiz_questions WHERE NOT ({STAYS})"),
                    "ALTER TABLE quiz_questions DROP CONSTRAINT quiz_questions_owner_check",
                    "ALTER TABLE quiz_questions DROP COLUMN bank_id",
                    "ALTER TABLE quiz_questions ALTER COLUMN quiz_id SET NOT NULL",
                    "ALTER TABLE quiz_questions DROP CONSTRAINT quiz_questions_question_type_check",
                    &format!("ALTER TABLE quiz_questions ADD CONSTRAINT quiz_questions_question_type_check CHECK (question_type IN ('{words}'))"),
                ],
            )
            .await;
        }
        let mut table = audited("quiz_questions");
        table.belongs_to("quiz_id", "quizzes");
        rebuild(db, with_columns(table, &FEW), STAYS).await
    }
}

fn with_columns(mut table: TableCreateStatement, types: &[&str]) -> TableCreateStatement {
    table
        .col(text("question_text"))
        .col(one_of("question_type", types))
        .col(json_list("options"))
        .col(json_binary("correct_answer"))
        .col(blank_text("explanation"))
        .col(not_negative(integer("points")).default(100))
        .col(integer("order_index").default(0))
        .take()
}

/// As it is by now, so that no row is lost.
fn answers() -> TableCreateStatement {
    audited("quiz_answers")
        .belongs_to("attempt_id", "quiz_attempts")
        .belongs_to("question_id", "quiz_questions")
        .col(json_binary("answer"))
        .col(big_integer("client_sequence").default(0))
        .col(timestamp_with_time_zone("saved_at"))
        .col(not_negative(integer_null("points")))
        .take()
}

const QUESTION_COLUMNS: &str = "id, created_at, created_by, updated_at, updated_by, is_deleted, deleted_at, deleted_by, quiz_id, \
    question_text, question_type, options, correct_answer, explanation, points, order_index";
const ANSWER_COLUMNS: &str = "id, created_at, created_by, updated_at, updated_by, is_deleted, deleted_at, deleted_by, attempt_id, \
    question_id, answer, client_sequence, saved_at, points";

async fn rebuild(db: &SchemaManager<'_>, table: TableCreateStatement, which: &str) -> Result<(), DbErr> {
    run(
        db,
        &[
            "CREATE TABLE kept_answers AS SELECT * FROM quiz_answers",
            "DROP TABLE quiz_answers",
            &format!("CREATE TABLE kept_questions AS SELECT * FROM quiz_questions WHERE {which}"),
            "DROP TABLE quiz_questions",
        ],
    )
    .await?;
    create_audited(db, "quiz_questions", &table, [index("quiz_id, order_index")]).await?;
    let of_answers = [unique("attempt_id, question_id").living(), index("attempt_id"), index("question_id")];
    create_audited(db, "quiz_answers", &answers(), of_answers).await?;
    run(
        db,
        &[
            &format!("INSERT INTO quiz_questions ({QUESTION_COLUMNS}) SELECT {QUESTION_COLUMNS} FROM kept_questions"),
            &format!("INSERT INTO quiz_answers ({ANSWER_COLUMNS}) SELECT {ANSWER_COLUMNS} FROM kept_answers"),
            "DROP TABLE kept_questions",
            "DROP TABLE kept_answers",
        ],
    )
    .await
}

async fn run(db: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    for statement in statements {
        db.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}
