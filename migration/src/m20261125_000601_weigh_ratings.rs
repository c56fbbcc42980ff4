use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::{
    columns::percentage,
    indexes::{Index as Wanted, create_indexes, index},
};

const TABLE: &str = "courses";

/// In ten-thousandths of a star: the mean as if ten more people had given three and a half stars. A course that one person
/// loves does not stand above one that a hundred people like.
const RATING_SCORE: &str = "CAST((rating_sum * 10000 + 350000) / (rating_count + 10) AS integer)";

/// The catalogue's orders that ratings have a part in.
fn weighed() -> [Wanted; 4] {
    [
        index("is_published, enrollment_count DESC, rating_score DESC, id DESC").living(),
        index("is_published, rating_score DESC, id DESC").living(),
        index("enrollment_count DESC, rating_score DESC, id DESC").living(),
        index("rating_score DESC, id DESC").living(),
    ]
}

const NAMES: [&str; 4] = [
    "courses_is_published_enrollment_count_rating_score_id_idx",
    "courses_is_published_rating_score_id_idx",
    "courses_enrollment_count_rating_score_id_idx",
    "courses_rating_score_id_idx",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

/// How the catalogue orders by rating, and how much of a course one has to have done before one reviews it.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds no column that it would have to compute for the rows that are there; an index keeps it all the same.
        let is_stored = db.get_database_backend() == DbBackend::Postgres;
        let score = integer("rating_score").generated(Expr::cust(RATING_SCORE), is_stored).take();
        db.alter_table(Table::alter().table(TABLE).add_column(score).take()).await?;
        let least = percentage("review_min_progress").default(1_000).take();
        db.alter_table(Table::alter().table(TABLE).add_column(least).take()).await?;
        create_indexes(db, TABLE, weighed()).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        for name in NAMES {
            db.drop_index(Index::drop().name(name).table(TABLE).to_owned()).await?;
        }
        for column in ["review_min_progress", "rating_score"] {
            db.alter_table(Table::alter().table(TABLE).drop_column(column).take()).await?;
        }
        Ok(())
    }
}
