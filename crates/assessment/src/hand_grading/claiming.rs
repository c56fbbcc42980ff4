use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};
use kernel::{AnswerId, AuditRecord, Live, Result, Tx, UserId, Viewer, dialect};
use sea_orm::{ColumnTrait, ConnectionTrait, ExprTrait, QueryFilter, Set};

use super::handed_in;
use crate::{
    AnswerRow,
    grading_claim::{ActiveModel, Column, Entity, Model},
    rules::{ANSWER_CLAIMED, ANSWER_NOT_CLAIMED},
};

/// How long one may be at an answer before somebody else may take it.
const LASTS: Duration = Duration::minutes(30);

/// Takes an answer, so that nobody else grades it meanwhile. Of many at once one gets it: there is one living claim. Who has it
/// has it for another half an hour.
pub async fn claim_submission(tx: &mut Tx, id: AnswerId) -> Result<AnswerRow> {
    let (permit, _, answer) = handed_in(tx, id).await?;
    let over = Column::ExpiresAt.lte(tx.now).or(Column::CreatedBy.eq(tx.viewer.actor()));
    tx.delete_where::<_, _, Entity>(&permit, Column::AnswerId.eq(id).and(over)).await?;
    let row = ActiveModel {
        id: Set(tx.new_id()?),
        answer_id: Set(id),
        expires_at: Set(tx.now + LASTS),
        ..Default::default()
    };
    if tx.insert_unless_taken(&permit, row).await?.is_none() {
        return Err(ANSWER_CLAIMED.at("answerId").into());
    }
    tx.record(AuditRecord::new("answer.claimed", id)).await?;
    Ok(answer)
}

/// Gives an answer back that one has taken.
pub async fn unclaim_submission(tx: &mut Tx, id: AnswerId) -> Result<AnswerRow> {
    let (permit, _, answer) = handed_in(tx, id).await?;
    let own = Column::AnswerId.eq(id).and(Column::CreatedBy.eq(tx.viewer.actor()));
    if tx.delete_where::<_, _, Entity>(&permit, own).await? == 0 {
        return Err(ANSWER_NOT_CLAIMED.at("answerId").into());
    }
    tx.record(AuditRecord::new("answer.unclaimed", id)).await?;
    Ok(answer)
}

/// Is somebody else at it?
pub(super) async fn check_free(tx: &Tx, id: AnswerId) -> Result<()> {
    let claims = claims(&tx.conn, &[id]).await?;
    let by_others = |claim: &Model| claim.expires_at > tx.now && claim.created_by != tx.viewer.actor();
    match claims.iter().any(by_others) {
        true => Err(ANSWER_CLAIMED.at("answerId").into()),
        false => Ok(()),
    }
}

/// Who is at each answer, and until when, be that over or not. Asked only of answers that have been loaded, and so may be seen.
pub async fn claims_of_answers(
    db: &impl ConnectionTrait,
    _: &Viewer,
    answers: &[AnswerId],
) -> Result<HashMap<AnswerId, (Option<UserId>, DateTime<Utc>)>> {
    let claims = claims(db, answers).await?.into_iter();
    Ok(claims.map(|claim| (claim.answer_id, (claim.created_by, claim.expires_at))).collect())
}

async fn claims(db: &impl ConnectionTrait, answers: &[AnswerId]) -> Result<Vec<Model>> {
    let which = dialect::any_of(db.get_database_backend(), (Entity, Column::AnswerId), answers);
    Ok(Entity::live().filter(which).all(db).await?)
}
