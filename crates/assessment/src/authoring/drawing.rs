//! Places in a quiz for questions that are drawn from a bank.

use kernel::{AuditRecord, BankId, Check, DrawId, EntityId, Error, Live, QuizId, Result, Tx};
use sea_orm::{ColumnTrait, QueryFilter, Set, sea_query::Expr};
use serde_json::Value;

use super::{Edited, Home, Opened, count_on, open, questions::free_places};
use crate::{
    DrawRow,
    question::MOST_POINTS,
    question_bank,
    quiz_draw::{ActiveModel, Column, Entity, Model},
    rules::{BANK_NOT_FOUND, DRAW_COUNT_INVALID, DRAW_POINTS_INVALID},
};

/// A draw to be.
#[derive(Clone, Debug)]
pub struct NewDraw {
    pub quiz: QuizId,
    pub bank: BankId,
    pub count: i32,
    /// In hundredths, each.
    pub points: i32,
}

/// What to change of a draw; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DrawChange {
    pub count: Option<i32>,
    pub points: Option<i32>,
}

pub type DrawEdited = Edited<DrawRow>;

/// Adds a place for questions of a bank of the same course, at the end of the quiz. That the bank has so many is asked when the
/// quiz is published.
pub async fn add_draw(tx: &mut Tx, new: NewDraw) -> Result<DrawRow> {
    let home = Home::Quiz(new.quiz);
    let opened = open(tx, home).await?;
    check(Some(new.count), Some(new.points))?;
    let bank = question_bank::Entity::live().filter(question_bank::Column::Id.eq(new.bank));
    let bank = bank.filter(question_bank::Column::CourseId.eq(opened.course())).one(&tx.conn).await?;
    let bank = bank.ok_or(BANK_NOT_FOUND.at("bankId"))?;
    let place = free_places(tx, home, 1).await?;
    let row = ActiveModel {
        id: Set(tx.new_id()?),
        quiz_id: Set(new.quiz),
        bank_id: Set(bank.id),
        count: Set(new.count),
        points: Set(new.points),
        order_index: Set(place),
        ..Default::default()
    };
    let draw = tx.insert(&opened.permit, row).await?;
    count_on(tx, &opened).await?;
    let record = AuditRecord::new("quiz.draw_added", draw.id).with("quizId", new.quiz.to_wire());
    tx.record(record.with("bankId", bank.id.to_wire()).with("count", draw.count)).await?;
    now(tx, draw.id).await
}

/// Changes how many are drawn, or what each is worth. The expected version is that of the quiz.
pub async fn update_draw(tx: &mut Tx, id: DrawId, expected: Option<i32>, change: DrawChange) -> Result<DrawEdited> {
    let (opened, before) = open_draw(tx, id).await?;
    check(change.count, change.points)?;
    if opened.is_stale(expected) {
        return Ok(Edited::Stale(now(tx, id).await?));
    }
    if change == DrawChange::default() {
        return Ok(Edited::Done(now(tx, id).await?));
    }
    let counts = [(Column::Count, change.count), (Column::Points, change.points)];
    let sets = counts.into_iter().filter_map(|(column, value)| Some((column, Expr::val(value?)))).collect();
    tx.change_where::<_, _, Entity>(&opened.permit, Column::Id.eq(id), sets).await?;
    count_on(tx, &opened).await?;
    let after = now(tx, id).await?;
    let record = AuditRecord::new("quiz.draw_updated", id).change("count", before.count, after.count);
    tx.record(record.change("points", before.points, after.points)).await?;
    Ok(Edited::Done(after))
}

/// Takes a draw out of its quiz; the bank stays as it is.
pub async fn delete_draw(tx: &mut Tx, id: DrawId, expected: Option<i32>) -> Result<(QuizId, Edited<()>)> {
    let (opened, before) = open_draw(tx, id).await?;
    if opened.is_stale(expected) {
        return Ok((before.quiz_id, Edited::Stale(())));
    }
    tx.delete_where::<_, _, Entity>(&opened.permit, Column::Id.eq(id)).await?;
    count_on(tx, &opened).await?;
    tx.record(AuditRecord::new("quiz.draw_deleted", id).change("count", before.count, Value::Null)).await?;
    Ok((before.quiz_id, Edited::Done(())))
}

fn check(count: Option<i32>, points: Option<i32>) -> Result<()> {
    let mut check = Check::new();
    check.require(count.is_none_or(|count| (1..=500).contains(&count)), DRAW_COUNT_INVALID.at("count"));
    let is_good = points.is_none_or(|points| (1..=MOST_POINTS).contains(&points));
    check.require(is_good, DRAW_POINTS_INVALID.at("pointsEach"));
    check.done()
}

async fn open_draw(tx: &mut Tx, id: DrawId) -> Result<(Opened, Model)> {
    let found = Entity::visible_to(&tx.viewer).filter(Column::Id.eq(id)).one(&tx.conn).await?.ok_or(Error::NotFound)?;
    let opened = open(tx, Home::Quiz(found.quiz_id)).await?;
    let draw = Entity::live().filter(Column::Id.eq(id)).one(&tx.conn).await?.ok_or(Error::NotFound)?;
    Ok((opened, draw))
}

async fn now(tx: &Tx, id: DrawId) -> Result<DrawRow> {
    let found = Entity::live().filter(Column::Id.eq(id)).into_partial_model();
    found.one(&tx.conn).await?.ok_or(Error::NotFound)
}
