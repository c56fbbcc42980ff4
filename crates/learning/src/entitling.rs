//! Who may learn at a moment. Time decides, and no job: what a job writes down later changes nothing here.

use chrono::{DateTime, Utc};
use kernel::{CourseId, Live, Result, UserId};
use sea_orm::{ColumnTrait, ConnectionTrait, ExprTrait, PaginatorTrait, QueryFilter, sea_query::Expr};

use crate::{
    EnrollmentRow, EnrollmentStatus,
    enrollment::{Column, Entity},
};

/// Where an enrolment stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    Active,
    Completed,
    Dropped,
    Expired,
    Suspended,
}

/// May this person open what is in the course? Everybody who has to know that asks here.
pub async fn entitled(db: &impl ConnectionTrait, user: UserId, course: CourseId, now: DateTime<Utc>) -> Result<bool> {
    let own = Entity::live().filter(Column::UserId.eq(user)).filter(Column::CourseId.eq(course));
    Ok(own.filter(entitles(now)).count(db).await? > 0)
}

/// An enrolment by which one may open what is in the course at this moment.
pub fn entitles(now: DateTime<Utc>) -> Expr {
    let living = Column::Status.is_in([EnrollmentStatus::Active, EnrollmentStatus::Completed]);
    living.and(Column::SuspendedAt.is_null()).and(ends_after(now))
}

fn ends_after(now: DateTime<Utc>) -> Expr {
    Column::ExpiresAt.is_null().or(Column::ExpiresAt.gt(now))
}

impl Standing {
    /// Of what is stored. What was completed stays so when its time is over: it is a fact.
    pub fn of(row: &EnrollmentRow, now: DateTime<Utc>) -> Self {
        let is_over = row.expires_at.is_some_and(|end| end <= now);
        match row.status {
            EnrollmentStatus::Dropped => Self::Dropped,
            EnrollmentStatus::Expired => Self::Expired,
            EnrollmentStatus::Active if is_over => Self::Expired,
            _ if row.suspended_at.is_some() => Self::Suspended,
            EnrollmentStatus::Active => Self::Active,
            EnrollmentStatus::Completed => Self::Completed,
        }
    }

    /// The enrolments that stand there: [`Self::of`] in SQL.
    pub fn holds(self, now: DateTime<Utc>) -> Expr {
        let is = |status: EnrollmentStatus| Column::Status.eq(status);
        let goes_on = || is(EnrollmentStatus::Active).and(ends_after(now));
        let rests = Column::SuspendedAt.is_not_null();
        match self {
            Self::Dropped => is(EnrollmentStatus::Dropped),
            Self::Expired => {
                is(EnrollmentStatus::Expired).or(is(EnrollmentStatus::Active).and(Column::ExpiresAt.lte(now)))
            }
            Self::Suspended => rests.and(is(EnrollmentStatus::Completed).or(goes_on())),
            Self::Active => goes_on().and(Column::SuspendedAt.is_null()),
            Self::Completed => is(EnrollmentStatus::Completed).and(Column::SuspendedAt.is_null()),
        }
    }
}

impl EnrollmentRow {
    /// May the person open what is in the course? [`entitles`] of one row.
    pub fn is_entitled(&self, now: DateTime<Utc>) -> bool {
        let is_over = self.expires_at.is_some_and(|end| end <= now);
        matches!(Standing::of(self, now), Standing::Active | Standing::Completed) && !is_over
    }
}
