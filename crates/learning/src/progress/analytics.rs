//! What those who work on a course may know of its learners as a whole.

use courses::course;
use kernel::{CourseId, Error, Live, MediaId, Permission, Result, SectionId, Viewer, dialect};
use sea_orm::{
    ColumnTrait, ConnectionTrait, ExprTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, Query, SelectStatement, UnionType},
};

use crate::{EnrollmentStatus, enrollment};

/// How many learners have come how far. The numbers are those that are; what may be shown of them is for who shows them.
#[derive(Clone, Debug, PartialEq, FromQueryResult)]
pub struct Funnel {
    pub enrolled: i64,
    pub started: i64,
    pub quarter: i64,
    pub half: i64,
    pub three_quarters: i64,
    pub completed: i64,
}

/// How many learners have begun and completed an item.
#[derive(Clone, Debug, PartialEq, FromQueryResult)]
pub struct ItemFigures {
    pub media: MediaId,
    pub section: Option<SectionId>,
    pub begun: i64,
    pub completed: i64,
}

/// How long it takes from the enrolment to the completion, and how many people that was computed from.
#[derive(Clone, Debug, PartialEq, FromQueryResult)]
pub struct TimeToComplete {
    pub median_seconds: Option<i64>,
    pub people: i64,
}

/// May the viewer know of a course's learners: who works on it, and who may read everybody's learning? What one may not see
/// is not there.
pub async fn look_at_learners(db: &impl ConnectionTrait, viewer: &Viewer, course: CourseId) -> Result<()> {
    let among = async |courses: Select<course::Entity>| -> Result<bool> {
        Ok(courses.filter(course::Column::Id.eq(course)).one(db).await?.is_some())
    };
    let all = viewer.has(Permission::LearningRead).then(course::Entity::live);
    if among(all.unwrap_or_else(|| course::Entity::taught_by(viewer))).await? {
        return Ok(());
    }
    if among(course::Entity::visible_to(viewer)).await? { Err(Error::Denied) } else { Err(Error::NotFound) }
}

/// Everybody who ever enrolled, those who left as well.
pub async fn funnel(db: &impl ConnectionTrait, course: CourseId) -> Result<Funnel> {
    let counted = |condition: &str| Expr::cust(format!("COUNT(CASE WHEN {condition} THEN 1 END)"));
    let all = enrollment::Entity::live().filter(enrollment::Column::CourseId.eq(course)).select_only();
    let found = all
        .column_as(counted("TRUE"), "enrolled")
        .column_as(counted("last_accessed IS NOT NULL OR progress_percentage > 0"), "started")
        .column_as(counted("progress_percentage >= 2500"), "quarter")
        .column_as(counted("progress_percentage >= 5000"), "half")
        .column_as(counted("progress_percentage >= 7500"), "three_quarters")
        .column_as(counted("status = 'completed'"), "completed")
        .into_model::<Funnel>()
        .one(db)
        .await?;
    found.ok_or_else(|| Error::Internal("counting gave no row".into()))
}

/// The middle of all, or of the two in the middle.
pub async fn time_to_complete(db: &impl ConnectionTrait, course: CourseId) -> Result<TimeToComplete> {
    use enrollment::Column::{CompletedAt, CourseId, Status};
    let backend = db.get_database_backend();
    let completed = enrollment::Entity::live().filter(CourseId.eq(course)).filter(CompletedAt.is_not_null());
    let completed = completed.filter(Status.eq(EnrollmentStatus::Completed)).select_only();
    let times = completed.column_as(dialect::seconds_between(backend, "enrolled_at", "completed_at"), "seconds");
    let mut ordered = Query::select();
    ordered
        .expr_as(Expr::cust("seconds"), "seconds")
        .expr_as(Expr::cust("ROW_NUMBER() OVER (ORDER BY seconds)"), "place")
        .expr_as(Expr::cust("COUNT(*) OVER ()"), "people")
        .from_subquery(times.into_query(), "times");
    let mut middle = Query::select();
    middle
        .expr_as(Expr::cust("CAST(AVG(seconds) AS BIGINT)"), "median_seconds")
        .expr_as(Expr::cust("COALESCE(MAX(people), 0)"), "people")
        .from_subquery(ordered, "ordered")
        .and_where(Expr::cust("place IN ((people + 1) / 2, (people + 2) / 2)"));
    let found = TimeToComplete::find_by_statement(backend.build(&middle)).one(db).await?;
    found.ok_or_else(|| Error::Internal("counting gave no row".into()))
}

/// Of every file of the published sections, in order.
pub async fn item_figures(db: &impl ConnectionTrait, course: CourseId) -> Result<Vec<ItemFigures>> {
    let mut figures = Query::select();
    figures
        .expr_as(Expr::cust("f.id"), "media")
        .expr_as(Expr::cust("f.section_id"), "section")
        .expr_as(Expr::cust("COUNT(DISTINCT a.user_id)"), "begun")
        .expr_as(Expr::cust("COUNT(DISTINCT CASE WHEN a.is_done THEN a.user_id END)"), "completed")
        .from_as("media_files", "f")
        .join_as(JoinType::InnerJoin, "course_sections", "s", Expr::cust("s.id = f.section_id"))
        .join_subquery(JoinType::LeftJoin, doings(course), "a", Expr::cust("a.media_id = f.id"))
        .and_where(Expr::col(("f", "course_id")).eq(course))
        .and_where(Expr::cust("f.is_deleted = FALSE AND s.is_deleted = FALSE AND s.is_published = TRUE"))
        .add_group_by(["f.id", "f.section_id", "s.\"order\"", "f.order_index"].map(Expr::cust));
    for by in ["s.\"order\"", "f.section_id", "f.order_index", "f.id"] {
        figures.order_by_expr(Expr::cust(by), sea_orm::Order::Asc);
    }
    Ok(ItemFigures::find_by_statement(db.get_database_backend().build(&figures)).all(db).await?)
}

/// Who has begun or done with what. Where everything is done by the learners' word, watching is only a beginning.
fn doings(course: CourseId) -> SelectStatement {
    let mut watched = Query::select();
    watched
        .expr_as(Expr::cust("p.user_id"), "user_id")
        .expr_as(Expr::cust("p.video_id"), "media_id")
        .expr_as(Expr::cust("(p.completed = TRUE AND c.completion_policy = 'automatic')"), "is_done")
        .from_as("video_progress", "p")
        .join_as(JoinType::InnerJoin, "courses", "c", Expr::cust("c.id = p.course_id"))
        .and_where(Expr::col(("p", "course_id")).eq(course))
        .and_where(Expr::cust("p.is_deleted = FALSE"));
    let mut said = Query::select();
    said.expr(Expr::cust("d.user_id"))
        .expr(Expr::cust("d.media_id"))
        .expr(Expr::cust("TRUE"))
        .from_as("item_completions", "d")
        .and_where(Expr::col(("d", "course_id")).eq(course))
        .and_where(Expr::cust("d.is_deleted = FALSE"));
    watched.union(UnionType::All, said).take()
}
