//! Foreign keys: there where a column names a row, held by the database, found by an index.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DbBackend};
use testkit::{TestApp, on_both};
use uuid::Uuid;

use super::{
    dictionary::{self, refusal, uuid_literal},
    rows,
};

/// Columns that are named like references and are none: a conversation has no table, nor has a request, and the trail
/// points at anything.
const NOT_REFERENCES: [&str; 3] = ["ai_chats.session_id", "audit_events.target_id", "audit_events.request_id"];

#[on_both]
async fn what_is_named_like_a_reference_is_one(app: TestApp) {
    let columns = dictionary::columns(app.db().read()).await.into_iter();
    let named: BTreeSet<String> = columns
        .filter(|column| column.name.ends_with("_id") || column.name.ends_with("_by"))
        .map(|column| format!("{}.{}", column.table, column.name))
        .filter(|name| !NOT_REFERENCES.contains(&name.as_str()))
        .collect();
    let references = dictionary::references(app.db().read()).await.into_iter();
    let found: BTreeSet<String> =
        references.map(|reference| format!("{}.{}", reference.table, reference.column)).collect();
    assert_eq!(found, named, "left are the foreign keys");
}

/// The specification's CASCADE would take other people's learning along. A table that refers to itself could never be
/// emptied under RESTRICT.
#[on_both]
async fn every_reference_holds_its_row(app: TestApp) {
    for reference in dictionary::references(app.db().read()).await {
        let itself = reference.table == reference.parent;
        let wanted = if itself { "no action" } else { "restrict" };
        let actions = [&reference.on_delete, &reference.on_update];
        assert_eq!(actions, [wanted, wanted], "{reference:?}");
    }
}

#[on_both]
async fn every_reference_leads_an_index(app: TestApp) {
    let indexes = dictionary::indexes(app.db().read()).await;
    for reference in dictionary::references(app.db().read()).await {
        // An index of the living alone would not find the deleted row that refers as well.
        let present = format!("{} is not null", reference.column);
        let found = indexes.iter().any(|index| {
            index.table == reference.table
                && index.columns.split(", ").next() == Some(reference.column.as_str())
                && (index.only.is_empty() || index.only == present)
        });
        assert!(found, "no index finds the rows of {reference:?}");
    }
}

#[on_both]
async fn nobody_refers_to_what_is_not_there(app: TestApp) {
    rows::one_of_each(app.db()).await;
    let db = app.db().write();
    let backend = db.get_database_backend();
    let nobody = uuid_literal(backend, Uuid::max());
    // One row: two would be the same to a unique index, and be refused for that.
    let row = match backend {
        DbBackend::Postgres => "ctid",
        _ => "rowid",
    };
    for reference in dictionary::references(db).await {
        let (table, column) = (&reference.table, &reference.column);
        let statement = match table.as_str() {
            // Never changed, only added to.
            "audit_events" => format!(
                "INSERT INTO audit_events (id, happened_at, action, target_type, target_id, {column}) \
                 SELECT {nobody}, happened_at, action, target_type, target_id, {nobody} FROM audit_events LIMIT 1"
            ),
            // One of both, or the CHECK would refuse it first.
            "course_version_items" | "item_completions" if ["media_id", "quiz_id"].contains(&column.as_str()) => {
                let other = if column == "media_id" { "quiz_id" } else { "media_id" };
                format!(
                    "UPDATE {table} SET {other} = NULL, {column} = {nobody} \
                     WHERE {row} = (SELECT {row} FROM {table} LIMIT 1)"
                )
            }
            // Only what was replaced points on.
            "certificates" if column == "replaced_by" => format!(
                "UPDATE certificates SET superseded_at = issued_at, replaced_by = {nobody} \
                 WHERE {row} = (SELECT {row} FROM certificates LIMIT 1)"
            ),
            // In a bank, or in a quiz.
            "quiz_questions" if column == "bank_id" => format!("UPDATE {table} SET quiz_id = NULL, bank_id = {nobody}"),
            _ => format!("UPDATE {table} SET {column} = {nobody} WHERE {row} = (SELECT {row} FROM {table} LIMIT 1)"),
        };
        let said = refusal(&statement, db.execute_unprepared(&statement).await);
        assert!(said.contains("foreign key constraint"), "{statement}: {said}");
    }
}

#[on_both]
async fn a_row_that_is_referred_to_stays(app: TestApp) {
    rows::one_of_each(app.db()).await;
    let db = app.db().write();
    let references = dictionary::references(db).await.into_iter();
    let parents: BTreeSet<String> = references.map(|reference| reference.parent).collect();
    for parent in parents {
        let statement = match parent.as_str() {
            // Only its own rows refer to it, and all of them may go together.
            "certificates" => "DELETE FROM certificates WHERE id IN (SELECT replaced_by FROM certificates)".into(),
            _ => format!("DELETE FROM {parent}"),
        };
        let said = refusal(&statement, db.execute_unprepared(&statement).await);
        let refused = match db.get_database_backend() {
            DbBackend::Postgres => "violates foreign key constraint",
            _ => "foreign key constraint failed",
        };
        assert!(said.contains(refused), "{statement}: {said}");
    }
}
