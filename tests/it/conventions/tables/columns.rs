//! Entities and tables agree.

use std::{collections::BTreeSet, fs};

use sea_orm::DbBackend;
use testkit::{TestApp, on_both};

use super::{
    super::workspace,
    dictionary::{self, Column},
    entities::entities,
};

#[on_both]
async fn every_table_has_an_entity_in_the_list(app: TestApp) {
    let listed: BTreeSet<String> = entities().into_iter().map(|entity| entity.table).collect();
    assert_eq!(dictionary::tables(app.db().read()).await, listed);
}

#[on_both]
async fn the_columns_of_every_entity_are_those_of_its_table(app: TestApp) {
    let found = dictionary::columns(app.db().read()).await;
    let entities = entities().into_iter();
    let mut wanted: BTreeSet<Column> = entities.flat_map(|entity| entity.columns).collect();
    if app.db().backend() == DbBackend::Sqlite {
        wanted = wanted.into_iter().map(as_sqlite_says).collect();
    }
    let differ: Vec<_> = found.symmetric_difference(&wanted).collect();
    assert!(differ.is_empty(), "only in the table, or only in the entity: {differ:#?}");
}

/// SQLite's integers are of one size.
fn as_sqlite_says(column: Column) -> Column {
    let kind = match column.kind.as_str() {
        "bigint" => "integer".into(),
        _ => column.kind,
    };
    Column { kind, ..column }
}

#[on_both]
async fn audit_columns_are_all_there_or_none(app: TestApp) {
    let found = dictionary::columns(app.db().read()).await;
    for entity in entities() {
        let names: BTreeSet<&str> =
            found.iter().filter(|column| column.table == entity.table).map(|column| column.name.as_str()).collect();
        let there = AUDIT_COLUMNS.map(|column| names.contains(column));
        assert_eq!(there, [entity.audit.is_some(); 7], "{}", entity.table);
        assert!(entity.audit.is_none_or(|audit| audit == AUDIT_COLUMNS), "{}", entity.table);
    }
}

/// An entity without a table would be missing from the list too: nothing but the source knows of it.
#[test]
fn every_entity_of_the_source_is_in_the_list() {
    let mut written = BTreeSet::new();
    for file in workspace::rust_files() {
        let text = fs::read_to_string(file).unwrap();
        let after = text.split("table_name = \"").skip(1);
        written.extend(after.filter_map(|rest| rest.split('"').next().map(String::from)));
    }
    let listed: BTreeSet<String> = entities().into_iter().map(|entity| entity.table).collect();
    assert_eq!(written, listed);
}

const AUDIT_COLUMNS: [&str; 7] =
    ["created_at", "created_by", "updated_at", "updated_by", "is_deleted", "deleted_at", "deleted_by"];
