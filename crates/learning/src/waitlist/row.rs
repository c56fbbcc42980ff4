use chrono::{DateTime, Utc};
use kernel::{CourseId, UserId, WaitlistEntryId};
use sea_orm::{DerivePartialModel, prelude::DateTimeUtc};

use crate::{
    WaitlistOutcome,
    waitlist_entry::{Entity, Model},
};

/// Somebody's place on a waitlist.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "Entity")]
pub struct WaitlistRow {
    pub id: WaitlistEntryId,
    pub user_id: UserId,
    pub course_id: CourseId,
    pub joined_at: DateTimeUtc,
    pub offered_at: Option<DateTimeUtc>,
    pub offer_expires_at: Option<DateTimeUtc>,
    pub ended_at: Option<DateTimeUtc>,
    pub outcome: Option<WaitlistOutcome>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// How the waiting goes at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    Waiting,
    Offered,
    Enrolled,
    Left,
    Lapsed,
}

impl WaitlistRow {
    /// An offer is over as soon as its time has come, whether that has been written down or not.
    pub fn standing(&self, now: DateTime<Utc>) -> Waiting {
        match (self.outcome, self.offer_expires_at) {
            (Some(WaitlistOutcome::Enrolled), _) => Waiting::Enrolled,
            (Some(WaitlistOutcome::Left), _) => Waiting::Left,
            (Some(WaitlistOutcome::Lapsed), _) => Waiting::Lapsed,
            (None, Some(end)) if end <= now => Waiting::Lapsed,
            (None, Some(_)) => Waiting::Offered,
            (None, None) => Waiting::Waiting,
        }
    }
}

impl From<Model> for WaitlistRow {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            user_id: row.user_id,
            course_id: row.course_id,
            joined_at: row.joined_at,
            offered_at: row.offered_at,
            offer_expires_at: row.offer_expires_at,
            ended_at: row.ended_at,
            outcome: row.outcome,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}
