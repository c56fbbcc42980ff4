use sea_orm_migration::{prelude::*, schema::*};

use crate::indexes::{create_indexes, index};

const TABLE: &str = "uploads";

#[derive(DeriveMigrationName)]
pub struct Migration;

/// By which program a file is brought: it goes on with its own uploads, and with no others of the token's owner.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let mut token = uuid_null("api_token_id");
        token.extra("REFERENCES \"api_tokens\" (\"id\") ON DELETE RESTRICT ON UPDATE RESTRICT");
        db.alter_table(Table::alter().table(TABLE).add_column(token).take()).await?;
        let of_programs = index("api_token_id").only("api_token_id IS NOT NULL");
        create_indexes(db, TABLE, [of_programs]).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        db.get_connection().execute_unprepared("DROP INDEX \"uploads_api_token_id_idx\"").await?;
        db.alter_table(Table::alter().table(TABLE).drop_column("api_token_id").take()).await
    }
}
