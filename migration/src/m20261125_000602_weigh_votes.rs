use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    columns::{count, flag, positive},
    indexes::{Index as Wanted, create_indexes, index},
};

const TABLE: &str = "reviews";

/// The orders in which a course's reviews are read, and each among those of so many stars.
fn orders() -> [Wanted; 3] {
    [
        index("course_id, helpful_score DESC, created_at DESC, id DESC").living(),
        index("course_id, rating, helpful_score DESC, created_at DESC, id DESC").living(),
        index("course_id, rating DESC, created_at DESC, id DESC").living(),
    ]
}

const NAMES: [&str; 3] = [
    "reviews_course_id_helpful_score_created_at_id_idx",
    "reviews_course_id_rating_helpful_score_created_at_id_idx",
    "reviews_course_id_rating_created_at_id_idx",
];

/// Votes were all helpful so far: of the formula (`reviews::helpful_score`) this is left.
const ONLY_HELPFUL: &str = "UPDATE reviews SET helpful_score = \
                            CAST(round(helpful_count * 1000000.0 / (helpful_count + 3.8416)) AS integer)";

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Votes against; the order of helpful reviews; edits that are counted.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            count("unhelpful_count"),
            count("helpful_score"),
            positive(integer("version")).default(1).take(),
            timestamp_with_time_zone_null("edited_at"),
        ];
        for column in columns {
            db.alter_table(Table::alter().table(TABLE).add_column(column).take()).await?;
        }
        db.get_connection().execute_unprepared(ONLY_HELPFUL).await?;
        let vote = flag("is_helpful", true);
        db.alter_table(Table::alter().table("review_votes").add_column(vote).take()).await?;
        create_indexes(db, TABLE, orders()).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        for name in NAMES {
            db.drop_index(Index::drop().name(name).table(TABLE).to_owned()).await?;
        }
        db.alter_table(Table::alter().table("review_votes").drop_column("is_helpful").take()).await?;
        for column in ["edited_at", "version", "helpful_score", "unhelpful_count"] {
            db.alter_table(Table::alter().table(TABLE).drop_column(column).take()).await?;
        }
        Ok(())
    }
}
