//! When who has sat a quiz learns what would have been right.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kernel::{Live, QuizId, Result, dialect};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QuerySelect};

use super::is_over;
use crate::{AttemptRow, AttemptStatus, ShowKeyAfter, quiz, quiz_accommodation, quiz_attempt, versions::QuizSnapshot};

impl AttemptRow {
    /// Are answers still taken?
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.status == AttemptStatus::InProgress && !is_over(self.expires_at, self.grace_period, now)
    }
}

/// May who sat it see the key? `last` is until when somebody can still hand in, [`last_dues`].
pub(super) fn shows_key(
    quiz: &QuizSnapshot,
    attempt: &AttemptRow,
    last: Option<DateTime<Utc>>,
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
        ShowKeyAfter::Due => is_over(quiz.due_at.zip(last).map(|(due, last)| due.max(last)), quiz.grace_period, now),
    }
}

/// Until when somebody can hand in at each quiz: as it is set now, which may be later than when it was sat, as it was granted
/// to anybody, and for those who sit there. None: without end.
pub(super) async fn last_dues(
    db: &impl ConnectionTrait,
    quizzes: &[QuizId],
) -> Result<HashMap<QuizId, Option<DateTime<Utc>>>> {
    let mut last: HashMap<QuizId, Option<DateTime<Utc>>> = set_dues(db, quizzes).await?.into_iter().collect();
    for (quiz, until) in granted_dues(db, quizzes).await?.into_iter().chain(open_dues(db, quizzes).await?) {
        let known = last.entry(quiz).or_insert(until);
        *known = known.zip(until).map(|(known, until)| known.max(until));
    }
    Ok(last)
}

type Dues = Vec<(QuizId, Option<DateTime<Utc>>)>;

async fn set_dues(db: &impl ConnectionTrait, quizzes: &[QuizId]) -> Result<Dues> {
    use quiz::{Column, Entity};
    let which = dialect::any_of(db.get_database_backend(), (Entity, Column::Id), quizzes);
    let set = Entity::live().filter(which).select_only().column(Column::Id).column(Column::DueAt);
    Ok(set.into_tuple().all(db).await?)
}

async fn granted_dues(db: &impl ConnectionTrait, quizzes: &[QuizId]) -> Result<Dues> {
    use quiz_accommodation::{Column, Entity};
    let which = dialect::any_of(db.get_database_backend(), (Entity, Column::QuizId), quizzes);
    let granted = Entity::live().filter(which).filter(Column::DueAt.is_not_null()).select_only();
    Ok(granted.column(Column::QuizId).column(Column::DueAt).into_tuple().all(db).await?)
}

/// They go on by the terms under which they were begun.
async fn open_dues(db: &impl ConnectionTrait, quizzes: &[QuizId]) -> Result<Dues> {
    use quiz_attempt::{Column, Entity};
    let which = dialect::any_of(db.get_database_backend(), (Entity, Column::QuizId), quizzes);
    let open = Entity::live().filter(which).filter(Column::Status.eq(AttemptStatus::InProgress)).select_only();
    Ok(open.column(Column::QuizId).column(Column::ExpiresAt).distinct().into_tuple().all(db).await?)
}
