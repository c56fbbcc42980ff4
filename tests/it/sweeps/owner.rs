//! Every table with rows about people is in the copy that they can ask for, and is erased with them.

use std::collections::BTreeSet;

use gateway::privacy::{TABLES, rows_about};
use kernel::{Db, UserId};
use sea_orm::ConnectionTrait;
use testkit::{TestApp, on_both};
use uuid::Uuid;

use crate::{
    conventions::{dictionary, rows},
    dump::dump,
};

/// Who wrote a row last is no reason to hand it out.
const AUDIT: [&str; 3] = ["created_by", "updated_by", "deleted_by"];

/// Refers to people, and is not handed out: why.
const NOT_COPIED: [(&str, &str); 0] = [];

#[on_both]
async fn every_table_about_people_is_copied(app: TestApp) {
    let references = dictionary::references(app.db().read()).await.into_iter();
    let found: BTreeSet<(String, String)> = references
        .filter(|reference| reference.parent == "users" && !AUDIT.contains(&reference.column.as_str()))
        .map(|reference| (reference.table, reference.column))
        .filter(|(table, _)| !NOT_COPIED.iter().any(|(name, _)| name == table))
        .collect();
    let listed: BTreeSet<(String, String)> = TABLES
        .iter()
        .flat_map(|table| table.owners.iter().map(|column| (table.name.to_string(), column.to_string())))
        .filter(|(_, column)| column != "id")
        .collect();
    assert_eq!(listed, found, "right is the database");
}

/// Whose all rows of `one_of_each` are.
fn owner() -> UserId {
    UserId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + 1))
}

#[on_both]
async fn the_copy_has_a_row_of_every_table(app: TestApp) {
    rows::one_of_each(app.db()).await;
    let copied = rows_about(app.db(), owner()).await.unwrap();
    let empty: Vec<&String> =
        copied.iter().filter(|(_, rows)| rows.as_array().unwrap().is_empty()).map(|(table, _)| table).collect();
    assert_eq!(empty, Vec::<&String>::new());
}

/// Fills every text and JSON column of a person's rows with a mark, erases the person, and looks for it.
#[on_both]
async fn nothing_personal_is_left(app: TestApp) {
    rows::one_of_each(app.db()).await;
    mark(app.db()).await;
    assert!(dump(&app).await.contains(MARK));
    // With a file of their own, and nobody to inherit.
    for change in
        ["UPDATE account_deletions SET heir_id = NULL", "UPDATE media_files SET course_id = NULL, section_id = NULL"]
    {
        app.db().write().execute_unprepared(change).await.unwrap();
    }
    let write = app.app.write_as_system(async |tx| accounts::erase_account(tx, owner()).await);
    write.await.unwrap();
    let dump = dump(&app).await;
    let left = dump.lines().filter(|line| line.contains(MARK)).filter_map(|line| line.split_once(':'));
    let unexplained: Vec<&str> =
        left.map(|(at, _)| at).filter(|at| !KEPT.iter().any(|(kept, _)| at.starts_with(kept))).collect();
    assert_eq!(unexplained, Vec::<&str>::new(), "erase it, or say why it is kept");
    assert!(accounts::reading::profiles(app.db().read(), &[owner()]).await.unwrap().is_empty());
}

const MARK: &str = "Ada Lovelace";

/// What stays of a person, and why: columns by the beginning of their names.
const KEPT: [(&str, &str); 27] = [
    ("audit_events.", "append-only; it holds masked names, and who it was is nobody by now"),
    ("certificates.course_title", "of the course"),
    ("certificates.institution_name", "the school's"),
    ("certificates.instructor_name", "printed on what others earned"),
    ("certificates.serial", "whoever has the paper can see that it is revoked"),
    ("course_exports.error", "of the course"),
    ("course_exports.left_out", "of the course"),
    ("course_imports.", "of the package"),
    ("courses.", "the heir's by now, and those who learn there lose nothing"),
    ("jobs.payload", "the farewell letter, forgotten with its job"),
    ("media_files.audio_codec", "of the file"),
    ("media_files.mime_type", "of the file"),
    ("media_files.processing_error", "of the file"),
    ("media_files.resolution", "of the file"),
    ("media_files.storage_", "where the file is, for whoever deletes it"),
    ("media_files.transcoding_data", "of the file"),
    ("media_files.video_codec", "of the file"),
    ("review_moderations.reason", "what a moderator decided and why; who answers for it is the moderator"),
    ("review_replies.comment", "of the course; others read it"),
    ("reviews.hidden_reason", "what a moderator decided and why"),
    ("quiz_attempts.layout", "of the quiz"),
    ("reviews.comment", "others read it; it is by nobody in particular"),
    ("suggestion_runs.", "what of the course was asked about, and how that failed"),
    ("uploads.mime_type", "of the file"),
    ("uploads.multipart", "where the parts are, for whoever deletes them"),
    ("reviews.title", "others read it; it is by nobody in particular"),
    ("regraded_attempts.answers", "points that were given, and not what was said"),
];

/// Writes the mark wherever the database lets one: closed lists and what it generates refuse it.
async fn mark(db: &Db) {
    let generated = dictionary::generated(db.read()).await;
    for column in dictionary::columns(db.read()).await {
        let (table, name) = (&column.table, &column.name);
        let value = match column.kind.as_str() {
            "text" => format!("'{MARK}'"),
            "json" => format!("'{{\"about\": \"{MARK}\"}}'"),
            _ => continue,
        };
        if TABLES.iter().any(|listed| listed.name == table) && !generated.contains(&format!("{table}.{name}")) {
            // What is refused holds nothing personal.
            let _ = db.write().execute_unprepared(&format!("UPDATE {table} SET \"{name}\" = {value}")).await;
        }
    }
}
