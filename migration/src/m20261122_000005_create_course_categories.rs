use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{References, blank, blank_text, bytewise, drop_tables, flag},
    indexes::{index, unique},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let table = audited("course_categories")
            .col(bytewise(db, string_len("name", 100)))
            .col(string_len("slug", 100))
            .col(blank_text("description"))
            .may_belong_to("parent_id", "course_categories")
            .col(blank("icon", 50))
            .col(integer("order").default(0))
            .col(flag("is_active", true))
            .take();
        let indexes = [unique("name").living(), unique("slug").living(), index("parent_id")];
        create_audited(db, "course_categories", &table, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["course_categories"]).await
    }
}
