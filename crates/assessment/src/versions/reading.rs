//! What is read of versions: lists carry no snapshots.

use std::collections::HashMap;

use kernel::{QuizId, QuizVersionId, Result, Scalar, Sort, Viewer, by_keys};
use sea_orm::ConnectionTrait;

use crate::{
    QuizVersionDetails, QuizVersionRow,
    quiz_version::{self, Column, Entity},
};

/// Versions by id.
pub async fn versions(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[QuizVersionId],
) -> Result<HashMap<QuizVersionId, QuizVersionRow>> {
    by_keys(db, Entity::visible_to(viewer), Column::Id, ids, |row: &QuizVersionRow| row.id).await
}

/// What versions hold.
pub async fn version_details(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[QuizVersionId],
) -> Result<HashMap<QuizVersionId, QuizVersionDetails>> {
    by_keys(db, Entity::visible_to(viewer), Column::Id, ids, |row: &QuizVersionDetails| row.id).await
}

fn latest() -> Sort<Entity, QuizVersionRow> {
    Sort::<_, QuizVersionRow>::descending("number")
        .by(Column::Number, |row| Scalar::Int(row.number.into()))
        .by(Column::Id, |row| Scalar::Id(row.id.0))
}

kernel::edges! {
    /// The versions of quizzes, the latest first.
    versions_of_quizzes, count_versions_of_quizzes: QuizVersionRow => QuizId, quiz_version::Entity, QuizId, |row| row.quiz_id, latest;
}
