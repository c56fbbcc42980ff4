use std::collections::HashMap;

use courses::CompletionPolicy;
use kernel::{EnrollmentId, MediaId, QuizId, Result, SectionId, dialect};
use media::FileType;
use sea_orm::{
    ConnectionTrait, FromQueryResult, JoinType,
    prelude::DateTimeUtc,
    sea_query::{Expr, Query, SelectStatement, UnionType},
};

use super::standing::{Item, Standing, Thing, Watched};

/// One thing in the course of an enrolment, and what its person has done there.
#[derive(FromQueryResult)]
struct Row {
    enrollment: EnrollmentId,
    policy: CompletionPolicy,
    is_over: bool,
    counts: bool,
    place: Option<i32>,
    section_order: Option<i32>,
    order_index: i32,
    section: Option<SectionId>,
    weight: Option<i32>,
    media: Option<MediaId>,
    file_type: Option<FileType>,
    duration: Option<i32>,
    quiz: Option<QuizId>,
    watch_time: Option<i32>,
    percentage: Option<i32>,
    completed: Option<bool>,
    last_position: Option<i32>,
    position_at: Option<DateTimeUtc>,
    position_sequence: Option<i64>,
    completion: Option<sea_orm::prelude::Uuid>,
    excess: Option<i32>,
}

/// Where each of these enrolments stands, from one statement: all that its course holds at present and shows to learners, in
/// order. What counts is what its version asks for; the course as it is when it has no version, or one with which
/// nothing was kept. Whoever asks has seen the enrolments.
pub async fn standings(
    db: &impl ConnectionTrait,
    enrollments: &[EnrollmentId],
) -> Result<HashMap<EnrollmentId, Standing>> {
    let backend = db.get_database_backend();
    let which = || dialect::any_of(backend, ("e", "id"), enrollments);
    let (mut all, mut quizzes) = (files(), quizzes());
    all.and_where(which()).union(UnionType::All, quizzes.and_where(which()).take());
    let rows = Row::find_by_statement(backend.build(&all)).all(db).await?;
    let mut lists: HashMap<EnrollmentId, Vec<Row>> = HashMap::new();
    for row in rows {
        lists.entry(row.enrollment).or_default().push(row);
    }
    Ok(lists.into_iter().map(|(enrollment, rows)| (enrollment, standing(rows))).collect())
}

/// Names and expressions, in the order of [`Row`].
type Columns = [(&'static str, &'static str); 21];

/// The section in which a version has something, as long as learners find it: without it things stand where they are now.
const THERE: &str = "t.id = i.section_id AND t.is_deleted = FALSE AND t.is_published = TRUE";

const OF_FILES: Columns = [
    ("enrollment", "e.id"),
    ("policy", "c.completion_policy"),
    ("is_over", "e.status = 'completed'"),
    (
        "counts",
        "i.position IS NOT NULL OR (f.section_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM course_version_items o WHERE o.course_version_id = e.course_version_id))",
    ),
    ("place", "i.position"),
    ("section_order", "s.\"order\""),
    ("order_index", "f.order_index"),
    ("section", "COALESCE(t.id, f.section_id)"),
    ("weight", "i.weight"),
    ("media", "f.id"),
    ("file_type", "f.file_type"),
    ("duration", "f.duration"),
    ("quiz", "i.quiz_id"),
    ("watch_time", "p.watch_time"),
    ("percentage", "p.completion_percentage"),
    ("completed", "p.completed"),
    ("last_position", "p.last_position"),
    ("position_at", "p.position_at"),
    ("position_sequence", "p.position_sequence"),
    ("completion", "d.id"),
    ("excess", "p.excess"),
];

fn files() -> SelectStatement {
    select(OF_FILES)
        .join_as(JoinType::InnerJoin, "media_files", "f", on("f.course_id = e.course_id AND f.is_deleted = FALSE"))
        .join_as(JoinType::LeftJoin, "course_sections", "s", on("s.id = f.section_id"))
        .join_as(
            JoinType::LeftJoin,
            "course_version_items",
            "i",
            on("i.course_version_id = e.course_version_id AND i.media_id = f.id AND i.is_required = TRUE"),
        )
        .join_as(JoinType::LeftJoin, "course_sections", "t", on(THERE))
        .join_as(
            JoinType::LeftJoin,
            "video_progress",
            "p",
            on("p.user_id = e.user_id AND p.course_id = e.course_id AND p.video_id = f.id AND p.is_deleted = FALSE"),
        )
        .join_as(JoinType::LeftJoin, "item_completions", "d", on(&completed_by("media_id = f.id")))
        .and_where(on("f.section_id IS NULL OR (s.is_published = TRUE AND s.is_deleted = FALSE)"))
        .take()
}

/// Quizzes count when a version asks for them, as long as their author does, and learners can sit them.
fn quizzes() -> SelectStatement {
    let of_quizzes = OF_FILES.map(|(name, of_files)| match name {
        "counts" => (name, "TRUE"),
        "order_index" => (name, "i.position"),
        "section" => (name, "COALESCE(t.id, q.section_id)"),
        "enrollment" | "policy" | "is_over" | "place" | "weight" | "quiz" | "completion" => (name, of_files),
        _ => (name, "NULL"),
    });
    let asked = "i.course_version_id = e.course_version_id AND i.quiz_id IS NOT NULL AND i.is_required = TRUE";
    select(of_quizzes)
        .join_as(JoinType::InnerJoin, "course_version_items", "i", on(asked))
        .join_as(
            JoinType::InnerJoin,
            "quizzes",
            "q",
            on("q.id = i.quiz_id AND q.is_deleted = FALSE AND q.is_published = TRUE AND q.is_required = TRUE"),
        )
        .join_as(JoinType::LeftJoin, "course_sections", "s", on("s.id = q.section_id"))
        .join_as(JoinType::LeftJoin, "course_sections", "t", on(THERE))
        .join_as(JoinType::LeftJoin, "item_completions", "d", on(&completed_by("quiz_id = i.quiz_id")))
        .and_where(on("q.section_id IS NULL OR (s.is_published = TRUE AND s.is_deleted = FALSE)"))
        .take()
}

fn select(columns: Columns) -> SelectStatement {
    let mut select = Query::select();
    for (name, expression) in columns {
        select.expr_as(Expr::cust(expression), name);
    }
    select.from_as("enrollments", "e").join_as(JoinType::InnerJoin, "courses", "c", on("c.id = e.course_id")).take()
}

fn completed_by(which: &str) -> String {
    format!("d.user_id = e.user_id AND d.course_id = e.course_id AND d.is_deleted = FALSE AND d.{which}")
}

fn on(condition: &str) -> Expr {
    Expr::cust(format!("({condition})"))
}

fn standing(mut rows: Vec<Row>) -> Standing {
    // What no version asks for comes last.
    rows.sort_by_key(|row| (row.place.is_none(), row.place, row.section_order, row.order_index, row.media));
    Standing {
        policy: rows.first().map_or(CompletionPolicy::Automatic, |row| row.policy),
        is_over: rows.first().is_some_and(|row| row.is_over),
        items: rows.into_iter().filter_map(Item::of).collect(),
    }
}

impl Item {
    fn of(row: Row) -> Option<Self> {
        let thing = match (row.media, row.quiz) {
            (Some(media), _) => Thing::File { media, duration: timed(row.file_type?, row.duration) },
            (None, quiz) => Thing::Quiz(quiz?),
        };
        let watched = row.watch_time.map(|seconds| Watched {
            seconds,
            percentage: row.percentage.unwrap_or_default(),
            is_completed: row.completed.unwrap_or_default(),
            excess: row.excess.unwrap_or_default(),
            position: row.last_position.unwrap_or_default(),
            latest: row.position_at.map(|at| (at, row.position_sequence.unwrap_or_default())),
        });
        Some(Self {
            weight: row.weight.unwrap_or_else(|| weight(thing.duration())),
            thing,
            section: row.section,
            counts: row.counts,
            watched,
            is_said: row.completion.is_some(),
        })
    }
}

/// How long a recording plays; none for what nobody can watch or listen to.
pub fn timed(file_type: FileType, duration: Option<i32>) -> Option<i32> {
    duration.filter(|seconds| *seconds > 0 && matches!(file_type, FileType::Video | FileType::Audio))
}

/// What part of a course something is, in seconds.
pub fn weight(duration: Option<i32>) -> i32 {
    duration.map_or(super::rules::FLAT_WEIGHT, |seconds| seconds.max(super::rules::LEAST_WEIGHT))
}
