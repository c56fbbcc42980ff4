use kernel::{Live, Permit, QuizId, Result, Tx};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, Set};

use super::{Item, QuizSnapshot, items};
use crate::{
    quiz,
    quiz_version::{ActiveModel, Column, Entity, Model},
};

/// Keeps the quiz as it is now; nothing is kept when it is as it was at the last time. The quiz is locked: the numbers follow
/// each other.
pub async fn freeze<A, P>(tx: &mut Tx, permit: &Permit<A, P>, quiz: &quiz::Model, items: Vec<Item>) -> Result<Model> {
    let snapshot = QuizSnapshot::of(quiz, items);
    let last = last(&tx.conn, quiz.id).await?;
    if let Some(last) = &last
        && QuizSnapshot::read(&last.snapshot)? == snapshot
    {
        return Ok(last.clone());
    }
    let version = ActiveModel {
        id: Set(tx.new_id()?),
        quiz_id: Set(quiz.id),
        number: Set(last.map_or(1, |last| last.number.saturating_add(1))),
        snapshot: Set(snapshot.column()?),
        ..Default::default()
    };
    tx.insert(permit, version).await
}

/// As [`freeze`], with what the quiz consists of: for quizzes that come into the world published.
pub async fn freeze_as_it_is<A, P>(tx: &mut Tx, permit: &Permit<A, P>, quiz: &quiz::Model) -> Result<Model> {
    let items = items(&tx.conn, quiz.id).await?;
    freeze(tx, permit, quiz, items).await
}

/// The latest version of a published quiz: what an attempt that begins now is made at. One that was published before there were
/// versions is frozen now, as it still is what it was then: every edit comes by here first.
pub async fn ensure_frozen<A, P>(tx: &mut Tx, permit: &Permit<A, P>, quiz: &quiz::Model) -> Result<Model> {
    match last(&tx.conn, quiz.id).await? {
        Some(last) => Ok(last),
        None => freeze_as_it_is(tx, permit, quiz).await,
    }
}

async fn last(db: &impl ConnectionTrait, quiz: QuizId) -> Result<Option<Model>> {
    let versions = Entity::live().filter(Column::QuizId.eq(quiz));
    Ok(versions.order_by_desc(Column::Number).one(db).await?)
}
