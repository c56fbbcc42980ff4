use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, drop_tables, flag, one_of},
    indexes::{index, unique},
};

const KIND: [&str; 4] = ["subtitles", "captions", "descriptions", "chapters"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = audited("caption_tracks")
            .belongs_to("media_id", "media_files")
            .col(string_len("language", 35))
            .col(string_len("label", 100))
            .col(one_of("kind", &KIND))
            .col(flag("is_default", false))
            .take();
        let indexes = [
            unique("media_id, language").living(),
            unique("media_id, is_default").only("is_deleted = FALSE AND is_default = TRUE"),
            index("media_id"),
        ];
        create_audited(db, "caption_tracks", &table, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["caption_tracks"]).await
    }
}
