//! What every audited table has: an id, who did what to the row and when, and the indexes to find it by.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    columns::{References, flag},
    indexes::{Index, create_indexes, index},
};

/// The start of a table: its id and the audit columns.
pub fn audited(table: &'static str) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(pk_uuid("id"))
        .col(timestamp_with_time_zone("created_at"))
        .may_belong_to("created_by", "users")
        .col(timestamp_with_time_zone("updated_at"))
        .may_belong_to("updated_by", "users")
        .col(flag("is_deleted", false))
        .col(timestamp_with_time_zone_null("deleted_at"))
        .may_belong_to("deleted_by", "users")
        .take()
}

/// Creates the table with the indexes of the audit columns and its own.
pub async fn create_audited(
    db: &SchemaManager<'_>,
    name: &'static str,
    table: &TableCreateStatement,
    indexes: impl IntoIterator<Item = Index>,
) -> Result<(), DbErr> {
    db.create_table(table.clone()).await?;
    create_indexes(db, name, audit_indexes()).await?;
    create_indexes(db, name, indexes).await
}

/// The living majority, and rows that the system wrote, cost the partial ones nothing.
fn audit_indexes() -> [Index; 6] {
    [
        index("created_at"),
        index("updated_at"),
        index("is_deleted").only("is_deleted = TRUE"),
        index("created_by").only("created_by IS NOT NULL"),
        index("updated_by").only("updated_by IS NOT NULL"),
        index("deleted_by").only("deleted_by IS NOT NULL"),
    ]
}
