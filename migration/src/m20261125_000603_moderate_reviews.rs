use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, blank, blank_text, drop_tables, one_of, positive},
    indexes::{create_indexes, index, unique},
};

const KINDS: [&str; 6] = ["spam", "offensive", "off_topic", "personal_data", "untrue", "other"];
const ACTIONS: [&str; 3] = ["hide", "restore", "dismiss_reports"];

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Why a review is hidden and what was done to it before, what it said before, what the course's staff answers.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let hidden = [
            timestamp_with_time_zone_null("hidden_at"),
            blank_text("hidden_reason"),
            timestamp_with_time_zone_null("queued_at"),
        ];
        for column in hidden {
            db.alter_table(Table::alter().table("reviews").add_column(column).take()).await?;
        }
        let queue = index("queued_at, id").only("is_deleted = FALSE AND queued_at IS NOT NULL");
        create_indexes(db, "reviews", [queue]).await?;
        for column in [one_of("kind", &KINDS).default("other").take(), timestamp_with_time_zone_null("settled_at")] {
            db.alter_table(Table::alter().table("review_reports").add_column(column).take()).await?;
        }
        create_revisions(db).await?;
        create_moderations(db).await?;
        create_replies(db).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["review_replies", "review_moderations", "review_revisions"]).await?;
        for column in ["settled_at", "kind"] {
            db.alter_table(Table::alter().table("review_reports").drop_column(column).take()).await?;
        }
        db.drop_index(Index::drop().name("reviews_queued_at_id_idx").table("reviews").to_owned()).await?;
        for column in ["queued_at", "hidden_reason", "hidden_at"] {
            db.alter_table(Table::alter().table("reviews").drop_column(column).take()).await?;
        }
        Ok(())
    }
}

/// What a review said before it was edited.
async fn create_revisions(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = audited("review_revisions")
        .belongs_to("review_id", "reviews")
        .col(positive(integer("version")))
        .col(integer("rating").check(Expr::cust("rating BETWEEN 1 AND 5")))
        .col(blank("title", 255))
        .col(blank_text("comment"))
        .col(timestamp_with_time_zone("written_at"))
        .take();
    create_audited(db, "review_revisions", &table, [unique("review_id, version").living(), index("review_id")]).await
}

async fn create_moderations(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = audited("review_moderations")
        .belongs_to("review_id", "reviews")
        .col(one_of("action", &ACTIONS))
        .col(text("reason"))
        .take();
    create_audited(db, "review_moderations", &table, [index("review_id")]).await
}

async fn create_replies(db: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = audited("review_replies")
        .belongs_to("review_id", "reviews")
        .belongs_to("user_id", "users")
        .col(text("comment"))
        .col(timestamp_with_time_zone_null("edited_at"))
        .take();
    let indexes = [unique("review_id").living(), index("review_id"), index("user_id")];
    create_audited(db, "review_replies", &table, indexes).await
}
