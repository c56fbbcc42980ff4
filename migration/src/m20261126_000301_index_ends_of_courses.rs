use sea_orm_migration::prelude::*;

use crate::indexes::{create_indexes, index};

const TABLE: &str = "enrollments";

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Whose time is over in a course is looked for before each of its seats is counted: without going through all its learners.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let ends = index("course_id, expires_at").only("status = 'active' AND expires_at IS NOT NULL");
        create_indexes(db, TABLE, [ends]).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let drop = format!("DROP INDEX \"{TABLE}_course_id_expires_at_idx\"");
        db.get_connection().execute_unprepared(&drop).await.map(|_| ())
    }
}
