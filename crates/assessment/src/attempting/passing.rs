//! Who has passed a quiz. One question with one answer, over all attempts by the quiz's grade method ([`overall`]): it is what
//! results show, what counts in the course, and what a certificate asks for.

use std::collections::{BTreeSet, HashMap};

use kernel::{Event, Live, QuizId, Result, Tx, UserId, dialect};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

use super::results::overall;
use crate::{
    AttemptRow, AttemptStatus, QuizRow, quiz,
    quiz_attempt::{Column, Entity, Model},
};

/// Somebody, and a quiz that they sat.
pub(crate) type Sitter = (UserId, QuizId);

/// Who has passed that had not, and who has not that had.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Settled {
    pub passed: Vec<Sitter>,
    pub failed: Vec<Sitter>,
}

/// Attempts that have a grade: marked, or given a score instead.
pub(crate) fn is_settled() -> Expr {
    Column::Status.eq(AttemptStatus::Graded).or(Column::OverrideScore.is_not_null())
}

impl Model {
    pub(crate) fn sitter(&self) -> Sitter {
        (self.user_id, self.quiz_id)
    }
}

/// Tells whoever wants to know what has come of a change: who has passed now, and who has not any more. Grades that are held
/// back do not count yet. A fixed number of statements, however many there are.
pub(crate) async fn settle(tx: &mut Tx, sitters: impl IntoIterator<Item = Sitter>) -> Result<Settled> {
    let sitters: BTreeSet<Sitter> = sitters.into_iter().collect();
    let mut settled = Settled::default();
    if sitters.is_empty() {
        return Ok(settled);
    }
    let (people, ids): (BTreeSet<UserId>, BTreeSet<QuizId>) = sitters.iter().copied().unzip();
    let (people, ids): (Vec<_>, Vec<_>) = (people.into_iter().collect(), ids.into_iter().collect());
    let quizzes = quizzes(tx, &ids).await?;
    let attempts = attempts(tx, &people, &ids).await?;
    let known = learning::quizzes_passed(&tx.conn, &people, &ids).await?;
    for sitter in sitters {
        let Some(quiz) = quizzes.get(&sitter.1) else { continue };
        let grade = attempts.get(&sitter).and_then(|attempts| overall(quiz, attempts));
        let (user, course, quiz) = (sitter.0, quiz.course_id, quiz.id);
        match (known.contains(&sitter), grade.is_some_and(|grade| grade.is_passed)) {
            (false, true) => {
                settled.passed.push(sitter);
                tx.emit(Event::QuizPassed { user, course, quiz });
            }
            (true, false) => {
                settled.failed.push(sitter);
                tx.emit(Event::QuizFailed { user, course, quiz });
            }
            _ => {}
        }
    }
    Ok(settled)
}

/// As [`settle`], for all who ever sat a quiz: when it counts them otherwise.
pub(crate) async fn settle_all(tx: &mut Tx, quiz: QuizId) -> Result<()> {
    let sat = Entity::live().filter(Column::QuizId.eq(quiz)).filter(is_settled()).select_only();
    let people: Vec<UserId> = sat.column(Column::UserId).distinct().into_tuple().all(&tx.conn).await?;
    settle(tx, people.into_iter().map(|user| (user, quiz))).await?;
    Ok(())
}

async fn quizzes(tx: &Tx, ids: &[QuizId]) -> Result<HashMap<QuizId, QuizRow>> {
    let which = dialect::any_of(tx.backend(), (quiz::Entity, quiz::Column::Id), ids);
    let found: Vec<QuizRow> = quiz::Entity::live().filter(which).into_partial_model().all(&tx.conn).await?;
    Ok(found.into_iter().map(|quiz| (quiz.id, quiz)).collect())
}

async fn attempts(tx: &Tx, people: &[UserId], quizzes: &[QuizId]) -> Result<HashMap<Sitter, Vec<AttemptRow>>> {
    let which = dialect::any_of(tx.backend(), (Entity, Column::UserId), people);
    let which = which.and(dialect::any_of(tx.backend(), (Entity, Column::QuizId), quizzes));
    let known = Entity::live().filter(which).filter(is_settled()).filter(Column::IsHeld.eq(false));
    let rows: Vec<AttemptRow> = known.order_by_asc(Column::AttemptNumber).into_partial_model().all(&tx.conn).await?;
    let mut attempts: HashMap<Sitter, Vec<AttemptRow>> = HashMap::new();
    for row in rows {
        attempts.entry((row.user_id, row.quiz_id)).or_default().push(row);
    }
    Ok(attempts)
}
