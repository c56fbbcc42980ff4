use std::collections::BTreeSet;

use kernel::{AuditRecord, DrawId, EntityId, Live, QuestionId, QuizId, Result, Tx, dialect};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, prelude::Uuid};
use serde_json::json;

use super::{Edited, Home, count_on, now, open};
use crate::{QuizRow, quiz_draw, quiz_question, rules::QUIZ_ORDER_INCOMPLETE};

/// What has a place in a quiz.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemId {
    Question(QuestionId),
    Draw(DrawId),
}

impl ItemId {
    fn uuid(self) -> Uuid {
        match self {
            Self::Question(id) => id.0,
            Self::Draw(id) => id.0,
        }
    }

    fn to_wire(self) -> String {
        match self {
            Self::Question(id) => id.to_wire(),
            Self::Draw(id) => id.to_wire(),
        }
    }
}

/// Puts all questions and draws of a quiz in this order at once. The quiz is locked: of two who saw the same version one wins.
pub async fn reorder_questions(tx: &mut Tx, id: QuizId, expected: i32, order: &[ItemId]) -> Result<Edited<QuizRow>> {
    let opened = open(tx, Home::Quiz(id)).await?;
    if opened.is_stale(Some(expected)) {
        return Ok(Edited::Stale(now(tx, id).await?));
    }
    let named: BTreeSet<ItemId> = order.iter().copied().collect();
    if named.len() != order.len() || named != items(tx, id).await? {
        return Err(QUIZ_ORDER_INCOMPLETE.at("order").into());
    }
    {
        use quiz_question::{Column, Entity};
        // Ids of draws are no ids of questions, and the other way round: each finds its place in the one list.
        let ids: Vec<QuestionId> = order.iter().map(|item| QuestionId(item.uuid())).collect();
        let place = dialect::place_in(tx.backend(), (Entity, Column::Id), &ids);
        let sets = vec![(Column::OrderIndex, place)];
        tx.change_where::<_, _, Entity>(&opened.permit, Column::QuizId.eq(id), sets).await?;
    }
    {
        use quiz_draw::{Column, Entity};
        let ids: Vec<DrawId> = order.iter().map(|item| DrawId(item.uuid())).collect();
        let place = dialect::place_in(tx.backend(), (Entity, Column::Id), &ids);
        let sets = vec![(Column::OrderIndex, place)];
        tx.change_where::<_, _, Entity>(&opened.permit, Column::QuizId.eq(id), sets).await?;
    }
    count_on(tx, &opened).await?;
    let wire: Vec<String> = order.iter().map(|item| item.to_wire()).collect();
    tx.record(AuditRecord::new("quiz.questions_reordered", id).with("order", json!(wire))).await?;
    Ok(Edited::Done(now(tx, id).await?))
}

async fn items(tx: &Tx, quiz: QuizId) -> Result<BTreeSet<ItemId>> {
    use quiz_draw::Column as Draw;
    use quiz_question::Column as Question;
    let questions = quiz_question::Entity::live().filter(Question::QuizId.eq(quiz)).select_only().column(Question::Id);
    let questions: Vec<QuestionId> = questions.into_tuple().all(&tx.conn).await?;
    let draws = quiz_draw::Entity::live().filter(Draw::QuizId.eq(quiz)).select_only().column(Draw::Id);
    let draws: Vec<DrawId> = draws.into_tuple().all(&tx.conn).await?;
    Ok(questions.into_iter().map(ItemId::Question).chain(draws.into_iter().map(ItemId::Draw)).collect())
}
