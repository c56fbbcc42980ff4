//! Who waits for a seat: first come, first served. A seat that comes free is offered to the first in the list, and is kept
//! for them until they take it or the deadline passes; then it is offered to the next.

mod joining;
mod offering;
pub mod reading;
mod row;

use accounts::user;
use courses::Taught;
use kernel::{CourseId, Job, Live, Result, Tx, UserId, allow};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select, Set, sea_query::Expr};
use serde::{Deserialize, Serialize};

use crate::{
    WaitlistOutcome,
    expiring::give_back,
    policy::Settle,
    waitlist_entry::{ActiveModel, Column, Entity, Model},
};

pub use joining::{Joined, join, leave};
pub(crate) use joining::{add, leave_all};
pub use offering::set_enrollment_policy;
pub(crate) use offering::settle;
pub use row::{Waiting, WaitlistRow};

/// Looks whether deadlines have passed in a course, and whether there is a seat to be offered.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettleWaitlist {
    pub course: CourseId,
}

impl Job for SettleWaitlist {
    const KIND: &'static str = "settle_waitlist";
}

/// Does what [`SettleWaitlist`] is for. A course that is gone needs nothing.
pub async fn settle_course(tx: &mut Tx, course: CourseId) -> Result<()> {
    match courses::hold(tx, course).await {
        Ok(held) => settle(tx, &held).await,
        Err(kernel::Error::NotFound) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Where somebody is who wants a seat.
pub(crate) enum Place {
    /// A seat is kept for them.
    Offered(Model),
    /// On the list.
    Waiting(Model),
    /// Not on the list, and others are.
    BehindOthers,
    /// Nobody waits.
    Nowhere,
}

/// Where this person is when all deadlines that have passed are dealt with.
pub(crate) async fn place_of(tx: &mut Tx, held: &Taught, user: UserId) -> Result<Place> {
    // Most courses have no list: then there is nothing but seats whose time is over.
    if open(held.id).limit(1).one(&tx.conn).await?.is_none() {
        give_back(tx, held.id).await?;
        return Ok(Place::Nowhere);
    }
    settle(tx, held).await?;
    match open_entry(tx, held.id, user).await? {
        Some(entry) if entry.offered_at.is_some() => Ok(Place::Offered(entry)),
        Some(entry) => Ok(Place::Waiting(entry)),
        None if head(tx, held.id).await?.is_some() => Ok(Place::BehindOthers),
        None => Ok(Place::Nowhere),
    }
}

/// Ends somebody's waiting.
pub(crate) async fn end(tx: &Tx, entry: Model, outcome: WaitlistOutcome) -> Result<Model> {
    let (permit, now) = (allow::<Settle, _>(&tx.viewer, entry)?, tx.now);
    let change = |row: &mut ActiveModel| {
        row.ended_at = Set(Some(now));
        row.outcome = Set(Some(outcome));
    };
    tx.update(permit, change).await
}

pub(crate) async fn open_entry(tx: &Tx, course: CourseId, user: UserId) -> Result<Option<Model>> {
    Ok(open(course).filter(Column::UserId.eq(user)).one(&tx.conn).await?)
}

/// The first of those who have no offer and could take one: whose account is suspended keeps their place, and is passed over
/// until it is active again.
async fn head(tx: &Tx, course: CourseId) -> Result<Option<Model>> {
    let waiting = open(course).filter(Column::OfferedAt.is_null()).filter(is_of_active());
    Ok(waiting.order_by_asc(Column::JoinedAt).order_by_asc(Column::Id).limit(1).one(&tx.conn).await?)
}

/// Asked of each by itself, so that nobody reads all accounts for the first in a list.
fn is_of_active() -> Expr {
    let themselves = Expr::col((user::Entity, user::Column::Id)).equals((Entity, Column::UserId));
    let active = user::Entity::active_users().filter(themselves).select_only().expr(Expr::cust("1"));
    Expr::exists(active.into_query())
}

/// Everybody on the list of a course.
fn open(course: CourseId) -> Select<Entity> {
    Entity::live().filter(Column::CourseId.eq(course)).filter(Column::EndedAt.is_null())
}
