use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    columns::{blank, not_negative},
    indexes::{create_indexes, index, unique},
};

const TABLE: &str = "certificates";

// One points on only when it has been replaced.
const REPLACED: &str = "replaced_by IS NULL OR superseded_at IS NOT NULL";

// Before, one was good per person and course.
const KEEP_THE_NEWEST: &str = "UPDATE certificates SET revoked_at = updated_at, revoked_reason = 'There is a newer one.' \
    WHERE revoked_at IS NULL AND EXISTS (SELECT 1 FROM certificates AS newer WHERE newer.user_id = certificates.user_id \
    AND newer.course_id = certificates.course_id AND newer.revoked_at IS NULL AND newer.is_deleted = FALSE \
    AND (newer.issued_at > certificates.issued_at OR (newer.issued_at = certificates.issued_at AND newer.id > certificates.id)))";

#[derive(DeriveMigrationName)]
pub struct Migration;

/// A certificate is for one version of the course, and another can take its place. One per person and version stands at a
/// time, whether it is good or was revoked: what was taken back can't be had again by finishing once more.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let mut version = uuid_null("course_version_id");
        version.extra("REFERENCES \"course_versions\" (\"id\") ON DELETE RESTRICT ON UPDATE RESTRICT");
        let mut replaced = uuid_null("replaced_by");
        replaced.extra("REFERENCES \"certificates\" (\"id\") ON DELETE NO ACTION ON UPDATE NO ACTION");
        let columns = [
            version,
            blank("institution_name", 255),
            not_negative(integer("duration")).default(0).take(),
            timestamp_with_time_zone_null("superseded_at"),
            replaced.check(Expr::cust(REPLACED)).take(),
        ];
        for column in columns {
            db.alter_table(Table::alter().table(TABLE).add_column(column).take()).await?;
        }
        // What the school was called when there was nothing else that it could be called.
        db.get_connection().execute_unprepared("UPDATE \"certificates\" SET \"institution_name\" = 'Lectern'").await?;
        db.get_connection().execute_unprepared("DROP INDEX \"certificates_user_id_course_id_key\"").await?;
        // NULL is distinct from NULL.
        let indexes = [
            unique("user_id, course_id")
                .only("is_deleted = FALSE AND superseded_at IS NULL AND course_version_id IS NULL"),
            unique("user_id, course_id, course_version_id")
                .only("is_deleted = FALSE AND superseded_at IS NULL AND course_version_id IS NOT NULL"),
            index("course_version_id").only("course_version_id IS NOT NULL"),
            index("replaced_by").only("replaced_by IS NOT NULL"),
        ];
        create_indexes(db, TABLE, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        for name in [
            "certificates_user_id_course_id_key",
            "certificates_user_id_course_id_course_version_id_key",
            "certificates_course_version_id_idx",
            "certificates_replaced_by_idx",
        ] {
            db.get_connection().execute_unprepared(&format!("DROP INDEX \"{name}\"")).await?;
        }
        for column in ["replaced_by", "superseded_at", "duration", "institution_name", "course_version_id"] {
            db.alter_table(Table::alter().table(TABLE).drop_column(column).take()).await?;
        }
        db.get_connection().execute_unprepared(KEEP_THE_NEWEST).await?;
        let valid = unique("user_id, course_id").only("is_deleted = FALSE AND revoked_at IS NULL");
        create_indexes(db, TABLE, [valid]).await
    }
}
