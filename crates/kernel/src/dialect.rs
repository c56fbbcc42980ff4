//! Everything that SQLite and PostgreSQL do differently.

use std::time::Duration;

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, ExprTrait, JoinType, SqliteTransactionMode, TransactionOptions,
    Value,
    sea_query::{
        Asterisk, BinOper, ColumnRef, Expr, Func, IntoColumnRef, IntoTableRef, Order, PgFunc, Query, SelectStatement,
        SubQueryStatement, WindowStatement,
    },
    sqlx::{
        postgres::PgConnectOptions,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
    },
};
use uuid::Uuid;

use crate::{EntityId, Result, Words, turns::Hold};

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

/// A statement is planned once for each connection. Those that say what a viewer may see join so many tables that PostgreSQL
/// would take longer to plan them for the values of each call than to run them. A URL that has a word on it keeps it.
pub(crate) fn postgres_options(options: PgConnectOptions) -> PgConnectOptions {
    const SETTING: &str = "plan_cache_mode";
    let is_set = options.get_options().is_some_and(|set| set.contains(SETTING));
    if is_set { options } else { options.options([(SETTING, "force_generic_plan")]) }
}

/// What a list of children is: their rows, the column that names the parent, the order, and how many are wanted.
pub(crate) struct List {
    pub rows: SelectStatement,
    pub parent: ColumnRef,
    pub orders: Vec<(Expr, Order)>,
    pub most: u64,
}

/// The first rows of the list of each of these parents, in order. PostgreSQL reads each list by itself, and by an index in
/// that order no further than wanted; SQLite can't, and numbers whole lists.
pub(crate) fn first_of_each<I: EntityId>(backend: DbBackend, list: List, parents: &[I]) -> SelectStatement {
    const PLACE: &str = "row_number";
    let List { mut rows, parent, orders, most } = list;
    let mut window = match backend {
        DbBackend::Postgres => WindowStatement::new(),
        _ => WindowStatement::partition_by(parent.clone()),
    };
    for (by, order) in &orders {
        window.order_by_expr(by.clone(), order.clone());
    }
    rows.expr_window_as(Func::cust(PLACE), window, PLACE);
    let mut first = Query::select();
    first.column((LISTED, Asterisk)).order_by((LISTED, PLACE), Order::Asc);
    if backend == DbBackend::Postgres {
        let parents: Vec<Uuid> = parents.iter().map(|id| (*id).into()).collect();
        rows.and_where(Expr::col(parent).eq(Expr::col((PARENTS, PARENTS)))).limit(most);
        for (by, order) in orders {
            rows.order_by_expr(by, order);
        }
        first.from_function(Func::cust("unnest").arg(Value::from(parents)), PARENTS);
        first.join_lateral(JoinType::InnerJoin, rows, LISTED, Expr::val(true));
    } else {
        rows.and_where(any_of(backend, parent, parents));
        first.from_subquery(rows, LISTED).and_where(Expr::col((LISTED, PLACE)).lte(most as i64));
    }
    first
}

const PARENTS: &str = "parents";
const LISTED: &str = "listed";

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

/// As [`any_of`], of texts.
pub fn any_text(backend: DbBackend, column: impl IntoColumnRef, texts: &[&str]) -> Expr {
    let texts = texts.iter().map(|text| (*text).to_string());
    let column = Expr::col(column);
    match backend {
        DbBackend::Postgres => column.eq(PgFunc::any(Value::from(texts.collect::<Vec<String>>()))),
        _ => {
            let texts = serde_json::Value::from(texts.collect::<Vec<String>>()).to_string();
            let mut keys = Query::select();
            keys.expr(Expr::cust("value")).from_function(Func::cust("json_each").arg(texts), "keys");
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

/// How many seconds lie between two columns of times.
pub fn seconds_between(backend: DbBackend, earlier: &str, later: &str) -> Expr {
    match backend {
        DbBackend::Postgres => Expr::cust(format!("CAST(EXTRACT(EPOCH FROM ({later} - {earlier})) AS BIGINT)")),
        _ => Expr::cust(format!("CAST(ROUND((julianday({later}) - julianday({earlier})) * 86400) AS INTEGER)")),
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

/// As [`take_turn`], with the numbers of things, one after the other.
pub(crate) async fn take_turns_for(conn: &DatabaseTransaction, things: &[i64], hold: Hold) -> Result<()> {
    if conn.get_database_backend() == DbBackend::Postgres && !things.is_empty() {
        let rows = things.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
        let lock = if hold == Hold::Alone { "pg_advisory_xact_lock" } else { "pg_advisory_xact_lock_shared" };
        conn.execute_unprepared(&format!("SELECT {lock}(thing) FROM unnest('{{{rows}}}'::bigint[]) AS v(thing)"))
            .await?;
    }
    Ok(())
}

/// Whose numbers these are: other locks of this kind have other first numbers.
const TURNS: i32 = 7_412;

/// `column` contains `text`, upper and lower case of ASCII letters alike: both databases fold no others here.
pub fn contains(column: impl IntoColumnRef, text: &str) -> Expr {
    has(Expr::col(column), text)
}

/// As [`contains`], of what the statement computes.
pub fn has(within: Expr, text: &str) -> Expr {
    let escaped = text.to_ascii_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    Expr::expr(Func::lower(within)).like(sea_orm::sea_query::LikeExpr::new(format!("%{escaped}%")).escape('\\'))
}

/// What the full-text index `index` finds: the rows' `id`, and how well each answers, as `rank`. All words have to be there,
/// the last one as a beginning. A word counts by the best place it stands in; the places are `a` to `d`, see the index's
/// migration. Nothing of a rank depends on other rows, so that pages stay what they are when rows are added.
pub fn found(backend: DbBackend, index: &'static str, words: &Words) -> SelectStatement {
    let mut found = Query::select();
    if backend == DbBackend::Postgres {
        let words = Value::from(words.as_slice().to_vec());
        let search = Func::cust(format!("{index}_found")).arg(words);
        return found.columns(["id", "rank"]).from_function(search, index).take();
    }
    let all: Vec<String> = words.iter().map(|(word, is_last)| phrase(word, is_last)).collect();
    let all = if all.is_empty() { "\"\"".into() } else { all.join(" AND ") };
    let ranks = words.iter().map(|(word, is_last)| rank(index, word, is_last));
    let ids = format!("{index}_ids");
    found
        .expr_as(Expr::cust(format!("{ids}.id")), "id")
        .expr_as(ranks.reduce(Expr::add).unwrap_or_else(|| Expr::val(0)), "rank")
        .from(index)
        .inner_join(ids.clone(), Expr::cust(format!("{ids}.number = {index}.rowid")))
        .and_where(Expr::cust_with_values(format!("{index} MATCH ?"), [all]))
        .take()
}

/// What of one part of the full-text index `index` has any of these words: the rows' `id`, and how well each answers, as
/// `rank`, where more is better. For questions, which name much that no text says; see the index's migration.
pub fn likely<I: EntityId>(backend: DbBackend, index: &'static str, part: I, words: &[String]) -> SelectStatement {
    let (part, mut likely): (Uuid, _) = (part.into(), Query::select());
    if backend == DbBackend::Postgres {
        let search =
            Func::cust(format!("{index}_likely")).args([Expr::val(part), Expr::val(Value::from(words.to_vec()))]);
        return likely.columns(["id", "rank"]).from_function(search, index).take();
    }
    let any: Vec<String> = words.iter().map(|word| phrase(word, false)).collect();
    let any = if any.is_empty() { "\"\"".into() } else { any.join(" OR ") };
    let asked = format!("part : \"{}\" AND words : ({any})", part.simple());
    let ids = format!("{index}_ids");
    likely
        .expr_as(Expr::cust(format!("{ids}.id")), "id")
        .expr_as(Expr::cust(format!("CAST(-1000000 * bm25({index}, 0.0, 1.0) AS INTEGER)")), "rank")
        .from(index)
        .inner_join(ids.clone(), Expr::cust(format!("{ids}.number = {index}.rowid")))
        .and_where(Expr::cust_with_values(format!("{index} MATCH ?"), [asked]))
        .take()
}

/// What of one part of a table has any of these words in its `text`, wherever: for scripts that no full-text index takes apart.
/// As [`likely`]; one parameter, however many words there are.
pub fn holding<I: EntityId>(
    backend: DbBackend,
    (table, text): (impl IntoTableRef, &'static str),
    course: I,
    words: &[String],
) -> SelectStatement {
    let asked = match backend {
        DbBackend::Postgres => Expr::cust_with_values(
            format!("(SELECT COUNT(*) FROM unnest($1) asked (word) WHERE strpos({text}, word) > 0)"),
            [Value::from(words.to_vec())],
        ),
        _ => Expr::cust_with_values(
            format!("(SELECT COUNT(*) FROM json_each(?) asked WHERE instr({text}, asked.value) > 0)"),
            [serde_json::Value::from(words.to_vec()).to_string()],
        ),
    };
    let course: Uuid = course.into();
    let counted = Query::select()
        .column("id")
        .expr_as(asked, "rank")
        .from(table)
        .and_where(Expr::col("course_id").eq(course))
        .take();
    let any = Expr::col("rank").gt(0);
    Query::select().columns(["id", "rank"]).from_subquery(counted, "counted").and_where(any).take()
}

/// How much a word counts by where it stands: as a whole word in `a`, as a beginning there, in `b`, in `c`, elsewhere.
fn rank(index: &str, word: &str, is_last: bool) -> Expr {
    let within = |place: &str, is_beginning| format!("{place} : {}", phrase(word, is_beginning));
    let places = [within("a", false), within("a", is_last), within("b", is_last), within("c", is_last)];
    let test = format!("WHEN {index}.rowid IN (SELECT rowid FROM {index} WHERE {index} MATCH ?) THEN");
    Expr::cust_with_values(format!("CASE {test} 8 {test} 7 {test} 5 {test} 3 ELSE 1 END"), places)
}

/// A word holds letters and digits only, so that nothing in it is an operator.
fn phrase(word: &str, is_beginning: bool) -> String {
    if is_beginning { format!("\"{word}\" *") } else { format!("\"{word}\"") }
}

/// The most parameters that one statement may carry.
pub(crate) fn max_parameters(backend: DbBackend) -> usize {
    match backend {
        DbBackend::Postgres => 65_000,
        _ => 32_000,
    }
}
