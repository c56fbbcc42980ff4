use kernel::{AttemptId, AuditRecord, Live, QuizId, Result, Tx, dialect};
use sea_orm::{ColumnTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

use super::graded;
use crate::{
    AttemptStatus,
    attempting::settle,
    quiz_attempt::{Column, Entity, Model},
};

/// What came of releasing grades.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Released {
    /// How many attempts learners know the grade of now.
    pub released: usize,
    /// How many are held back still, as somebody has to grade them first.
    pub waiting: u64,
}

/// Lets learners know the grades of a quiz that holds them back: of all attempts that are graded, or of these only. Those that
/// wait for a person are released when they are graded and this is said again.
pub async fn release_grades(tx: &mut Tx, quiz: QuizId, only: Option<&[AttemptId]>) -> Result<Released> {
    let permit = graded(tx, quiz).await?;
    let held = Column::QuizId.eq(quiz).and(Column::IsHeld.eq(true));
    let held = match only {
        Some(ids) => held.and(dialect::any_of(tx.backend(), (Entity, Column::Id), ids)),
        None => held,
    };
    let is_graded = held.clone().and(Column::Status.eq(AttemptStatus::Graded));
    let attempts = Entity::live().filter(is_graded).order_by_asc(Column::Id).lock_exclusive();
    let attempts: Vec<Model> = attempts.all(&tx.conn).await?;
    let ids: Vec<AttemptId> = attempts.iter().map(|attempt| attempt.id).collect();
    let which = dialect::any_of(tx.backend(), (Entity, Column::Id), &ids);
    tx.change_where::<_, _, Entity>(&permit, which, vec![(Column::IsHeld, Expr::val(false))]).await?;
    settle(tx, attempts.iter().map(Model::sitter)).await?;
    let waits = held.and(Column::Status.eq(AttemptStatus::Submitted));
    let waiting = Entity::live().filter(waits).count(&tx.conn).await?;
    let record = AuditRecord::new("quiz.grades_released", quiz).with("attempts", ids.len() as u64);
    tx.record(record).await?;
    Ok(Released { released: ids.len(), waiting })
}
