use std::collections::HashMap;

use kernel::{
    AttemptId, Live, Page, PageRequest, QuizId, Result, Scalar, Sort, UserId, Viewer, by_keys, count, dialect, page,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DerivePartialModel, ExprTrait, QueryFilter, QueryOrder, Select};

use super::gradable;
use crate::{
    AttemptRow, QuizRow,
    attempting::{QuizGrade, is_settled, overall},
    quiz,
    quiz_attempt::{self, Column, Entity},
    reading::quizzes,
};

/// Somebody who sat a quiz: their first attempt stands for them in the list.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "quiz_attempt::Entity")]
pub struct QuizResultRow {
    pub id: AttemptId,
    pub user_id: UserId,
    pub quiz_id: QuizId,
    pub started_at: sea_orm::prelude::DateTimeUtc,
}

/// All who sat a quiz, in the order in which they first did. For those who may grade there.
pub async fn quiz_results(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    quiz: QuizId,
    request: &PageRequest,
) -> Result<Page<QuizResultRow>> {
    gradable(db, viewer, quiz).await?;
    page(db, learners(quiz), &first(), request).await
}

/// How many there are.
pub async fn count_results(db: &impl ConnectionTrait, viewer: &Viewer, quiz: QuizId) -> Result<i64> {
    gradable(db, viewer, quiz).await?;
    count(db, learners(quiz)).await
}

fn learners(quiz: QuizId) -> Select<Entity> {
    Entity::live().filter(Column::QuizId.eq(quiz)).filter(Column::AttemptNumber.eq(1))
}

fn first() -> Sort<Entity, QuizResultRow> {
    Sort::<_, QuizResultRow>::ascending("first")
        .by(Column::StartedAt, |row| Scalar::Time(row.started_at))
        .by(Column::Id, |row| Scalar::Id(row.id.0))
}

/// What people have of quizzes over all their attempts that have a grade, released or not, as far as the viewer may see.
pub async fn grades_of_learners(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    keys: &[(QuizId, UserId)],
) -> Result<HashMap<(QuizId, UserId), QuizGrade>> {
    let backend = db.get_database_backend();
    let (ids, people): (Vec<QuizId>, Vec<UserId>) = keys.iter().copied().unzip();
    let which = dialect::any_of(backend, (Entity, Column::QuizId), &ids);
    let which = which.and(dialect::any_of(backend, (Entity, Column::UserId), &people));
    let gone = by_keys(db, quiz::Entity::deleted_for(viewer), quiz::Column::Id, &ids, |row: &QuizRow| row.id).await?;
    let graded = |seen: Select<Entity>| {
        let graded = seen.filter(which.clone()).filter(is_settled());
        graded.order_by_asc(Column::AttemptNumber).into_partial_model::<AttemptRow>()
    };
    let mut rows = graded(Entity::visible_to(viewer)).all(db).await?;
    if !gone.is_empty() {
        let deleted: Vec<QuizId> = gone.keys().copied().collect();
        let of_deleted = Entity::live().filter(dialect::any_of(backend, (Entity, Column::QuizId), &deleted));
        // What is one's own of a deleted quiz is there already.
        rows.retain(|row| !gone.contains_key(&row.quiz_id));
        rows.extend(graded(of_deleted).all(db).await?);
    }
    let mut quizzes = quizzes(db, viewer, &ids).await?;
    quizzes.extend(gone);
    let mut attempts: HashMap<(QuizId, UserId), Vec<AttemptRow>> = HashMap::new();
    for row in rows {
        attempts.entry((row.quiz_id, row.user_id)).or_default().push(row);
    }
    let grade =
        |(key, attempts): ((QuizId, UserId), Vec<AttemptRow>)| Some((key, overall(quizzes.get(&key.0)?, &attempts)?));
    Ok(attempts.into_iter().filter_map(grade).collect())
}
