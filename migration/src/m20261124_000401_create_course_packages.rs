use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, blank_text, drop_tables, flag, json_list, not_negative, one_of},
    indexes::{index, unique},
};

const EXPORT_STATUS: [&str; 4] = ["running", "ready", "failed", "expired"];
const IMPORT_STATUS: [&str; 3] = ["running", "done", "refused"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let exports = audited("course_exports")
            .belongs_to("course_id", "courses")
            .belongs_to("user_id", "users")
            .col(one_of("status", &EXPORT_STATUS))
            .col(blank_text("error"))
            .col(json_list("left_out"))
            .col(not_negative(big_integer("size_bytes")))
            .col(timestamp_with_time_zone_null("ready_at"))
            .col(timestamp_with_time_zone_null("expires_at"))
            .take();
        let indexes = [
            index("user_id"),
            index("status, expires_at"),
            // One at a time.
            unique("course_id").only("is_deleted = FALSE AND status = 'running'"),
            index("course_id"),
        ];
        create_audited(db, "course_exports", &exports, indexes).await?;
        let imports = audited("course_imports")
            .belongs_to("user_id", "users")
            .belongs_to("media_id", "media_files")
            .col(flag("is_dry_run", false))
            .col(one_of("status", &IMPORT_STATUS))
            .col(blank_text("error"))
            .col(json_binary_null("content"))
            .may_belong_to("course_id", "courses")
            .col(timestamp_with_time_zone_null("finished_at"))
            .take();
        create_audited(db, "course_imports", &imports, [index("user_id"), index("course_id"), index("media_id")]).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["course_imports", "course_exports"]).await
    }
}
