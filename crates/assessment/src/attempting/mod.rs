//! How a quiz is sat: begun, answered, handed in, by who sits it or by the clock. The attempt's row is locked by all that
//! depends on its being open.

mod closing;
mod closing_rest;
mod entitling;
mod layout;
mod marking;
mod paper;
mod passing;
mod receipt;
mod results;
mod saving;
mod showing;
mod starting;
mod terms;

pub(crate) use closing::close;
pub use closing::{CloseAttempt, close_all, close_due, submit_attempt};
pub(crate) use closing_rest::hand_in_of_quiz;
pub use closing_rest::{CloseRest, close_rest, hand_in_of_learner};
pub(crate) use entitling::is_learner;
pub use layout::Layout;
pub(crate) use marking::{Standing, standing};
pub use paper::{Asked, Paper, Sheet, papers};
pub(crate) use paper::{answers_of, papers_of};
pub(crate) use passing::{Settled, is_settled, settle, settle_all};
pub use receipt::{Receipt, is_statement};
pub(crate) use results::own;
pub use results::{QuizGrade, overall, own_grades};
pub use saving::{Kept, NewAnswer, save_answers};
pub use starting::{Place, start_attempt};
pub use terms::Terms;
pub(crate) use terms::accommodation_of;

use std::ops::Deref;

use chrono::{DateTime, Duration, Utc};
use kernel::{AttemptId, Error, Live, Result, Tx};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};

use crate::{AttemptStatus, quiz_attempt};

/// Attempts that something is done to at once.
pub struct Sittings(pub Vec<quiz_attempt::Model>);

impl Deref for Sittings {
    type Target = [quiz_attempt::Model];

    fn deref(&self) -> &[quiz_attempt::Model] {
        &self.0
    }
}

/// Is the time over, with all grace?
pub fn is_over(expires_at: Option<DateTime<Utc>>, grace: i32, now: DateTime<Utc>) -> bool {
    expires_at.is_some_and(|expires| now >= expires + Duration::seconds(grace.into()))
}

impl quiz_attempt::Model {
    /// Are answers still taken?
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.status == AttemptStatus::InProgress && !is_over(self.expires_at, self.grace_period, now)
    }
}

/// Where an attempt stays what it is until the transaction ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lock {
    /// Others may look at it meanwhile, and keep it as it is, too.
    Shared,
    Exclusive,
}

/// The attempt, locked, if the viewer may see it.
pub(crate) async fn locked(tx: &Tx, id: AttemptId, lock: Lock) -> Result<quiz_attempt::Model> {
    let found = quiz_attempt::Entity::visible_to(&tx.viewer).filter(quiz_attempt::Column::Id.eq(id));
    let found = if lock == Lock::Shared { found.lock_shared() } else { found.lock_exclusive() };
    found.one(&tx.conn).await?.ok_or(Error::NotFound)
}

/// The attempt as the transaction has made it.
pub(crate) async fn now(tx: &Tx, id: AttemptId) -> Result<crate::AttemptRow> {
    let found = quiz_attempt::Entity::live().filter(quiz_attempt::Column::Id.eq(id)).into_partial_model();
    found.one(&tx.conn).await?.ok_or(Error::NotFound)
}
