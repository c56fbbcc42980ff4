//! Batched reads: what loaders ask for.

use std::collections::HashMap;

use kernel::{AccommodationId, Live, QuizId, Result, Scalar, Sort, Viewer, by_keys};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter};

use crate::{
    AccommodationRow,
    quiz_accommodation::{self, Column, Entity},
};

/// What is granted, by id.
pub async fn accommodations(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[AccommodationId],
) -> Result<HashMap<AccommodationId, AccommodationRow>> {
    by_keys(db, Entity::visible_to(viewer), Column::Id, ids, |row: &AccommodationRow| row.id).await
}

/// What the viewer is granted at each quiz.
pub async fn own_accommodations(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    quizzes: &[QuizId],
) -> Result<HashMap<QuizId, AccommodationRow>> {
    let own = Entity::live().filter(Column::UserId.eq(viewer.id()));
    by_keys(db, own, Column::QuizId, quizzes, |row: &AccommodationRow| row.quiz_id).await
}

fn latest() -> Sort<Entity, AccommodationRow> {
    Sort::<_, AccommodationRow>::descending("latest")
        .by(Column::CreatedAt, |row| Scalar::Time(row.created_at))
        .by(Column::Id, |row| Scalar::Id(row.id.0))
}

kernel::edges! {
    /// What is granted at quizzes, the latest first.
    accommodations_of_quizzes, count_accommodations_of_quizzes: AccommodationRow => QuizId, quiz_accommodation::Entity, QuizId, |row| row.quiz_id, latest;
}
