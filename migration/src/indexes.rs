//! Indexes, whole and partial, in one text for SQLite and PostgreSQL.

use sea_orm_migration::prelude::*;

/// An index over columns such as `"course_id, created_at DESC"`.
pub struct Index {
    columns: &'static str,
    unique: bool,
    only: Option<&'static str>,
}

/// The rows that are not deleted. Written as reads write it: SQLite uses a partial index only when the query's
/// condition is its own, and `NOT is_deleted` is not `is_deleted = FALSE` to it.
pub const LIVING: &str = "is_deleted = FALSE";

pub fn index(columns: &'static str) -> Index {
    Index { columns, unique: false, only: None }
}

pub fn unique(columns: &'static str) -> Index {
    Index { unique: true, ..index(columns) }
}

impl Index {
    /// Only the rows of which this is true.
    pub fn only(self, condition: &'static str) -> Self {
        Self { only: Some(condition), ..self }
    }

    pub fn living(self) -> Self {
        self.only(LIVING)
    }

    fn sql(&self, table: &str) -> String {
        let (unique, suffix) = if self.unique { ("UNIQUE ", "key") } else { ("", "idx") };
        let columns = self.columns.split(", ").map(|column| {
            let name = column.split(' ').next().unwrap_or(column);
            (name, column.replacen(name, &format!("\"{name}\""), 1))
        });
        let (names, columns): (Vec<_>, Vec<_>) = columns.unzip();
        let (names, columns) = (names.join("_"), columns.join(", "));
        let only = self.only.map(|only| format!(" WHERE {only}"));
        let only = only.unwrap_or_default();
        format!("CREATE {unique}INDEX \"{table}_{names}_{suffix}\" ON \"{table}\" ({columns}){only}")
    }
}

pub async fn create_indexes(
    db: &SchemaManager<'_>,
    table: &str,
    indexes: impl IntoIterator<Item = Index>,
) -> Result<(), DbErr> {
    for index in indexes {
        db.get_connection().execute_unprepared(&index.sql(table)).await?;
    }
    Ok(())
}
