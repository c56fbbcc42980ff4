use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    columns::blank_text,
    indexes::{create_indexes, index},
};

const TABLE: &str = "enrollments";

#[derive(DeriveMigrationName)]
pub struct Migration;

/// An enrolment can rest, and says by which order it came about. A status of its own for those that rest is not to be had:
/// SQLite can't change a CHECK.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            timestamp_with_time_zone_null("suspended_at"),
            blank_text("suspended_reason"),
            string_len_null("reference", 200),
        ];
        for column in columns {
            db.alter_table(Table::alter().table(TABLE).add_column(column).take()).await?;
        }
        let indexes = [
            index("enrolled_at DESC, id DESC").living(),
            index("status, enrolled_at DESC, id DESC").living(),
            index("course_id, status, enrolled_at DESC, id DESC").living(),
            // What is still to be released.
            index("expires_at").only("status = 'active' AND expires_at IS NOT NULL"),
        ];
        create_indexes(db, TABLE, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let indexes = ["enrolled_at_id", "status_enrolled_at_id", "course_id_status_enrolled_at_id", "expires_at"];
        for columns in indexes {
            let drop = format!("DROP INDEX \"{TABLE}_{columns}_idx\"");
            db.get_connection().execute_unprepared(&drop).await?;
        }
        for column in ["reference", "suspended_reason", "suspended_at"] {
            db.alter_table(Table::alter().table(TABLE).drop_column(column).take()).await?;
        }
        Ok(())
    }
}
