//! When who has sat a quiz learns what would have been right.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kernel::{Live, QuizId, Result, dialect};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QuerySelect};

use super::is_over;
use crate::{AttemptRow, AttemptStatus, ShowKeyAfter, quiz_accommodation, versions::QuizSnapshot};

impl AttemptRow {
    /// Are answers still taken?
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.status == AttemptStatus::InProgress && !is_over(self.expires_at, self.grace_period, now)
    }
}

/// May who sat it see the key? `last_due` is when the last one has to hand in to whom a window of their own was granted.
pub(super) fn shows_key(
    quiz: &QuizSnapshot,
    attempt: &AttemptRow,
    last_due: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> bool {
    if attempt.status == AttemptStatus::InProgress {
        return false;
    }
    match quiz.show_key_after {
        ShowKeyAfter::Never => false,
        ShowKeyAfter::Submission => true,
        ShowKeyAfter::Release => !attempt.is_held,
        // With no end somebody can always hand it in.
        ShowKeyAfter::Due => quiz.due_at.is_some() && is_over(quiz.due_at.max(last_due), quiz.grace_period, now),
    }
}

/// The latest due date that was granted to anybody at each quiz.
pub(super) async fn last_dues(db: &impl ConnectionTrait, quizzes: &[QuizId]) -> Result<HashMap<QuizId, DateTime<Utc>>> {
    use quiz_accommodation::{Column, Entity};
    let which = dialect::any_of(db.get_database_backend(), (Entity, Column::QuizId), quizzes);
    let granted = Entity::live().filter(which).filter(Column::DueAt.is_not_null()).select_only();
    let granted = granted.column(Column::QuizId).column(Column::DueAt);
    let mut last: HashMap<QuizId, DateTime<Utc>> = HashMap::new();
    for (quiz, due) in granted.into_tuple::<(QuizId, DateTime<Utc>)>().all(db).await? {
        let known = last.entry(quiz).or_insert(due);
        *known = Ord::max(*known, due);
    }
    Ok(last)
}
