use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{blank, blank_text, drop_tables, flag, json_object, one_of},
    indexes::{index, unique},
};

const STATUS: [&str; 4] = ["active", "inactive", "suspended", "pending"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = audited("users")
            .col(string_len("email", 254))
            .col(string_len("email_key", 255))
            .col(string_len_null("username", 100))
            .col(string_len_null("username_key", 100))
            .col(text_null("password"))
            .col(blank("full_name", 255))
            .col(blank("display_name", 100))
            .col(string_len_null("avatar", 500))
            .col(blank("phone", 20))
            .col(blank_text("bio"))
            .col(one_of("status", &STATUS).default("active"))
            .col(flag("email_verified", false))
            .col(flag("phone_verified", false))
            .col(flag("two_factor_enabled", false))
            .col(json_object("metadata"))
            .col(json_object("preferences"))
            .col(timestamp_with_time_zone_null("last_login"))
            .col(text_null("last_login_ip"))
            .col(blank_text("last_login_device"))
            .col(flag("is_superuser", false))
            .col(flag("is_staff", false))
            .col(flag("is_active", true))
            .col(timestamp_with_time_zone("date_joined"))
            .take();
        let indexes = [
            unique("email_key").living(),
            unique("username_key").living(),
            index("email"),
            index("username"),
            index("status"),
            index("email, status"),
            index("username, status"),
        ];
        create_audited(db, "users", &table, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["users"]).await
    }
}
