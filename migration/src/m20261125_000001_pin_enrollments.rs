use sea_orm_migration::{prelude::*, schema::*};

use crate::indexes::{create_indexes, index};

const TABLE: &str = "enrollments";

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Which version of the course somebody takes: what is added to the course later does not take from what they have done.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let mut version = uuid_null("course_version_id");
        version.extra("REFERENCES \"course_versions\" (\"id\") ON DELETE RESTRICT ON UPDATE RESTRICT");
        db.alter_table(Table::alter().table(TABLE).add_column(version).take()).await?;
        let pinned = index("course_version_id").only("course_version_id IS NOT NULL");
        create_indexes(db, TABLE, [pinned]).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        db.get_connection().execute_unprepared("DROP INDEX \"enrollments_course_version_id_idx\"").await?;
        db.alter_table(Table::alter().table(TABLE).drop_column("course_version_id").take()).await
    }
}
