//! What loaders ask of banks and draws.

use std::collections::HashMap;

use kernel::{BankId, CourseId, DrawId, QuizId, Result, Scalar, Sort, Viewer, by_keys, lists_of};
use sea_orm::ConnectionTrait;

use crate::{BankRow, DrawRow, QuestionRow, question_bank, quiz_draw, quiz_question};

/// Banks by id.
pub async fn banks(db: &impl ConnectionTrait, viewer: &Viewer, ids: &[BankId]) -> Result<HashMap<BankId, BankRow>> {
    use question_bank::{Column, Entity};
    by_keys(db, Entity::visible_to(viewer), Column::Id, ids, |row: &BankRow| row.id).await
}

/// Draws by id.
pub async fn draws(db: &impl ConnectionTrait, viewer: &Viewer, ids: &[DrawId]) -> Result<HashMap<DrawId, DrawRow>> {
    use quiz_draw::{Column, Entity};
    by_keys(db, Entity::visible_to(viewer), Column::Id, ids, |row: &DrawRow| row.id).await
}

/// The draws of each quiz, in order.
pub async fn draws_of_quizzes(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    quizzes: &[QuizId],
) -> Result<HashMap<QuizId, Vec<DrawRow>>> {
    use quiz_draw::{
        Column::{Id, OrderIndex, QuizId as Quiz},
        Entity,
    };
    let of = (Quiz, (|row| row.quiz_id) as fn(&DrawRow) -> QuizId);
    lists_of(db, Entity::visible_to(viewer), of, quizzes, &[OrderIndex, Id]).await
}

fn oldest_first() -> Sort<question_bank::Entity, BankRow> {
    use question_bank::Column::{CreatedAt, Id};
    Sort::<_, BankRow>::ascending("oldest")
        .by(CreatedAt, |row| Scalar::Time(row.created_at))
        .by(Id, |row| Scalar::Id(row.id.0))
}

fn in_order() -> Sort<quiz_question::Entity, QuestionRow> {
    use quiz_question::Column::{Id, OrderIndex};
    Sort::<_, QuestionRow>::ascending("bank")
        .by(OrderIndex, |row| Scalar::Int(row.order_index.into()))
        .by(Id, |row| Scalar::Id(row.id.0))
}

kernel::edges! {
    /// The banks of courses, the oldest first.
    banks_of_courses, count_banks_of_courses: BankRow => CourseId, question_bank::Entity, CourseId, |row| row.course_id, oldest_first;
    /// The questions of banks, with their keys.
    questions_of_banks, count_questions_of_banks: QuestionRow => BankId, quiz_question::Entity, BankId, |row| row.bank_id.unwrap_or(BankId(row.id.0)), in_order;
}
