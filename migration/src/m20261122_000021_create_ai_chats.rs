use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, count, drop_tables, json_object, one_of},
    indexes::index,
};

const MESSAGE_TYPE: [&str; 3] = ["question", "answer", "suggestion"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = audited("ai_chats")
            .belongs_to("user_id", "users")
            .may_belong_to("course_id", "courses")
            .col(uuid("session_id"))
            .col(text("message"))
            .col(text("response"))
            .col(one_of("message_type", &MESSAGE_TYPE).default("question"))
            .col(json_object("context_data"))
            .col(count("tokens_used"))
            .take();
        let indexes = [index("session_id"), index("user_id, session_id"), index("course_id, created_at")];
        create_audited(db, "ai_chats", &table, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["ai_chats"]).await
    }
}
