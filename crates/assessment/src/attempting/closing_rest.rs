//! What is handed in because who sits there can't go on: they have left the course, or the quiz is deleted.

use chrono::{DateTime, Utc};
use kernel::{AttemptId, CourseId, Job, Live, QuizId, Result, Tx, UserId};
use sea_orm::{ColumnTrait, ConnectionTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select};
use serde::{Deserialize, Serialize};

use super::close;
use crate::{
    AttemptStatus, quiz,
    quiz_attempt::{Column, Entity},
};

/// Hands in attempts that nobody can go on with. By a job, as who leaves a course or deletes a quiz holds the course, and who
/// hands in comes to it with attempts in hand. No answer is taken meanwhile.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum CloseRest {
    /// Of everybody who sits the quiz.
    OfQuiz { quiz: QuizId },
    /// Of somebody who left the course then: what they begin after they have come back is not meant.
    OfLearner { user: UserId, course: CourseId, left_at: DateTime<Utc> },
}

impl Job for CloseRest {
    const KIND: &'static str = "close_rest";
}

/// As many are graded together.
const AT_ONCE: u64 = 500;

impl CloseRest {
    fn open(&self) -> Select<Entity> {
        let open = Entity::live().filter(Column::Status.eq(AttemptStatus::InProgress));
        match self {
            Self::OfQuiz { quiz } => open.filter(Column::QuizId.eq(*quiz)),
            Self::OfLearner { user, course, left_at } => {
                let quizzes = quiz::Entity::live().filter(quiz::Column::CourseId.eq(*course)).select_only();
                let quizzes = quizzes.column(quiz::Column::Id).into_query();
                let own = open.filter(Column::UserId.eq(*user)).filter(Column::StartedAt.lte(*left_at));
                own.filter(Column::QuizId.in_subquery(quizzes))
            }
        }
    }

    async fn ids_after(&self, db: &impl ConnectionTrait, last: Option<AttemptId>) -> Result<Vec<AttemptId>> {
        let open = self.open().order_by_asc(Column::Id).limit(AT_ONCE).select_only().column(Column::Id);
        let rest = match last {
            Some(last) => open.filter(Column::Id.gt(last)),
            None => open,
        };
        Ok(rest.into_tuple().all(db).await?)
    }
}

/// What the job does.
pub async fn close_rest(tx: &mut Tx, rest: &CloseRest) -> Result<()> {
    let mut ids = rest.ids_after(&tx.conn, None).await?;
    while let Some(last) = ids.last().copied() {
        close(tx, &ids).await?;
        ids = rest.ids_after(&tx.conn, Some(last)).await?;
    }
    Ok(())
}

/// Who has left a course has handed in what they were sitting there.
pub async fn hand_in_of_learner(tx: &mut Tx, user: UserId, course: CourseId) -> Result<()> {
    let left_at = tx.now;
    enqueue(tx, CloseRest::OfLearner { user, course, left_at }).await
}

/// Everybody has handed in what they were sitting of a quiz that is deleted.
pub(crate) async fn hand_in_of_quiz(tx: &mut Tx, quiz: QuizId) -> Result<()> {
    enqueue(tx, CloseRest::OfQuiz { quiz }).await
}

async fn enqueue(tx: &mut Tx, rest: CloseRest) -> Result<()> {
    if rest.open().count(&tx.conn).await? > 0 {
        tx.enqueue(&rest).await?;
    }
    Ok(())
}
