use sea_orm_migration::prelude::*;

use crate::indexes::{create_indexes, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Everybody's enrolments in the order in which they came about, as those of a course and of a person have it already.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        create_indexes(db, "enrollments", [index("enrolled_at DESC, id DESC").living()]).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let name = "enrollments_enrolled_at_id_idx";
        db.drop_index(Index::drop().table("enrollments").name(name).to_owned()).await
    }
}
