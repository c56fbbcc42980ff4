use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, blank, blank_text, drop_tables, flag, json_object, not_negative, one_of},
    indexes::index,
};

const FILE_TYPE: [&str; 5] = ["video", "document", "image", "audio", "other"];
const PROCESSING_STATUS: [&str; 4] = ["pending", "processing", "completed", "failed"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = audited("media_files")
            .belongs_to("user_id", "users")
            .may_belong_to("course_id", "courses")
            .may_belong_to("section_id", "course_sections")
            .col(string_len("file_name", 255))
            .col(one_of("file_type", &FILE_TYPE))
            .col(string_len("mime_type", 100))
            .col(not_negative(big_integer("file_size")))
            .col(string_len("storage_provider", 50).default("local"))
            .col(text("storage_path"))
            .col(string_len_null("public_url", 500))
            .col(blank("thumbnail_url", 500))
            .col(not_negative(integer_null("duration")))
            .col(blank("resolution", 20))
            .col(blank("video_codec", 50))
            .col(blank("audio_codec", 50))
            .col(not_negative(integer_null("bitrate")))
            .col(one_of("processing_status", &PROCESSING_STATUS).default("pending"))
            .col(blank_text("processing_error"))
            .col(json_object("transcoding_data"))
            .col(flag("is_public", false))
            .col(flag("is_downloadable", false))
            .col(integer("order_index").default(0))
            .col(json_object("metadata"))
            .col(json_object("upload_metadata"))
            .check(Expr::cust("is_public OR public_url IS NULL"))
            .take();
        let indexes = [
            index("file_type"),
            index("course_id, section_id, order_index"),
            index("section_id"),
            index("user_id, file_type"),
            index("processing_status"),
        ];
        create_audited(db, "media_files", &table, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["media_files"]).await
    }
}
