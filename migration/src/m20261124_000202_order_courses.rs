use sea_orm_migration::prelude::*;

use crate::indexes::{Index as Wanted, create_indexes, index};

/// Each order of the catalogue for those who see more of it than everybody: one's own drafts stand among the published, so
/// that an index which begins with `is_published` is in no order for them.
fn indexes() -> [Wanted; 5] {
    [
        index("enrollment_count DESC, rating_average DESC, id DESC").living(),
        index("rating_average DESC, id DESC").living(),
        index("created_at DESC, id DESC").living(),
        index("price, id").living(),
        index("title, id").living(),
    ]
}

const NAMES: [&str; 5] = [
    "courses_enrollment_count_rating_average_id_idx",
    "courses_rating_average_id_idx",
    "courses_created_at_id_idx",
    "courses_price_id_idx",
    "courses_title_id_idx",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        create_indexes(db, "courses", indexes()).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        for name in NAMES {
            db.drop_index(Index::drop().name(name).table("courses").to_owned()).await?;
        }
        Ok(())
    }
}
