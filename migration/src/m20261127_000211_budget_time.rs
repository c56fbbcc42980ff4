use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{count, not_negative};

const VIDEOS: &str = "video_progress";
const HOURS: &str = "learning_hours";

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The time of a person is one, whatever they take: what of a recording doesn't count for lack of it, and which part of an hour
/// is a course's. What is there already counts as it did.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        db.alter_table(Table::alter().table(VIDEOS).add_column(count("excess")).take()).await?;
        let share = not_negative(integer_null("share"));
        db.alter_table(Table::alter().table(HOURS).add_column(share).take()).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        db.alter_table(Table::alter().table(HOURS).drop_column("share").take()).await?;
        db.alter_table(Table::alter().table(VIDEOS).drop_column("excess").take()).await
    }
}
