use chrono::Duration;
use kernel::{AttemptId, AuditRecord, EntityId, Error, Job, Live, QuizId, Result, Tx, allow, dialect};
use sea_orm::{
    ColumnTrait, ExprTrait, IntoSimpleExpr, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{CaseStatement, Expr},
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    Sittings, Standing, is_over, now,
    paper::{answers_of, papers_of},
    passing::settle,
    receipt::digest,
    standing,
};
use crate::{
    AnswerRow, AttemptRow, AttemptStatus,
    policy::Sit,
    quiz_answer,
    quiz_attempt::{Column, Entity, Model},
};

/// Hands an attempt in whose time is over. One whose deadline was moved meanwhile is left to the job that came with that.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CloseAttempt {
    pub attempt: AttemptId,
}

impl Job for CloseAttempt {
    const KIND: &'static str = "close_attempt";
}

impl CloseAttempt {
    /// Due when the attempt's time is over with all grace; there is none where nothing ends it.
    pub(crate) async fn enqueue(tx: &mut Tx, attempt: &Model) -> Result<()> {
        if let Some(expires) = attempt.expires_at {
            let due = expires + Duration::seconds(attempt.grace_period.into());
            tx.enqueue_at(&Self { attempt: attempt.id }, due).await?;
        }
        Ok(())
    }
}

/// Hands an attempt in with what has been saved, and grades it. Who does it again hears the same.
pub async fn submit_attempt(tx: &mut Tx, id: AttemptId) -> Result<AttemptRow> {
    let found = Entity::visible_to(&tx.viewer).filter(Column::Id.eq(id)).one(&tx.conn).await?;
    let permit = allow::<Sit, _>(&tx.viewer, Sittings(vec![found.ok_or(Error::NotFound)?]))?;
    // Whether it still is, is asked again once it is locked.
    if permit.iter().any(|attempt| attempt.status == AttemptStatus::InProgress) {
        close(tx, &[id]).await?;
    }
    now(tx, id).await
}

/// What the job does.
pub async fn close_due(tx: &mut Tx, id: AttemptId) -> Result<()> {
    keep_regrades_away(tx, &[id]).await?;
    let attempt = Entity::live().filter(Column::Id.eq(id)).lock_exclusive().one(&tx.conn).await?;
    let is_due = |attempt: &Model| {
        let is_open = attempt.status == AttemptStatus::InProgress;
        is_open && is_over(attempt.expires_at, attempt.grace_period, tx.now)
    };
    if attempt.as_ref().is_some_and(is_due) {
        close(tx, &[id]).await?;
    }
    Ok(())
}

/// Hands in whatever of these is open. For the system: what many people hand in at once is graded at once.
pub async fn close_all(tx: &mut Tx, ids: &[AttemptId]) -> Result<()> {
    close(tx, ids).await
}

/// Who hands in and who regrades the quiz come one after the other, so that what is handed in at the last moment is graded by
/// what the regrade lays over the quiz, too. Before any attempt is locked: who regrades has the turn, and waits for attempts.
async fn keep_regrades_away(tx: &Tx, ids: &[AttemptId]) -> Result<()> {
    let quizzes = Entity::live().filter(dialect::any_of(tx.backend(), (Entity, Column::Id), ids)).select_only();
    let quizzes = quizzes.column(Column::QuizId).distinct().order_by_asc(Column::QuizId);
    let quizzes: Vec<QuizId> = quizzes.into_tuple().all(&tx.conn).await?;
    tx.share_turns_for(&quizzes).await
}

/// Hands in those of the attempts that are open, and grades them: a fixed number of statements, and one for the trail of each.
pub(crate) async fn close(tx: &mut Tx, ids: &[AttemptId]) -> Result<()> {
    keep_regrades_away(tx, ids).await?;
    let which =
        || dialect::any_of(tx.backend(), (Entity, Column::Id), ids).and(Column::Status.eq(AttemptStatus::InProgress));
    let open = Entity::live().filter(which()).order_by_asc(Column::Id).lock_exclusive().all(&tx.conn).await?;
    if open.is_empty() {
        return Ok(());
    }
    let permit = allow::<Sit, _>(&tx.viewer, Sittings(open))?;
    let papers = papers_of(&tx.conn, &permit).await?;
    let open: Vec<AttemptId> = permit.iter().map(|attempt| attempt.id).collect();
    let mut answers = answers_of(&tx.conn, &open).await?;
    let completed = vec![(Column::CompletedAt, completed_at(tx))];
    tx.change_where::<_, _, Entity>(&permit, which(), completed).await?;
    let (mut points, mut rows) = (vec![], vec![]);
    for attempt in permit.iter() {
        let answers = answers.remove(&attempt.id).unwrap_or_default();
        // One without a version has nothing to be graded by.
        let Some(paper) = papers.get(&attempt.id) else { continue };
        let standing = standing(paper, &answers)?;
        points.extend(standing.answers.iter().map(|it| (it.id, vec![json!(it.points), json!(it.needs_person)])));
        rows.push((attempt.id, closed(tx, attempt, &standing, answers.values())?));
    }
    let of_answers = [quiz_answer::Column::Points, quiz_answer::Column::NeedsPerson];
    tx.set_each::<_, _, quiz_answer::Entity, _>(&permit, quiz_answer::Column::Id, &of_answers, points).await?;
    tx.set_each::<_, _, Entity, _>(&permit, Column::Id, &OF_CLOSED, rows).await?;
    settle(tx, permit.iter().map(Model::sitter)).await?;
    for attempt in permit.into_row().0 {
        let action = if is_late(tx, &attempt) { "attempt.expired" } else { "attempt.submitted" };
        let record = AuditRecord::new(action, attempt.id).with("quizId", attempt.quiz_id.to_wire());
        tx.record(record.with("userId", attempt.user_id.to_wire())).await?;
    }
    Ok(())
}

const OF_CLOSED: [Column; 8] = [
    Column::Status,
    Column::Score,
    Column::MaxScore,
    Column::Percentage,
    Column::IsPassed,
    Column::TimeTaken,
    Column::IsExpired,
    Column::AnswersDigest,
];

/// In the order of [`OF_CLOSED`].
fn closed<'a>(
    tx: &Tx,
    attempt: &Model,
    standing: &Standing,
    answers: impl Iterator<Item = &'a AnswerRow>,
) -> Result<Vec<serde_json::Value>> {
    use sea_orm::ActiveEnum;
    let end = attempt.expires_at.map_or(tx.now, |expires| Ord::min(expires, tx.now));
    let taken = (end - attempt.started_at).num_seconds().clamp(0, i32::MAX.into());
    Ok(vec![
        json!(standing.status.to_value()),
        json!(standing.score),
        json!(standing.max_score),
        json!(standing.percentage),
        json!(standing.is_passed),
        json!(taken),
        json!(is_late(tx, attempt)),
        json!(digest(attempt.id, answers)?),
    ])
}

fn is_late(tx: &Tx, attempt: &Model) -> bool {
    is_over(attempt.expires_at, attempt.grace_period, tx.now)
}

/// At the deadline, however late that was noticed.
fn completed_at(tx: &Tx) -> Expr {
    let is_late = Column::ExpiresAt.is_not_null().and(Column::ExpiresAt.lt(tx.now));
    let case = CaseStatement::new().case(is_late, Column::ExpiresAt.into_simple_expr());
    case.finally(Expr::val(tx.now)).into()
}
