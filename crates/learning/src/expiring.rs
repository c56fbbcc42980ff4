//! Seats of those whose time is over. They have long been shut out: by the clock, see `entitling.rs`. Before a seat is
//! counted theirs are given back, and a job does so on the second; the hourly one finds what came about otherwise.

use chrono::{DateTime, Utc};
use courses::course;
use kernel::{CourseId, EntityId, Error, Live, Result, Tx, allow};
use sea_orm::{
    ColumnTrait, ConnectionTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select, Set,
    sea_query::Expr,
};

use crate::{
    EnrollmentStatus,
    enrollment::{ActiveModel, Column, Entity, Model},
    overseeing::told,
    policy::Settle,
    waitlist::{self, SettleWaitlist},
};

/// A transaction ends so many enrolments: others want the course, too.
const MOST: u64 = 100;

/// Courses with enrolments whose time is over and that still have a seat; some of them.
pub async fn expired_courses(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<CourseId>> {
    let there = course::Entity::live().select_only().column(course::Column::Id).into_query();
    let over = over(now).filter(Column::CourseId.in_subquery(there));
    Ok(over.select_only().column(Column::CourseId).distinct().limit(MOST).into_tuple().all(db).await?)
}

/// Gives the seats of some of them in this course to those who wait; answers how many.
pub async fn expire_enrollments(tx: &mut Tx, course: CourseId) -> Result<u64> {
    let held = match courses::hold(tx, course).await {
        Ok(held) => held,
        Err(Error::NotFound) => return Ok(0),
        Err(error) => return Err(error),
    };
    let seats = give_back(tx, course).await?;
    waitlist::settle(tx, &held).await?;
    Ok(seats)
}

/// Takes the seats of those whose time is over, for whoever holds the course and is about to count them. What is left of very
/// many is for a job.
pub(crate) async fn give_back(tx: &mut Tx, course: CourseId) -> Result<u64> {
    let over = over(tx.now).filter(Column::CourseId.eq(course)).order_by_asc(Column::ExpiresAt).limit(MOST);
    let over = over.all(&tx.conn).await?;
    let seats = over.len() as u64;
    if seats == 0 {
        return Ok(0);
    }
    for enrollment in over {
        let permit = allow::<Settle, _>(&tx.viewer, enrollment)?;
        let change = |row: &mut ActiveModel| row.status = Set(EnrollmentStatus::Expired);
        let expired: Model = tx.update(permit, change).await?;
        tx.record(told("enrollment.expired", &expired)).await?;
    }
    courses::free_seats(tx, course, seats as i64, 0).await?;
    if seats == MOST {
        tx.enqueue(&SettleWaitlist { course }).await?;
    }
    Ok(seats)
}

/// Has the seat given to who waits when the time of this enrolment is over. One job for all of a course that end in the same
/// second.
pub(crate) async fn settle_at_the_end(tx: &mut Tx, enrollment: &Model) -> Result<()> {
    let Some(end) = enrollment.expires_at.filter(|end| *end > tx.now) else {
        return Ok(());
    };
    let course = enrollment.course_id;
    let second = DateTime::from_timestamp(end.timestamp(), 0).filter(|second| *second == end);
    let at = second.or_else(|| DateTime::from_timestamp(end.timestamp().saturating_add(1), 0)).unwrap_or(end);
    let key = format!("settle_waitlist:{}:{}", course.to_wire(), at.timestamp());
    tx.enqueue_once(&key, &SettleWaitlist { course }, at).await.map(|_| ())
}

/// To the letter as in the index: with a parameter SQLite would not use it.
fn over(now: DateTime<Utc>) -> Select<Entity> {
    let is_active = Expr::col(Column::Status).eq(Expr::cust("'active'"));
    Entity::live().filter(is_active).filter(Column::ExpiresAt.is_not_null()).filter(Column::ExpiresAt.lte(now))
}
