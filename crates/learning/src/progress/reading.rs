//! What learners ask of their own progress.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kernel::{CourseId, EnrollmentId, Live, Result, Viewer};
use sea_orm::{
    ColumnTrait, ConnectionTrait, Order, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Func},
};

use super::standing::Standing;
use crate::{EnrollmentRow, EnrollmentStatus, enrollment};

/// Where one's own enrolments stand.
pub async fn own_standings(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[EnrollmentId],
) -> Result<HashMap<EnrollmentId, Standing>> {
    if viewer.id().is_none() {
        return Ok(HashMap::new());
    }
    super::standings(db, ids).await
}

/// One's own enrolment in a course, whatever became of it.
pub async fn own_enrollment(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    course: CourseId,
) -> Result<Option<EnrollmentRow>> {
    use enrollment::Column::{CourseId, UserId};
    let Some(user) = viewer.id() else {
        return Ok(None);
    };
    let own = enrollment::Entity::live().filter(UserId.eq(user)).filter(CourseId.eq(course));
    Ok(own.into_partial_model::<EnrollmentRow>().one(db).await?)
}

/// The courses that one takes at present and may go on with, the one that one was at last first.
pub async fn to_continue(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    now: DateTime<Utc>,
    first: u64,
) -> Result<Vec<EnrollmentRow>> {
    use enrollment::Column::{EnrolledAt, Id, LastAccessed, Status, UserId};
    let Some(user) = viewer.id() else {
        return Ok(vec![]);
    };
    let at = Expr::expr(Func::coalesce([Expr::col(LastAccessed), Expr::col(EnrolledAt)]));
    let own = enrollment::Entity::live().filter(UserId.eq(user)).filter(Status.eq(EnrollmentStatus::Active));
    let own = own.filter(crate::entitles(now)).order_by(at, Order::Desc).order_by_desc(Id).limit(first);
    Ok(own.into_partial_model::<EnrollmentRow>().all(db).await?)
}
