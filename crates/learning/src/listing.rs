//! Lists of enrolments, narrowed and in an order.

use accounts::user;
use chrono::{DateTime, Utc};
use kernel::{CourseId, Page, PageRequest, Result, Scalar, Sort, UserId, Viewer, dialect};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DerivePartialModel, ExprTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, Func, SubQueryStatement},
};

use crate::{
    EnrollmentRow, EnrollmentSource, EnrollmentStatus, Standing,
    enrollment::{Column, Entity},
};

/// Narrows a list of enrolments; what is not given does not narrow.
#[derive(Clone, Debug, Default)]
pub struct EnrollmentFilter {
    pub status: Option<Standing>,
    pub user: Option<UserId>,
    pub course: Option<CourseId>,
    pub source: Option<EnrollmentSource>,
    /// Words in the name that everybody sees.
    pub search: Option<String>,
    /// In hundredths of a percent.
    pub min_progress: Option<i32>,
    pub max_progress: Option<i32>,
    /// Has the person finished the course, whatever became of the enrolment?
    pub is_completed: Option<bool>,
    /// Not been at it since then; who never was, not enrolled since then.
    pub inactive_since: Option<DateTime<Utc>>,
    pub expires_before: Option<DateTime<Utc>>,
}

/// What enrolments are ordered by; ties by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EnrollmentOrder {
    Enrolled,
    Name,
    Progress,
    LastActive,
}

/// An order, and whether the greatest comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EnrollmentSort {
    pub order: EnrollmentOrder,
    pub is_descending: bool,
}

/// An enrolment, and what it may be ordered by that it does not hold itself.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "Entity")]
struct Listed {
    #[sea_orm(nested)]
    row: EnrollmentRow,
    #[sea_orm(from_expr = "name()")]
    name: String,
}

impl EnrollmentSort {
    /// Only the time of enrolling has indexes of its own, over the whole and within a course. Progress and the last visit
    /// move with each report of a player, which an index would make dearer; the rows of one course or person are few enough
    /// to be sorted.
    fn keys(self) -> Sort<Entity, Listed> {
        let sort = if self.is_descending { Sort::<Entity, Listed>::descending } else { Sort::ascending };
        let sort = match self.order {
            EnrollmentOrder::Enrolled => {
                sort("enrolled").by(Column::EnrolledAt, |listed| Scalar::Time(listed.row.enrolled_at))
            }
            EnrollmentOrder::Name => sort("name").by_text(name(), |listed| Scalar::Text(listed.name.clone())),
            EnrollmentOrder::Progress => sort("progress")
                .by(Column::ProgressPercentage, |listed| Scalar::Int(listed.row.progress_percentage.into())),
            EnrollmentOrder::LastActive => sort("active").by_time(last_active(), |listed| {
                Scalar::Time(listed.row.last_accessed.unwrap_or(listed.row.enrolled_at))
            }),
        };
        sort.by(Column::Id, |listed| Scalar::Id(listed.row.id.0))
    }
}

/// One page of the enrolments that the viewer may see.
pub async fn enrollments(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &EnrollmentFilter,
    sort: EnrollmentSort,
    now: DateTime<Utc>,
    request: &PageRequest,
) -> Result<Page<EnrollmentRow>> {
    let page = kernel::page(db, narrowed(viewer, filter, now), &sort.keys(), request).await?;
    Ok(page.map(|listed| listed.row))
}

/// How many [`enrollments`] goes through.
pub async fn count_enrollments(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &EnrollmentFilter,
    now: DateTime<Utc>,
) -> Result<i64> {
    kernel::count(db, narrowed(viewer, filter, now)).await
}

fn narrowed(viewer: &Viewer, filter: &EnrollmentFilter, now: DateTime<Utc>) -> Select<Entity> {
    let select = Entity::visible_to(viewer)
        .apply_if(filter.status, |select, status| select.filter(status.holds(now)))
        .apply_if(filter.user, |select, user| select.filter(Column::UserId.eq(user)))
        .apply_if(filter.course, |select, course| select.filter(Column::CourseId.eq(course)))
        .apply_if(filter.source, |select, source| select.filter(Column::Source.eq(source)))
        .apply_if(filter.expires_before, |select, end| select.filter(Column::ExpiresAt.lt(end)));
    by_progress(select, filter).apply_if(filter.search.clone(), |select, words| {
        words.split_whitespace().fold(select, |select, word| select.filter(dialect::has(name(), word)))
    })
}

fn by_progress(select: Select<Entity>, filter: &EnrollmentFilter) -> Select<Entity> {
    let completed = |is: bool| {
        let completed = Column::Status.eq(EnrollmentStatus::Completed);
        if is { completed } else { completed.not() }
    };
    select
        .apply_if(filter.min_progress, |select, least| select.filter(Column::ProgressPercentage.gte(least)))
        .apply_if(filter.max_progress, |select, most| select.filter(Column::ProgressPercentage.lte(most)))
        .apply_if(filter.is_completed, |select, is| select.filter(completed(is)))
        .apply_if(filter.inactive_since, |select, since| select.filter(last_active().lt(since)))
}

/// Who was never at it counts from the day of the enrolment.
fn last_active() -> Expr {
    let column = |column| Expr::col((Entity, column));
    Func::coalesce([column(Column::LastAccessed), column(Column::EnrolledAt)]).into()
}

/// The name that everybody sees, in small letters; empty for who gave none, and for whose account is not active.
fn name() -> Expr {
    let own = Expr::col((user::Entity, user::Column::Id)).equals((Entity, Column::UserId));
    let shown = Expr::cust("CASE WHEN users.display_name <> '' THEN users.display_name ELSE users.full_name END");
    let names = user::Entity::active_users().filter(own).select_only().expr(shown).into_query();
    let name = Expr::from(SubQueryStatement::from(names));
    Func::lower(Func::coalesce([name, Expr::val("")])).into()
}
