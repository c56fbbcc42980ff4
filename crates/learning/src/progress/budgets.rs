use kernel::{CourseId, MediaId, Permit, Result, Tx, UserId, VideoProgressId};
use sea_orm::{
    ExprTrait, FromQueryResult, JoinType, Set,
    prelude::DateTimeUtc,
    sea_query::{Expr, Query, SelectStatement, UnionType},
};

use super::{
    bounding::{Budget, Film, excesses, is_within},
    policy::Learn,
    rules::{COMPLETED_AT, WHOLE},
};
use crate::{enrollment, video_progress};

/// How much of a recording counts from now on.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Counted {
    pub id: VideoProgressId,
    pub course: CourseId,
    media: MediaId,
    duration: Option<i32>,
    pub watch_time: i32,
    pub excess: i32,
    pub percentage: i32,
    pub completed: bool,
    pub completed_at: Option<DateTimeUtc>,
    position_at: Option<DateTimeUtc>,
    position_sequence: i64,
}

/// Holds all that the person has watched, wherever, against the time that there was, and writes down what counts of it where that
/// is not what it was; answers which. To be called by who has the turn for all of their enrolments. Who watches no faster
/// than one can costs one statement.
pub async fn bound(tx: &Tx, permit: &Permit<Learn, enrollment::Model>) -> Result<Vec<Counted>> {
    let user = permit.user_id;
    let backend = tx.backend();
    let budgets = Budget::find_by_statement(backend.build(&budgets(user))).all(&tx.conn).await?;
    if is_within(&budgets) {
        return Ok(vec![]);
    }
    let kept = Counted::find_by_statement(backend.build(&counted(user))).all(&tx.conn).await?;
    let films: Vec<Film> = kept.iter().map(Film::from).collect();
    let is_over = |course| budgets.iter().any(|it| it.course == course && it.is_over);
    let found = kept.into_iter().zip(excesses(&budgets, &films));
    let moved = found.filter(|(kept, excess)| i64::from(kept.excess) != *excess);
    let moved: Vec<Counted> = moved.map(|(kept, excess)| kept.without(tx, excess, is_over)).collect();
    put(tx, permit, &moved).await?;
    Ok(moved)
}

/// It is known in which time: kept as a list of spans, or as long enough (`watching::WallTime`). What is older counts as it did.
const MEASURED: &str = "(CAST(p.wall_time AS TEXT) = 'true' OR CAST(p.wall_time AS TEXT) LIKE '[%')";

const OVER: &str = "EXISTS (SELECT 1 FROM enrollments e WHERE e.user_id = l.person AND e.course_id = l.course \
    AND e.is_deleted = FALSE AND (e.status = 'completed' OR e.completed_at IS NOT NULL))";

/// Of each course.
fn budgets(user: UserId) -> SelectStatement {
    let mut watched = of("video_progress", "p", ["p.watch_time + p.excess", "p.excess", "0", "0"], user);
    watched.and_where(Expr::cust("p.is_deleted = FALSE")).and_where(Expr::cust(MEASURED));
    let spent = of("learning_hours", "h", ["0", "0", "h.seconds", "COALESCE(h.share, h.seconds * 1000)"], user);
    let mut all = Query::select();
    all.expr_as(Expr::cust("l.course"), "course").expr_as(Expr::cust(OVER), "is_over");
    for name in NUMBERS {
        all.expr_as(Expr::cust(format!("CAST(SUM(l.{name}) AS BIGINT)")), name);
    }
    all.from_subquery(watched.union(UnionType::All, spent).take(), "l");
    all.add_group_by(["l.course", "l.person"].map(Expr::cust)).take()
}

const NUMBERS: [&str; 4] = ["watched", "excess", "seconds", "share"];

fn of(table: &'static str, alias: &'static str, numbers: [&str; 4], user: UserId) -> SelectStatement {
    let mut select = Query::select();
    select.expr_as(Expr::col((alias, "course_id")), "course").expr_as(Expr::col((alias, "user_id")), "person");
    for (name, number) in NUMBERS.into_iter().zip(numbers) {
        select.expr_as(Expr::cust(number.to_owned()), name);
    }
    select.from_as(table, alias).and_where(Expr::col((alias, "user_id")).eq(user)).take()
}

/// Every recording that the person has watched.
fn counted(user: UserId) -> SelectStatement {
    let columns = [
        ("id", "p.id"),
        ("course", "p.course_id"),
        ("media", "p.video_id"),
        ("duration", "f.duration"),
        ("watch_time", "p.watch_time"),
        ("excess", "p.excess"),
        ("percentage", "p.completion_percentage"),
        ("completed", "p.completed"),
        ("completed_at", "p.completed_at"),
        ("position_at", "p.position_at"),
        ("position_sequence", "p.position_sequence"),
    ];
    let mut select = Query::select();
    for (name, expression) in columns {
        select.expr_as(Expr::cust(expression), name);
    }
    select
        .from_as("video_progress", "p")
        .join_as(JoinType::InnerJoin, "media_files", "f", Expr::cust("f.id = p.video_id"))
        .and_where(Expr::col(("p", "user_id")).eq(user))
        .and_where(Expr::cust("p.is_deleted = FALSE"))
        .and_where(Expr::cust(MEASURED))
        .take()
}

impl From<&Counted> for Film {
    fn from(kept: &Counted) -> Self {
        Self {
            course: kept.course,
            media: kept.media,
            watched: i64::from(kept.watch_time) + i64::from(kept.excess),
            latest: kept.position_at.map(|at| (at, kept.position_sequence)),
        }
    }
}

impl Counted {
    /// What of it counts when so many seconds don't. In a course that was completed, what is done stays done.
    fn without(self, tx: &Tx, excess: i64, is_over: impl Fn(CourseId) -> bool) -> Self {
        let watched = Film::from(&self).watched - excess;
        let part = self.duration.filter(|duration| *duration > 0);
        let part = part.map_or(0, |duration| Ord::min(watched * WHOLE / i64::from(duration), WHOLE));
        let counted = Self { watch_time: watched as i32, excess: excess as i32, ..self };
        if is_over(counted.course) {
            return counted;
        }
        let completed = part >= COMPLETED_AT;
        let completed_at = completed.then(|| counted.completed_at.unwrap_or(tx.now));
        Self { percentage: part as i32, completed, completed_at, ..counted }
    }
}

async fn put(tx: &Tx, permit: &Permit<Learn, enrollment::Model>, counted: &[Counted]) -> Result<()> {
    use video_progress::{
        ActiveModel,
        Column::{Completed, CompletedAt, CompletionPercentage, Excess, WatchTime},
    };
    let rows = counted.iter().map(|counted| ActiveModel {
        id: Set(counted.id),
        user_id: Set(permit.user_id),
        video_id: Set(counted.media),
        course_id: Set(counted.course),
        watch_time: Set(counted.watch_time),
        excess: Set(counted.excess),
        completed: Set(counted.completed),
        completion_percentage: Set(counted.percentage),
        completed_at: Set(counted.completed_at),
        ..Default::default()
    });
    let columns = vec![WatchTime, Excess, Completed, CompletionPercentage, CompletedAt];
    tx.put_all(permit, rows.collect(), columns).await
}
