//! All that a database holds, as text.

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use testkit::TestApp;

use crate::conventions::dictionary;

/// Every value of every row of every table, as `table.column: value` lines.
pub async fn dump(app: &TestApp) -> String {
    let db = app.db().read();
    let backend = db.get_database_backend();
    let mut lines = vec![];
    for column in dictionary::columns(db).await {
        let (table, name) = (&column.table, &column.name);
        let text = match backend {
            DbBackend::Postgres => format!("CAST(\"{name}\" AS TEXT)"),
            _ => format!("CASE typeof(\"{name}\") WHEN 'blob' THEN hex(\"{name}\") ELSE CAST(\"{name}\" AS TEXT) END"),
        };
        let select = format!("SELECT {text} AS value FROM \"{table}\"");
        for row in db.query_all_raw(Statement::from_string(backend, select)).await.unwrap() {
            let value: Option<String> = row.try_get("", "value").unwrap();
            lines.extend(value.map(|value| format!("{table}.{name}: {value}")));
        }
    }
    lines.join("\n")
}
