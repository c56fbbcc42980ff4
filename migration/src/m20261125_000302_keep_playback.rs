use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    columns::{References, count, drop_tables, json_list, json_object},
    indexes::{create_indexes, index},
};

const VIDEOS: &str = "video_progress";

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What was watched, so that packets may come in any order and more than once: which parts, in which time, where the latest
/// packet stood. Which packets of each session are in. When somebody was learning.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            json_list("watched"),
            json_object("wall_time"),
            timestamp_with_time_zone_null("position_at"),
            big_integer("position_sequence").default(0).take(),
            timestamp_with_time_zone_null("completed_at"),
        ];
        for column in columns {
            db.alter_table(Table::alter().table(VIDEOS).add_column(column).take()).await?;
        }
        let sessions = Table::create()
            .table("playback_sessions")
            .col(uuid("session").primary_key())
            .belongs_to("user_id", "users")
            .col(json_list("seen"))
            .col(timestamp_with_time_zone("last_at"))
            .take();
        db.create_table(sessions).await?;
        create_indexes(db, "playback_sessions", [index("user_id")]).await?;
        let hours = Table::create()
            .table("learning_hours")
            .belongs_to("user_id", "users")
            .belongs_to("course_id", "courses")
            .col(timestamp_with_time_zone("starts_at"))
            .col(json_list("spans"))
            .col(count("seconds"))
            .primary_key(sea_query::Index::create().col("user_id").col("course_id").col("starts_at"))
            .take();
        db.create_table(hours).await?;
        create_indexes(db, "learning_hours", [index("course_id"), index("user_id, starts_at")]).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["learning_hours", "playback_sessions"]).await?;
        for column in ["completed_at", "position_sequence", "position_at", "wall_time", "watched"] {
            db.alter_table(Table::alter().table(VIDEOS).drop_column(column).take()).await?;
        }
        Ok(())
    }
}
