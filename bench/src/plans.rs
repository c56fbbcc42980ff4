//! How PostgreSQL answers the statements of a row: the plans of what the gateway really sends, as it ran, told by `auto_explain`.

mod node;

use std::{fs, path::Path};

use serde_json::Value;

use crate::{
    Outcome,
    database::Database,
    http::Connection,
    requests::{Requests, Side},
    rows::Row,
    server::Server,
};
use node::Node;

/// A table with more rows is large: nothing may read all of it.
const LARGE: f32 = 2_000.0;

/// So often a row is asked for before its plans are kept: by then they are those that stay.
const BEFORE: usize = 8;

/// A statement and its plan.
struct Told {
    statement: String,
    plan: Node,
}

/// Writes the plans of each row into a file of this folder. Fails when one of them reads a large table from end to end.
pub async fn keep(folder: &Path, database: &Database, requests: &Requests, gateway: &Server, rows: &[Row]) -> Outcome {
    fs::create_dir_all(folder)?;
    let large = large_tables(database).await?;
    let mut failed = vec![];
    for row in rows {
        let told = told(database, requests, gateway, *row).await?;
        for Told { statement, plan } in &told {
            let whole = plan.read_whole().into_iter().filter(|table| large.contains(table));
            failed.extend(whole.map(|table| format!("{row:?} reads all of {table}:\n  {statement}")));
        }
        fs::write(folder.join(format!("{row:?}.txt")), page(*row, &told))?;
        eprintln!("{row:?}: {} plans", told.len());
    }
    if failed.is_empty() { Ok(()) } else { Err(failed.join("\n").into()) }
}

fn page(row: Row, told: &[Told]) -> String {
    let mut page = format!("{row:?}: {}\n", row.says());
    for Told { statement, plan } in told {
        page += &format!("\n{statement}\n");
        plan.write(1, &mut page);
    }
    page
}

async fn large_tables(database: &Database) -> Outcome<Vec<String>> {
    let sql = "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace \
               AND reltuples > $1";
    Ok(database.rows(sql, &[&LARGE]).await?.iter().map(|row| row.get(0)).collect())
}

/// What PostgreSQL tells while the row is asked for once.
async fn told(database: &Database, requests: &Requests, gateway: &Server, row: Row) -> Outcome<Vec<Told>> {
    // One at a time, so that the pool gives the same connection each time.
    let mut connection = Connection::open(gateway.port).await?;
    for _ in 0..BEFORE {
        connection.send(&requests.bytes(row, Side::Gateway)).await?;
    }
    database.tell_plans(true).await?;
    let from = database.log_size().await?;
    connection.send(&requests.bytes(row, Side::Gateway)).await?;
    database.tell_plans(false).await?;
    let log = database.log(from).await?;
    Ok(log.lines().filter_map(told_by).collect())
}

/// The plan that a line of the log tells; none of other lines, and of what the bench itself asks.
fn told_by(line: &str) -> Option<Told> {
    let entry: Value = serde_json::from_str(line).ok()?;
    let (_, plan) = entry["message"].as_str()?.split_once("plan:")?;
    let told: Value = serde_json::from_str(plan).ok()?;
    let text = told["Query Text"].as_str()?;
    (!text.contains("pg_")).then(|| Told { statement: short(text), plan: Node::read(&told["Plan"]) })
}

/// Without the columns that are read: they say nothing about how.
fn short(statement: &str) -> String {
    match (statement.strip_prefix("SELECT "), statement.find(" FROM ")) {
        (Some(_), Some(at)) => format!("SELECT …{}", &statement[at..]),
        _ => statement.to_string(),
    }
}
