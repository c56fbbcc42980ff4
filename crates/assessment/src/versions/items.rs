use std::collections::HashMap;

use kernel::{BankId, Live, QuizId, Result, dialect};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder};

use super::{FrozenQuestion, Item};
use crate::{question_bank, quiz_draw, quiz_question};

/// What a quiz consists of as it is now, in order, with all that could be drawn. Four statements, however much it is.
pub async fn items(db: &impl ConnectionTrait, quiz: QuizId) -> Result<Vec<Item>> {
    use quiz_question::Column::{Id, OrderIndex, QuizId};
    let questions = quiz_question::Entity::live().filter(QuizId.eq(quiz));
    let questions = questions.order_by_asc(OrderIndex).order_by_asc(Id).all(db).await?;
    let draws = quiz_draw::Entity::live().filter(quiz_draw::Column::QuizId.eq(quiz)).all(db).await?;
    let banks: Vec<BankId> = draws.iter().map(|draw| draw.bank_id).collect();
    let (names, mut pools) = (names(db, &banks).await?, pools(db, &banks).await?);
    let mut items: Vec<(i32, kernel::QuestionId, Item)> = vec![];
    items.extend(questions.into_iter().map(|row| (row.order_index, row.id, Item::Question(row.into()))));
    for draw in draws {
        let questions = pools.entry(draw.bank_id).or_default().clone();
        let name = names.get(&draw.bank_id).cloned().unwrap_or_default();
        let (id, bank, count, points) = (draw.id, draw.bank_id, draw.count, draw.points);
        let place = kernel::QuestionId(id.0);
        items.push((draw.order_index, place, Item::Draw { id, bank, name, count, points, questions }));
    }
    items.sort_by_key(|(order, id, _)| (*order, *id));
    Ok(items.into_iter().map(|(_, _, item)| item).collect())
}

async fn names(db: &impl ConnectionTrait, banks: &[BankId]) -> Result<HashMap<BankId, String>> {
    use question_bank::{Column, Entity};
    let which = dialect::any_of(db.get_database_backend(), (Entity, Column::Id), banks);
    let banks = Entity::live().filter(which).all(db).await?;
    Ok(banks.into_iter().map(|bank| (bank.id, bank.name)).collect())
}

async fn pools(db: &impl ConnectionTrait, banks: &[BankId]) -> Result<HashMap<BankId, Vec<FrozenQuestion>>> {
    use quiz_question::{Column, Entity};
    let which = dialect::any_of(db.get_database_backend(), (Entity, Column::BankId), banks);
    let questions = Entity::live().filter(which).order_by_asc(Column::OrderIndex).order_by_asc(Column::Id);
    let mut pools: HashMap<BankId, Vec<FrozenQuestion>> = HashMap::new();
    for question in questions.all(db).await? {
        if let Some(bank) = question.bank_id {
            pools.entry(bank).or_default().push(question.into());
        }
    }
    Ok(pools)
}

impl From<quiz_question::Model> for FrozenQuestion {
    fn from(row: quiz_question::Model) -> Self {
        Self { id: row.id, question: row.into() }
    }
}
