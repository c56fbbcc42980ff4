use sea_orm_migration::prelude::*;

use crate::columns::one_of;

const TABLE: &str = "courses";

#[derive(DeriveMigrationName)]
pub struct Migration;

/// How learners complete what is in a course.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let policy = one_of("completion_policy", &["automatic", "manual"]).default("automatic").take();
        db.alter_table(Table::alter().table(TABLE).add_column(policy).take()).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        db.alter_table(Table::alter().table(TABLE).drop_column("completion_policy").take()).await
    }
}
