//! What a database says of itself, in the same words for SQLite and PostgreSQL. The tables of the full-text indexes
//! (`course_search`, `tutor_search`) count as an index and not as tables: how they keep it is each database's own.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{DatabaseConnection, DbBackend, DbErr, FromQueryResult, Statement};

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, FromQueryResult)]
pub struct Column {
    pub table: String,
    pub name: String,
    /// A word for the type, see [`kind`].
    pub kind: String,
    pub nullable: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, FromQueryResult)]
pub struct Index {
    pub table: String,
    /// In their order, separated by `, `.
    pub columns: String,
    pub is_unique: bool,
    /// The condition of a partial index, in lower case and without parentheses; empty when it holds every row.
    pub only: String,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, FromQueryResult)]
pub struct Reference {
    pub table: String,
    pub column: String,
    pub parent: String,
    pub on_delete: String,
    pub on_update: String,
}

/// Everything of it that a migration makes.
#[derive(Debug, PartialEq)]
pub struct Shape {
    pub columns: BTreeSet<Column>,
    pub indexes: BTreeSet<Index>,
    pub references: BTreeSet<Reference>,
    pub checks: BTreeMap<String, i64>,
    pub generated: BTreeSet<String>,
}

pub async fn shape(db: &DatabaseConnection) -> Shape {
    Shape {
        columns: columns(db).await,
        indexes: indexes(db).await,
        references: references(db).await,
        checks: checks(db).await,
        generated: generated(db).await,
    }
}

/// The tables, without the migrations' own.
pub async fn tables(db: &DatabaseConnection) -> BTreeSet<String> {
    let columns = columns(db).await.into_iter();
    columns.map(|column| column.table).collect()
}

pub async fn columns(db: &DatabaseConnection) -> BTreeSet<Column> {
    let mut columns: Vec<Column> = ask(db, SQLITE_COLUMNS, POSTGRES_COLUMNS).await;
    for column in &mut columns {
        column.kind = kind(&column.kind).into();
    }
    columns.into_iter().collect()
}

#[derive(FromQueryResult)]
struct Named {
    name: String,
}

/// Those that the database computes, as `table.column`.
pub async fn generated(db: &DatabaseConnection) -> BTreeSet<String> {
    let found: Vec<Named> = ask(db, SQLITE_GENERATED, POSTGRES_GENERATED).await;
    found.into_iter().map(|column| column.name).collect()
}

/// What they are computed from, in the words of each database.
pub async fn computed(db: &DatabaseConnection) -> BTreeSet<String> {
    let found: Vec<Named> = ask(db, SQLITE_COMPUTED, POSTGRES_COMPUTED).await;
    found.into_iter().map(|column| column.name).collect()
}

pub async fn indexes(db: &DatabaseConnection) -> BTreeSet<Index> {
    let mut indexes: Vec<Index> = ask(db, SQLITE_INDEXES, POSTGRES_INDEXES).await;
    for index in &mut indexes {
        index.only = index.only.to_lowercase().replace(['(', ')'], "").replace("::text", "");
    }
    indexes.into_iter().collect()
}

pub async fn references(db: &DatabaseConnection) -> BTreeSet<Reference> {
    let found: Vec<Reference> = ask(db, SQLITE_REFERENCES, POSTGRES_REFERENCES).await;
    found.into_iter().collect()
}

/// How many CHECK constraints each table has; tables without are left out.
pub async fn checks(db: &DatabaseConnection) -> BTreeMap<String, i64> {
    #[derive(FromQueryResult)]
    struct Checks {
        table: String,
        number: i64,
    }
    let found: Vec<Checks> = ask(db, SQLITE_CHECKS, POSTGRES_CHECKS).await;
    let found = found.into_iter().filter(|checks| checks.number > 0);
    found.map(|checks| (checks.table, checks.number)).collect()
}

/// The names of everything there is: tables, indexes, sequences, views, types, functions, triggers.
pub async fn objects(db: &DatabaseConnection) -> BTreeSet<String> {
    #[derive(FromQueryResult)]
    struct Object {
        name: String,
    }
    let found: Vec<Object> = ask(db, SQLITE_OBJECTS, POSTGRES_OBJECTS).await;
    found.into_iter().map(|object| object.name).collect()
}

/// A UUID as this database writes it in SQL.
pub fn uuid_literal(backend: DbBackend, id: uuid::Uuid) -> String {
    match backend {
        DbBackend::Postgres => format!("'{id}'"),
        _ => format!("x'{}'", id.simple()),
    }
}

/// What the database says when it refuses, in lower case; fails when it doesn't refuse.
#[track_caller]
pub fn refusal<T>(statement: &str, outcome: Result<T, DbErr>) -> String {
    match outcome {
        Ok(_) => panic!("accepted: {statement}"),
        Err(error) => error.to_string().to_lowercase(),
    }
}

async fn ask<R: FromQueryResult>(db: &DatabaseConnection, sqlite: &str, postgres: &str) -> Vec<R> {
    let backend = db.get_database_backend();
    let sql = match backend {
        DbBackend::Postgres => postgres,
        _ => sqlite,
    };
    let statement = Statement::from_string(backend, sql);
    R::find_by_statement(statement).all(db).await.unwrap()
}

fn kind(declared: &str) -> &'static str {
    let word = declared.split('(').next().unwrap_or(declared);
    match word {
        "uuid" | "uuid_text" => "uuid",
        "boolean" => "boolean",
        "integer" => "integer",
        "bigint" => "bigint",
        "timestamp with time zone" | "timestamp_with_timezone_text" => "time",
        "text" | "varchar" | "character varying" => "text",
        "jsonb" | "jsonb_text" => "json",
        other => panic!("no entity has a column of the type {other} yet: give it a word here"),
    }
}

const SQLITE_COLUMNS: &str = r#"
SELECT t.name AS "table", c.name AS name, lower(c.type) AS kind, NOT c."notnull" AS nullable
FROM sqlite_master t JOIN pragma_table_xinfo(t.name) c
WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND t.name <> 'seaql_migrations'
    AND t.name NOT LIKE 'course\_search%' ESCAPE '\' AND t.name NOT LIKE 'tutor\_search%' ESCAPE '\'"#;

const POSTGRES_COLUMNS: &str = r#"
SELECT table_name::text AS "table", column_name::text AS name, data_type::text AS kind, is_nullable = 'YES' AS nullable
FROM information_schema.columns
WHERE table_schema = 'public' AND table_name NOT IN ('seaql_migrations', 'course_search', 'tutor_search')"#;

const SQLITE_GENERATED: &str = r#"
SELECT t.name || '.' || c.name AS name
FROM sqlite_master t JOIN pragma_table_xinfo(t.name) c
WHERE t.type = 'table' AND c.hidden IN (2, 3)"#;

const SQLITE_COMPUTED: &str =
    "SELECT sql AS name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%GENERATED ALWAYS%'";

const POSTGRES_COMPUTED: &str = r#"
SELECT table_name || '.' || column_name || ' ' || generation_expression AS name
FROM information_schema.columns
WHERE table_schema = 'public' AND is_generated = 'ALWAYS'"#;

const POSTGRES_GENERATED: &str = r#"
SELECT table_name || '.' || column_name AS name
FROM information_schema.columns
WHERE table_schema = 'public' AND is_generated = 'ALWAYS'"#;

const SQLITE_INDEXES: &str = r#"
SELECT t.name AS "table", i."unique" AS is_unique,
    (SELECT group_concat(name, ', ') FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno)) AS columns,
    CASE WHEN i.partial THEN substr(s.sql, instr(s.sql, ' WHERE ') + 7) ELSE '' END AS only
FROM sqlite_master t JOIN pragma_index_list(t.name) i LEFT JOIN sqlite_master s ON s.name = i.name
WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND t.name <> 'seaql_migrations'
    AND t.name NOT LIKE 'course\_search%' ESCAPE '\' AND t.name NOT LIKE 'tutor\_search%' ESCAPE '\'"#;

const POSTGRES_INDEXES: &str = r#"
SELECT t.relname::text AS "table", i.indisunique AS is_unique,
    (SELECT string_agg(c.attname, ', ' ORDER BY k.place)
        FROM unnest(i.indkey::int2[]) WITH ORDINALITY k(number, place)
        JOIN pg_attribute c ON c.attrelid = i.indrelid AND c.attnum = k.number) AS columns,
    coalesce(pg_get_expr(i.indpred, i.indrelid), '') AS only
FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
WHERE t.relnamespace = 'public'::regnamespace AND t.relname NOT IN ('seaql_migrations', 'course_search', 'tutor_search')"#;

const SQLITE_REFERENCES: &str = r#"
SELECT t.name AS "table", r."from" AS column, r."table" AS parent,
    lower(r.on_delete) AS on_delete, lower(r.on_update) AS on_update
FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) r
WHERE t.type = 'table'"#;

const POSTGRES_REFERENCES: &str = r#"
SELECT t.relname::text AS "table", c.attname::text AS column, p.relname::text AS parent,
    CASE f.confdeltype WHEN 'r' THEN 'restrict' WHEN 'a' THEN 'no action' ELSE f.confdeltype::text END AS on_delete,
    CASE f.confupdtype WHEN 'r' THEN 'restrict' WHEN 'a' THEN 'no action' ELSE f.confupdtype::text END AS on_update
FROM pg_constraint f
JOIN pg_class t ON t.oid = f.conrelid
JOIN pg_class p ON p.oid = f.confrelid
JOIN pg_attribute c ON c.attrelid = f.conrelid AND c.attnum = ANY (f.conkey)
WHERE f.contype = 'f' AND t.relnamespace = 'public'::regnamespace AND t.relname NOT IN ('course_search', 'tutor_search')"#;

const SQLITE_CHECKS: &str = r#"
SELECT name AS "table", (length(sql) - length(replace(sql, 'CHECK', ''))) / length('CHECK') AS number
FROM sqlite_master
WHERE type = 'table'"#;

const POSTGRES_CHECKS: &str = r#"
SELECT t.relname::text AS "table", count(*) AS number
FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
WHERE c.contype = 'c' AND t.relnamespace = 'public'::regnamespace
GROUP BY t.relname"#;

const SQLITE_OBJECTS: &str = r#"
SELECT name FROM sqlite_master
WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name <> 'seaql_migrations'"#;

const POSTGRES_OBJECTS: &str = r#"
SELECT relname::text AS name FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relname NOT LIKE 'seaql\_migrations%'
UNION ALL SELECT typname::text FROM pg_type
WHERE typnamespace = 'public'::regnamespace AND typname NOT LIKE '%seaql\_migrations%'
UNION ALL SELECT proname::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"#;
