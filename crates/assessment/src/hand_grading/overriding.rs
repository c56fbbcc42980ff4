use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kernel::{AttemptId, AuditRecord, Check, Live, Result, Tx, UserId, Viewer, dialect};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, Set, sea_query::Expr};

use super::{graded, standing::stand_anew};
use crate::{
    AttemptRow, AttemptStatus,
    attempting::{self, Lock, locked},
    quiz_attempt,
    rules::{ATTEMPT_OPEN, OVERRIDE_REASON_INVALID, OVERRIDE_SCORE_INVALID},
    score_override::{ActiveModel, Column, Entity},
    wording::{clean, is_text},
};

/// A score that somebody has set in place of the one that was earned.
#[derive(Clone, Debug)]
pub struct ScoreOverride {
    /// In hundredths.
    pub score: i32,
    pub reason: String,
    pub by: Option<UserId>,
    pub at: DateTime<Utc>,
}

/// Sets a score, in hundredths, in place of the one that was earned, which stays readable beside it; none takes it back. Former
/// ones stay in the table, deleted.
pub async fn override_score(tx: &mut Tx, id: AttemptId, score: Option<i32>, reason: String) -> Result<AttemptRow> {
    let attempt = locked(tx, id, Lock::Exclusive).await?;
    let permit = graded(tx, attempt.quiz_id).await?;
    if attempt.status == AttemptStatus::InProgress {
        return Err(ATTEMPT_OPEN.at("attemptId").into());
    }
    let reason = clean(&reason);
    let mut check = Check::new();
    let is_score = score.is_none_or(|score| (0..=attempt.max_score).contains(&score));
    check.require(is_score, OVERRIDE_SCORE_INVALID.at("score"));
    check.require(is_text(&reason, 2_000), OVERRIDE_REASON_INVALID.at("reason"));
    check.done()?;
    tx.delete_where::<_, _, Entity>(&permit, Column::AttemptId.eq(id)).await?;
    if let Some(score) = score {
        let (row, reason) = (tx.new_id()?, reason.clone());
        let row = ActiveModel {
            id: Set(row),
            attempt_id: Set(id),
            score: Set(score),
            reason: Set(reason),
            ..Default::default()
        };
        tx.insert(&permit, row).await?;
    }
    let set = vec![(quiz_attempt::Column::OverrideScore, Expr::val(score))];
    tx.change_where::<_, _, quiz_attempt::Entity>(&permit, quiz_attempt::Column::Id.eq(id), set).await?;
    let record = AuditRecord::new("attempt.score_overridden", id).change("score", attempt.override_score, score);
    tx.record(record.reason(reason)).await?;
    stand_anew(tx, &permit, id).await?;
    attempting::now(tx, id).await
}

/// What was set instead of what each attempt earned.
pub async fn overrides_of_attempts(
    db: &impl ConnectionTrait,
    _: &Viewer,
    attempts: &[AttemptId],
) -> Result<HashMap<AttemptId, ScoreOverride>> {
    let which = dialect::any_of(db.get_database_backend(), (Entity, Column::AttemptId), attempts);
    let rows = Entity::live().filter(which).all(db).await?.into_iter();
    let set = |row: crate::score_override::Model| ScoreOverride {
        score: row.score,
        reason: row.reason,
        by: row.created_by,
        at: row.created_at,
    };
    Ok(rows.map(|row| (row.attempt_id, set(row))).collect())
}
