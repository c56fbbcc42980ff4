use kernel::{AttemptId, AuditRecord, EntityId, Error, Live, Permit, Result, Tx, UserId, allow};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use super::{CloseAttempt, Layout, Paper, Terms, accommodation_of, close, now};
use crate::{
    AttemptRow, AttemptStatus, ShowKeyAfter,
    policy::Sit,
    quiz,
    quiz_attempt::{ActiveModel, Column, Entity, Model},
    regrading::changes_of,
    rules::{ATTEMPT_LIMIT_REACHED, ATTEMPT_NEEDS_ENROLLMENT, QUIZ_NOT_OPEN, QUIZ_NOT_PUBLISHED, QUIZ_OVER},
    versions::{QuizSnapshot, ensure_frozen},
};

/// Somebody before a quiz.
pub struct Place {
    pub user: UserId,
    pub quiz: quiz::Model,
    pub is_entitled: bool,
}

/// Begins an attempt at the latest version of a quiz, or answers the one that is open. Of many at once no more begin than there
/// are numbers: each number is taken by the unique index, and of open attempts there is one by another.
pub async fn start_attempt(tx: &mut Tx, id: kernel::QuizId) -> Result<AttemptRow> {
    let permit = place(tx, id).await?;
    // Who took the number or opened an attempt meanwhile has committed: what they did is there at the next look.
    for _ in 0..TRIES {
        match latest(tx, &permit).await? {
            Some(open) if open.is_open(tx.now) => return now(tx, open.id).await,
            Some(over) if over.status == AttemptStatus::InProgress => {
                close(tx, &[over.id]).await?;
            }
            last => {
                let number = last.map_or(0, |last| last.attempt_number).saturating_add(1);
                if let Some(begun) = begin(tx, &permit, number).await? {
                    return now(tx, begun).await;
                }
            }
        }
    }
    Err(Error::Internal("an attempt could not be begun".into()))
}

/// Each lost turn is an attempt that somebody else began: no more than these follow each other.
const TRIES: usize = 100;

async fn place(tx: &Tx, id: kernel::QuizId) -> Result<Permit<Sit, Place>> {
    let user = tx.viewer.person()?;
    let found = quiz::Entity::visible_to(&tx.viewer).filter(quiz::Column::Id.eq(id)).one(&tx.conn).await?;
    let quiz = found.ok_or(Error::NotFound)?;
    let is_entitled = learning::entitled(&tx.conn, user, quiz.course_id, tx.now).await?;
    // Not `FORBIDDEN`: one can do something about it.
    if !is_entitled {
        return Err(ATTEMPT_NEEDS_ENROLLMENT.at("quizId").into());
    }
    let permit = allow::<Sit, _>(&tx.viewer, Place { user, quiz, is_entitled })?;
    if !permit.quiz.is_published {
        return Err(QUIZ_NOT_PUBLISHED.at("quizId").into());
    }
    Ok(permit)
}

/// The person's attempt with the highest number.
async fn latest(tx: &Tx, place: &Place) -> Result<Option<Model>> {
    let own = Entity::live().filter(Column::UserId.eq(place.user)).filter(Column::QuizId.eq(place.quiz.id));
    Ok(own.order_by_desc(Column::AttemptNumber).one(&tx.conn).await?)
}

/// None when somebody was faster.
async fn begin(tx: &mut Tx, permit: &Permit<Sit, Place>, number: i32) -> Result<Option<AttemptId>> {
    let (version, quiz) = version(tx, permit).await?;
    let granted = accommodation_of(&tx.conn, permit.user, permit.quiz.id).await?;
    let terms = Terms::of(&quiz, granted.as_ref());
    check(&terms, number, tx.now)?;
    let seed = i64::from_be_bytes(tx.random()?);
    let layout = Layout::draw(&quiz, seed)?;
    let mut changes = changes_of(&tx.conn, &[permit.quiz.id]).await?;
    let changes = changes.remove(&permit.quiz.id).unwrap_or_default();
    let column = layout.column()?;
    let most = Paper::of(quiz.clone(), Some(&column), seed)?.regraded(version, &changes)?.points();
    let expires_at = terms.expires_at(tx.now);
    let row = ActiveModel {
        id: Set(tx.new_id()?),
        user_id: Set(permit.user),
        quiz_id: Set(permit.quiz.id),
        attempt_number: Set(number),
        status: Set(AttemptStatus::InProgress),
        started_at: Set(tx.now),
        expires_at: Set(expires_at),
        quiz_version: Set(version),
        seed: Set(seed),
        max_score: Set(most),
        layout: Set(Some(column)),
        grace_period: Set(quiz.grace_period),
        is_held: Set(quiz.show_key_after == ShowKeyAfter::Release),
        ..Default::default()
    };
    let Some(attempt) = tx.insert_unless_taken(permit, row).await? else {
        return Ok(None);
    };
    CloseAttempt::enqueue(tx, &attempt).await?;
    let record = AuditRecord::new("attempt.started", attempt.id).with("quizId", attempt.quiz_id.to_wire());
    tx.record(record.with("attemptNumber", number)).await?;
    Ok(Some(attempt.id))
}

fn check(terms: &Terms, number: i32, now: chrono::DateTime<chrono::Utc>) -> Result<()> {
    if terms.opens_at.is_some_and(|opens| now < opens) {
        return Err(QUIZ_NOT_OPEN.at("quizId").into());
    }
    if terms.due_at.is_some_and(|due| now >= due) {
        return Err(QUIZ_OVER.at("quizId").into());
    }
    if number > terms.max_attempts {
        return Err(ATTEMPT_LIMIT_REACHED.at("quizId").into());
    }
    Ok(())
}

/// The latest version. A quiz that was published before there were any is frozen now, by one at a time.
async fn version(tx: &mut Tx, permit: &Permit<Sit, Place>) -> Result<(i32, QuizSnapshot)> {
    use crate::quiz_version::{Column, Entity};
    let versions = Entity::live().filter(Column::QuizId.eq(permit.quiz.id));
    let version = match versions.order_by_desc(Column::Number).one(&tx.conn).await? {
        Some(version) => version,
        None => {
            let quiz = quiz::Entity::live().filter(quiz::Column::Id.eq(permit.quiz.id)).lock_exclusive();
            let quiz = quiz.one(&tx.conn).await?.ok_or(Error::NotFound)?;
            ensure_frozen(tx, permit, &quiz).await?
        }
    };
    Ok((version.number, QuizSnapshot::read(&version.snapshot)?))
}
