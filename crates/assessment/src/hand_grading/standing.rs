//! What an attempt comes to when something of it has been said anew.

use courses::Taught;
use kernel::{AttemptId, Live, Permit, Result, Tx};
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};

use crate::{
    attempting::{answers_of, papers_of, settle, standing},
    policy::Grade,
    quiz_attempt::{Column, Entity},
};

/// The attempt is locked. What its answers have earned, and what somebody has set instead, settle what counts.
pub(super) async fn stand_anew(tx: &mut Tx, permit: &Permit<Grade, Taught>, id: AttemptId) -> Result<()> {
    let before = Entity::live().filter(Column::Id.eq(id)).all(&tx.conn).await?;
    let papers = papers_of(&tx.conn, &before).await?;
    let mut answers = answers_of(&tx.conn, &[id]).await?;
    let (Some(attempt), Some(paper)) = (before.first(), papers.get(&id)) else {
        return Ok(());
    };
    let standing = standing(paper, &answers.remove(&id).unwrap_or_default())?;
    let standing = standing.overridden(attempt.override_score, paper);
    let sets = vec![
        (Column::Status, Expr::val(standing.status)),
        (Column::Score, Expr::val(standing.score)),
        (Column::MaxScore, Expr::val(standing.max_score)),
        (Column::Percentage, Expr::val(standing.percentage)),
        (Column::IsPassed, Expr::val(standing.is_passed)),
    ];
    tx.change_where::<_, _, Entity>(permit, Column::Id.eq(id), sets).await?;
    settle(tx, [attempt.sitter()]).await?;
    Ok(())
}
