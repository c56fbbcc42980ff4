//! The indexes that the data-layer specification names, and the audit columns' own.

use courses::course;
use kernel::Live;
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, QueryFilter, QueryTrait, TransactionTrait};
use testkit::{TestApp, on_both};

use super::{dictionary, entities::entities};

/// `db_index` and `Meta.indexes`, table by table, in the specification's order. What is `unique` there is in
/// `uniqueness.rs`; every foreign key has an index by `references.rs`, as in Django.
const SPECIFIED: [(&str, &[&str]); 11] = [
    ("users", &["email", "username", "status", "email, status", "username, status"]),
    ("user_sessions", &["session_key", "user_id, is_active", "session_key, is_active"]),
    (
        "courses",
        &[
            "title",
            "slug",
            "instructor_id",
            "is_free",
            "difficulty",
            "enrollment_count",
            "rating_average",
            "status",
            "is_published",
            "title, status, is_published",
            "instructor_id, status",
            "category_id, status, is_published",
            "rating_average, enrollment_count",
            "price, is_free, status",
        ],
    ),
    ("course_sections", &["course_id, order"]),
    ("media_files", &["file_type", "course_id, section_id, order_index", "user_id, file_type", "processing_status"]),
    ("enrollments", &["status", "user_id, status", "course_id, status"]),
    ("course_progress", &["user_id, course_id"]),
    ("video_progress", &["user_id, course_id, completed"]),
    ("quiz_attempts", &["user_id, quiz_id"]),
    ("reviews", &["course_id, rating"]),
    ("ai_chats", &["session_id", "user_id, session_id", "course_id, created_at"]),
];

#[on_both]
async fn every_index_of_the_specification_exists(app: TestApp) {
    let indexes = dictionary::indexes(app.db().read()).await;
    for (table, wanted) in SPECIFIED {
        for columns in wanted {
            // The slug's is unique among the living; reads by slug ask for the living.
            let partial = if *columns == "slug" { "is_deleted = false" } else { "" };
            let found = indexes.iter().any(|index| {
                (index.table.as_str(), index.columns.as_str(), index.only.as_str()) == (table, columns, partial)
            });
            assert!(found, "{table} ({columns}) {partial}");
        }
    }
}

/// `created_at`, `updated_at` and `is_deleted` have `db_index`; the three authors are foreign keys.
#[on_both]
async fn every_audited_table_has_the_indexes_of_its_audit_columns(app: TestApp) {
    let wanted = [
        ("created_at", ""),
        ("updated_at", ""),
        // Reads ask for the few that are deleted, or start from another index.
        ("is_deleted", "is_deleted = true"),
        ("created_by", "created_by is not null"),
        ("updated_by", "updated_by is not null"),
        ("deleted_by", "deleted_by is not null"),
    ];
    let indexes = dictionary::indexes(app.db().read()).await;
    for entity in entities().iter().filter(|entity| entity.audit.is_some()) {
        for (column, only) in wanted {
            let found = indexes.iter().any(|index| {
                (&index.table, index.columns.as_str(), index.only.as_str()) == (&entity.table, column, only)
            });
            assert!(found, "{} ({column}) {only}", entity.table);
        }
    }
}

/// SQLite keeps a partial index out of a plan whose condition is not the index's own, to the letter.
#[on_both]
async fn the_living_are_found_by_the_index_of_the_living(app: TestApp) {
    let conn = app.db().write().begin().await.unwrap();
    let backend = conn.get_database_backend();
    let by_slug = course::Entity::live().filter(course::Column::Slug.eq("rust"));
    let mut plan = by_slug.build(backend);
    let (explain, column) = match backend {
        DbBackend::Postgres => ("EXPLAIN", "QUERY PLAN"),
        _ => ("EXPLAIN QUERY PLAN", "detail"),
    };
    if backend == DbBackend::Postgres {
        // It would rather read an empty table from end to end.
        let no_scan = "SET LOCAL enable_seqscan = off";
        conn.execute_unprepared(no_scan).await.unwrap();
    }
    plan.sql = format!("{explain} {}", plan.sql);
    let lines = conn.query_all_raw(plan).await.unwrap().into_iter();
    let lines: Vec<String> = lines.map(|line| line.try_get("", column).unwrap()).collect();
    let used = lines.iter().any(|line| line.contains("courses_slug_key"));
    assert!(used, "{lines:#?}");
}
