use sea_orm_migration::prelude::*;

use crate::indexes::{create_indexes, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Enrolments in the order in which they came about: of everybody, and in a course.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let indexes = ["enrolled_at, id", "course_id, enrolled_at, id"].map(|columns| index(columns).living());
        create_indexes(db, "enrollments", indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        for columns in ["enrolled_at_id", "course_id_enrolled_at_id"] {
            let mut index = Index::drop();
            index.table("enrollments").name(format!("enrollments_{columns}_idx"));
            db.drop_index(index).await?;
        }
        Ok(())
    }
}
