use chrono::{DateTime, Utc};
use courses::Taught;
use kernel::{AccommodationId, AuditRecord, Check, EntityId, Error, Live, Permit, QuizId, Result, Tx, UserId};
use sea_orm::{
    ColumnTrait, ExprTrait, QueryFilter, QuerySelect, Set,
    sea_query::{Expr, OnConflict},
};

use crate::{
    AccommodationRow, AttemptStatus,
    attempting::{CloseAttempt, Terms, accommodation_of, papers_of},
    hand_grading::graded,
    policy::Grade,
    quiz_accommodation,
    quiz_accommodation::{ActiveModel, Column, Entity, Model},
    quiz_attempt,
    rules::{
        ACCOMMODATION_ATTEMPTS_INVALID, ACCOMMODATION_EMPTY, ACCOMMODATION_FACTOR_INVALID, ACCOMMODATION_NONE,
        ACCOMMODATION_NOT_LEARNER, ACCOMMODATION_REASON_INVALID, ACCOMMODATION_TIME_INVALID, QUIZ_WINDOW_INVALID,
    },
    wording::{clean, is_text},
};

/// What to grant whom, where; it takes the place of what was granted before.
#[derive(Clone, Debug)]
pub struct Accommodation {
    pub user: UserId,
    pub quiz: QuizId,
    pub extra_minutes: i32,
    /// 100 is the time that everybody has.
    pub time_percent: i32,
    pub extra_attempts: i32,
    pub opens_at: Option<DateTime<Utc>>,
    pub due_at: Option<DateTime<Utc>>,
    pub reason: String,
}

impl Accommodation {
    fn check(&mut self) -> Result<()> {
        self.reason = clean(&self.reason);
        let is_window = self.opens_at.zip(self.due_at).is_none_or(|(opens, due)| opens < due);
        let is_empty = self.extra_minutes == 0 && self.time_percent == 100 && self.extra_attempts == 0;
        let mut check = Check::new();
        check.require((0..=10_080).contains(&self.extra_minutes), ACCOMMODATION_TIME_INVALID.at("extraTimeMinutes"));
        check.require((100..=1_000).contains(&self.time_percent), ACCOMMODATION_FACTOR_INVALID.at("timeFactor"));
        check.require((0..=100).contains(&self.extra_attempts), ACCOMMODATION_ATTEMPTS_INVALID.at("extraAttempts"));
        check.require(is_window, QUIZ_WINDOW_INVALID.at("dueAt"));
        check.require(is_text(&self.reason, 2_000), ACCOMMODATION_REASON_INVALID.at("reason"));
        let says_nothing = is_empty && self.opens_at.is_none() && self.due_at.is_none();
        check.require(!says_nothing, ACCOMMODATION_EMPTY.at("extraTimeMinutes"));
        check.done()
    }
}

/// Grants it, in place of what was granted before. Who sits the quiz at the moment has the new deadline at once.
pub async fn grant_accommodation(tx: &mut Tx, mut new: Accommodation) -> Result<AccommodationRow> {
    let permit = graded(tx, new.quiz).await?;
    new.check()?;
    if !crate::attempting::is_learner(&tx.conn, new.user, permit.id).await? {
        return Err(ACCOMMODATION_NOT_LEARNER.at("userId").into());
    }
    let before = accommodation_of(&tx.conn, new.user, new.quiz).await?;
    put(tx, &permit, &new).await?;
    let after = accommodation_of(&tx.conn, new.user, new.quiz).await?.ok_or(Error::NotFound)?;
    move_deadline(tx, &permit, &after, Some(&after)).await?;
    record(tx, "accommodation.granted", before.as_ref(), &after).await?;
    now(tx, after.id).await
}

/// Takes back what was granted. Who sits the quiz at the moment has what everybody has, at once.
pub async fn remove_accommodation(tx: &mut Tx, user: UserId, quiz: QuizId) -> Result<()> {
    let permit = graded(tx, quiz).await?;
    let granted = accommodation_of(&tx.conn, user, quiz).await?;
    let granted = granted.ok_or(ACCOMMODATION_NONE.at("userId"))?;
    tx.delete_where::<_, _, Entity>(&permit, Column::Id.eq(granted.id)).await?;
    move_deadline(tx, &permit, &granted, None).await?;
    record(tx, "accommodation.removed", Some(&granted), &granted).await
}

/// One living row for each person and quiz: of two who grant at once, the later one holds.
async fn put(tx: &mut Tx, permit: &Permit<Grade, Taught>, new: &Accommodation) -> Result<()> {
    let row = ActiveModel {
        id: Set(tx.new_id()?),
        user_id: Set(new.user),
        quiz_id: Set(new.quiz),
        extra_minutes: Set(new.extra_minutes),
        time_percent: Set(new.time_percent),
        extra_attempts: Set(new.extra_attempts),
        opens_at: Set(new.opens_at),
        due_at: Set(new.due_at),
        reason: Set(new.reason.clone()),
        ..Default::default()
    };
    let mut anew = OnConflict::columns([Column::UserId, Column::QuizId]);
    anew.target_and_where(Expr::col(Column::IsDeleted).eq(Expr::cust("FALSE")));
    anew.update_columns([
        Column::ExtraMinutes,
        Column::TimePercent,
        Column::ExtraAttempts,
        Column::OpensAt,
        Column::DueAt,
        Column::Reason,
        Column::UpdatedAt,
        Column::UpdatedBy,
    ]);
    tx.put_each(permit, vec![row], anew).await?;
    Ok(())
}

/// The attempt that is under way, if there is one, ends by the new terms. A job for the new deadline comes with it; the old one
/// finds the attempt open, or closed, and does nothing.
async fn move_deadline(tx: &mut Tx, permit: &Permit<Grade, Taught>, of: &Model, granted: Option<&Model>) -> Result<()> {
    use quiz_attempt::{Column, Entity};
    let open = Entity::live().filter(Column::UserId.eq(of.user_id)).filter(Column::QuizId.eq(of.quiz_id));
    let open = open.filter(Column::Status.eq(AttemptStatus::InProgress)).lock_exclusive().all(&tx.conn).await?;
    let papers = papers_of(&tx.conn, &open).await?;
    for mut attempt in open {
        let Some(paper) = papers.get(&attempt.id) else { continue };
        let expires_at = Terms::of(&paper.quiz, granted).expires_at(attempt.started_at);
        // What is over stays over: its answers count as they were at its deadline.
        if expires_at == attempt.expires_at || !attempt.is_open(tx.now) {
            continue;
        }
        let moved = vec![(Column::ExpiresAt, Expr::val(expires_at))];
        tx.change_where::<_, _, Entity>(permit, Column::Id.eq(attempt.id), moved).await?;
        let time = |time: Option<DateTime<Utc>>| time.map(|time| time.to_rfc3339());
        let record = AuditRecord::new("attempt.deadline_moved", attempt.id);
        tx.record(record.change("expiresAt", time(attempt.expires_at), time(expires_at))).await?;
        attempt.expires_at = expires_at;
        CloseAttempt::enqueue(tx, &attempt).await?;
    }
    Ok(())
}

async fn record(tx: &mut Tx, action: &'static str, before: Option<&Model>, after: &Model) -> Result<()> {
    let time = |time: Option<DateTime<Utc>>| time.map(|time| time.to_rfc3339());
    let mut record = AuditRecord::new(action, after.id)
        .with("userId", after.user_id.to_wire())
        .with("quizId", after.quiz_id.to_wire())
        .reason(after.reason.clone());
    let of = |get: fn(&Model) -> i32, otherwise: i32| before.map_or(otherwise, get);
    record = record
        .change("extraTimeMinutes", of(|it| it.extra_minutes, 0), after.extra_minutes)
        .change("timePercent", of(|it| it.time_percent, 100), after.time_percent)
        .change("extraAttempts", of(|it| it.extra_attempts, 0), after.extra_attempts)
        .change("opensAt", time(before.and_then(|it| it.opens_at)), time(after.opens_at))
        .change("dueAt", time(before.and_then(|it| it.due_at)), time(after.due_at));
    tx.record(record).await
}

async fn now(tx: &Tx, id: AccommodationId) -> Result<AccommodationRow> {
    let found = quiz_accommodation::Entity::live().filter(Column::Id.eq(id)).into_partial_model();
    found.one(&tx.conn).await?.ok_or(Error::NotFound)
}
