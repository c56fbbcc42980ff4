use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, drop_tables, json_list},
    indexes::index,
};

const REASONS: &str = "\"pause_reason\" IN ('by_owner', 'failing', 'gone', 'owner_lost_rights', 'query_refused')";

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Where programs of others are told of what happens. `position` is the place in the feed up to which it was.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = audited("webhooks")
            .belongs_to("user_id", "users")
            .col(text("url"))
            .col(json_list("types"))
            .col(text_null("query"))
            .col(text("secret"))
            .col(text_null("previous_secret"))
            .col(timestamp_with_time_zone_null("previous_secret_until"))
            .col(big_integer("position"))
            .col(timestamp_with_time_zone_null("failing_since"))
            .col(timestamp_with_time_zone_null("paused_at"))
            .col(string_len_null("pause_reason", 20).check(Expr::cust(REASONS)).take())
            .take();
        create_audited(db, "webhooks", &table, [index("user_id")]).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["webhooks"]).await
    }
}
