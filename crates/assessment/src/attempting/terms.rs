//! What holds for one person at one quiz: the quiz's own terms, and what the person is granted beyond them.

use chrono::{DateTime, Duration, Utc};
use kernel::{Live, QuizId, Result, UserId};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter};

use crate::{quiz_accommodation, versions::QuizSnapshot};

/// When and how often somebody may sit a quiz.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    pub opens_at: Option<DateTime<Utc>>,
    pub due_at: Option<DateTime<Utc>>,
    /// How long an attempt may take.
    pub time_limit: Option<Duration>,
    pub max_attempts: i32,
}

impl Terms {
    pub fn of(quiz: &QuizSnapshot, granted: Option<&quiz_accommodation::Model>) -> Self {
        let percent = granted.map_or(100, |granted| granted.time_percent);
        let extra = Duration::minutes(granted.map_or(0, |granted| granted.extra_minutes).into());
        let limit = |minutes: i32| Duration::seconds(i64::from(minutes) * 60 * i64::from(percent) / 100) + extra;
        Self {
            opens_at: granted.and_then(|granted| granted.opens_at).or(quiz.opens_at),
            due_at: granted.and_then(|granted| granted.due_at).or(quiz.due_at),
            time_limit: quiz.time_limit.map(limit),
            max_attempts: quiz.max_attempts.saturating_add(granted.map_or(0, |granted| granted.extra_attempts)),
        }
    }

    /// Until when an attempt begun then has to be handed in.
    pub fn expires_at(&self, started_at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let by_limit = self.time_limit.map(|limit| started_at + limit);
        match (by_limit, self.due_at) {
            (Some(limit), Some(due)) => Some(limit.min(due)),
            (limit, due) => limit.or(due),
        }
    }
}

/// What the person is granted at the quiz.
pub(crate) async fn accommodation_of(
    db: &impl ConnectionTrait,
    user: UserId,
    quiz: QuizId,
) -> Result<Option<quiz_accommodation::Model>> {
    use quiz_accommodation::{Column, Entity};
    Ok(Entity::live().filter(Column::UserId.eq(user)).filter(Column::QuizId.eq(quiz)).one(db).await?)
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use kernel::{AccommodationId, UserId};
    use sea_orm::prelude::Uuid;

    use super::*;
    use crate::{GradeMethod, QuizType, ShowKeyAfter};

    fn at(hour: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 7, 1, hour, 0, 0).unwrap()
    }

    fn quiz(time_limit: Option<i32>, due_at: Option<DateTime<Utc>>) -> QuizSnapshot {
        QuizSnapshot {
            title: String::new(),
            description: String::new(),
            quiz_type: QuizType::Graded,
            passing_score: 0,
            time_limit,
            max_attempts: 2,
            is_randomized: false,
            opens_at: None,
            due_at,
            show_key_after: ShowKeyAfter::Never,
            grade_method: GradeMethod::Highest,
            is_required: false,
            grace_period: 0,
            items: vec![],
        }
    }

    fn granted(extra_minutes: i32, time_percent: i32, due_at: Option<DateTime<Utc>>) -> quiz_accommodation::Model {
        quiz_accommodation::Model {
            id: AccommodationId(Uuid::nil()),
            user_id: UserId(Uuid::nil()),
            quiz_id: QuizId(Uuid::nil()),
            extra_minutes,
            time_percent,
            extra_attempts: 3,
            opens_at: None,
            due_at,
            reason: String::new(),
            created_at: at(0),
            created_by: None,
            updated_at: at(0),
            updated_by: None,
            is_deleted: false,
            deleted_at: None,
            deleted_by: None,
        }
    }

    #[test]
    fn the_deadline_is_the_earlier_of_the_limit_and_the_due_date() {
        for (limit, due, expires) in [
            (None, None, None),
            (Some(60), None, Some(at(13))),
            (None, Some(at(15)), Some(at(15))),
            (Some(60), Some(at(15)), Some(at(13))),
            (Some(600), Some(at(15)), Some(at(15))),
        ] {
            assert_eq!(Terms::of(&quiz(limit, due), None).expires_at(at(12)), expires, "{limit:?} {due:?}");
        }
    }

    #[test]
    fn what_is_granted_is_beyond_what_everybody_has() {
        let terms = Terms::of(&quiz(Some(60), Some(at(13))), Some(&granted(60, 200, Some(at(20)))));
        assert_eq!((terms.expires_at(at(12)), terms.max_attempts), (Some(at(15)), 5));
        // No limit is not made longer.
        assert_eq!(Terms::of(&quiz(None, None), Some(&granted(60, 200, None))).expires_at(at(12)), None);
    }
}
