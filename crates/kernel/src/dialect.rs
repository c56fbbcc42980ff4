//! Everything that SQLite and PostgreSQL do differently.

use std::time::Duration;

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, ExprTrait, SqliteTransactionMode, TransactionOptions, Value,
    sea_query::{BinOper, Expr, Func, IntoColumnRef, PgFunc, Query, SubQueryStatement},
    sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use uuid::Uuid;

use crate::{EntityId, Result};

/// How a write begins. SQLite takes the write lock at once: a transaction that reads first and then writes would
/// otherwise fail when somebody else wrote in between.
pub(crate) fn transaction(backend: DbBackend) -> TransactionOptions {
    TransactionOptions {
        sqlite_transaction_mode: (backend == DbBackend::Sqlite).then_some(SqliteTransactionMode::Immediate),
        ..Default::default()
    }
}

/// Readers never wait for the writer (WAL), references hold, and what was committed survives a power cut.
pub(crate) fn sqlite_options(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .pragma("temp_store", "memory")
        .pragma("cache_size", "-16000")
}

/// `column` is one of `ids`: one parameter and so one prepared statement, however many ids there are.
pub fn any_of<I: EntityId>(backend: DbBackend, column: impl IntoColumnRef, ids: &[I]) -> Expr {
    let ids = ids.iter().map(|id| (*id).into());
    let column = Expr::col(column);
    match backend {
        DbBackend::Postgres => {
            let ids: Vec<Uuid> = ids.collect();
            column.eq(PgFunc::any(Value::from(ids)))
        }
        _ => {
            let ids: Vec<String> = ids.map(|id: Uuid| id.simple().to_string()).collect();
            let ids = serde_json::Value::from(ids).to_string();
            let mut keys = Query::select();
            keys.expr(Expr::cust("unhex(value)")).from_function(Func::cust("json_each").arg(ids), "keys");
            column.in_subquery(keys.take())
        }
    }
}

/// Where `column` stands among `ids`, from 0: one parameter, however many ids there are. Null for what is not one of them.
pub fn place_in<I: EntityId>(backend: DbBackend, column: impl IntoColumnRef, ids: &[I]) -> Expr {
    let ids = ids.iter().map(|id| (*id).into());
    let column = Expr::col(column);
    match backend {
        DbBackend::Postgres => {
            let ids: Vec<Uuid> = ids.collect();
            Expr::from(Func::cust("array_position").args([Expr::val(Value::from(ids)), column])).sub(1)
        }
        _ => {
            let ids: Vec<String> = ids.map(|id: Uuid| id.simple().to_string()).collect();
            let ids = serde_json::Value::from(ids).to_string();
            let mut place = Query::select();
            place.expr(Expr::cust("key")).from_function(Func::cust("json_each").arg(ids), "places");
            place.and_where(Expr::cust("unhex(value)").eq(column));
            Expr::from(SubQueryStatement::from(place.take()))
        }
    }
}

/// The texts of a group, joined by commas.
pub fn joined(backend: DbBackend, text: Expr) -> Expr {
    match backend {
        DbBackend::Postgres => Func::cust("string_agg").args([text, Expr::val(",")]).into(),
        _ => Func::cust("group_concat").args([text, Expr::val(",")]).into(),
    }
}

/// `column` names a row of a tree that is `top` or below it. `tree` is the table and its column for the parent. Ends even
/// where rows form a circle.
pub fn at_or_below<I: EntityId>(backend: DbBackend, column: impl IntoColumnRef, tree: (&str, &str), top: I) -> Expr {
    let (table, parent) = tree;
    let placeholder = if backend == DbBackend::Postgres { "$1" } else { "?" };
    let rows = format!(
        "(WITH RECURSIVE tree(id) AS (SELECT id FROM {table} WHERE id = {placeholder} \
         UNION SELECT child.id FROM {table} child JOIN tree ON child.{parent} = tree.id) SELECT id FROM tree)"
    );
    let top: Uuid = top.into();
    Expr::col(column).binary(BinOper::In, Expr::cust_with_exprs(rows, [Expr::val(top)]))
}

/// `column` names something that these lead to, along edges and over however many others, or one of these. `edges` is a
/// table and its columns for where an edge begins and ends. Ends even where they form a circle.
pub fn within_reach<I: EntityId>(
    backend: DbBackend,
    column: impl IntoColumnRef,
    edges: (&str, &str, &str),
    starts: &[I],
) -> Expr {
    let (table, from, to) = edges;
    let ids = starts.iter().map(|id| (*id).into());
    let (first, starts) = match backend {
        DbBackend::Postgres => ("SELECT unnest(CAST($1 AS uuid[]))", Value::from(ids.collect::<Vec<Uuid>>())),
        _ => {
            let ids: Vec<String> = ids.map(|id: Uuid| id.simple().to_string()).collect();
            ("SELECT unhex(value) FROM json_each(?)", Value::from(serde_json::Value::from(ids).to_string()))
        }
    };
    let rows = format!(
        "(WITH RECURSIVE reached(id) AS ({first} UNION SELECT edge.{to} FROM {table} edge \
         JOIN reached ON edge.{from} = reached.id) SELECT id FROM reached)"
    );
    Expr::col(column).binary(BinOper::In, Expr::cust_with_exprs(rows, [Expr::val(starts)]))
}

/// Waits until no other transaction holds this number, and holds it until the end. SQLite has one writer at a time anyway.
pub(crate) async fn take_turn(conn: &DatabaseTransaction, turn: i32) -> Result<()> {
    if conn.get_database_backend() == DbBackend::Postgres {
        conn.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({TURNS}, {turn})")).await?;
    }
    Ok(())
}

/// Whose numbers these are: other locks of this kind have other first numbers.
const TURNS: i32 = 7_412;

/// `column` contains `text`, upper and lower case of ASCII letters alike: both databases fold no others here.
pub fn contains(column: impl IntoColumnRef, text: &str) -> Expr {
    let escaped = text.to_ascii_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    Expr::expr(Func::lower(Expr::col(column)))
        .like(sea_orm::sea_query::LikeExpr::new(format!("%{escaped}%")).escape('\\'))
}

/// The most parameters that one statement may carry.
pub(crate) fn max_parameters(backend: DbBackend) -> usize {
    match backend {
        DbBackend::Postgres => 65_000,
        _ => 32_000,
    }
}
