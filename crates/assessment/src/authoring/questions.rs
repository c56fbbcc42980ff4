//! Questions of quizzes and of banks.

use std::collections::BTreeSet;

use kernel::{AuditRecord, EntityId, Error, Live, Permit, QuestionId, Result, Tx};
use sea_orm::{ActiveEnum, ColumnTrait, PaginatorTrait, QueryFilter, QueryOrder, Set, sea_query::Expr};
use serde_json::Value;

use super::{Edited, Home, Opened, count_on, open};
use crate::{
    QuestionRow,
    question::{Content, Question, StoredQuestion, keying},
    quiz_draw,
    quiz_question::{ActiveModel, Column, Entity, Model},
    rules::{BANK_TOO_MANY_QUESTIONS, QUIZ_TOO_MANY_QUESTIONS},
};

/// What to change of a question; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QuestionChange {
    pub text: Option<String>,
    pub content: Option<Content>,
    pub explanation: Option<String>,
    /// In hundredths.
    pub points: Option<i32>,
}

/// They are one list, read and put in order at once.
pub(crate) const MOST_IN_QUIZ: u64 = 500;
const MOST_IN_BANK: u64 = 5_000;

/// Adds a question at the end.
pub async fn add_question(tx: &mut Tx, home: Home, question: Question) -> Result<QuestionRow> {
    let opened = open(tx, home).await?;
    let place = free_places(tx, home, 1).await?;
    let id = insert_question(tx, &opened.permit, (home, place), question).await?;
    count_on(tx, &opened).await?;
    tx.record(added("question.created", id, home)).await?;
    row(tx, id).await
}

/// Writes a question that nobody has checked yet.
pub(crate) async fn insert_question<A, P>(
    tx: &mut Tx,
    permit: &Permit<A, P>,
    (home, place): (Home, i32),
    question: Question,
) -> Result<QuestionId> {
    let question = question.checked()?.keyed(&BTreeSet::new(), || keying::draw(tx))?;
    let stored = question.stored()?;
    let (quiz, bank) = match home {
        Home::Quiz(quiz) => (Some(quiz), None),
        Home::Bank(bank) => (None, Some(bank)),
    };
    let row = ActiveModel {
        id: Set(tx.new_id()?),
        quiz_id: Set(quiz),
        bank_id: Set(bank),
        question_text: Set(stored.text),
        question_type: Set(sea_orm::ActiveEnum::try_from_value(&stored.question_type)?),
        options: Set(stored.options),
        correct_answer: Set(stored.correct_answer),
        explanation: Set(stored.explanation),
        points: Set(stored.points),
        order_index: Set(place),
        ..Default::default()
    };
    Ok(tx.insert(permit, row).await?.id)
}

/// Changes a question. The expected version is that of the quiz or the bank. Attempts that have begun are graded by the version
/// that they were begun with.
pub async fn update_question(
    tx: &mut Tx,
    id: QuestionId,
    expected: Option<i32>,
    change: QuestionChange,
) -> Result<Edited<QuestionRow>> {
    let (opened, before) = open_question(tx, id).await?;
    if opened.is_stale(expected) {
        return Ok(Edited::Stale(row(tx, id).await?));
    }
    if change == QuestionChange::default() {
        return Ok(Edited::Done(row(tx, id).await?));
    }
    let stored = changed(tx, before.clone(), change)?;
    let question_type = crate::QuestionType::try_from_value(&stored.question_type)?;
    let sets = vec![
        (Column::QuestionText, Expr::val(&*stored.text)),
        (Column::QuestionType, Expr::val(question_type.to_value())),
        (Column::Options, Expr::val(stored.options)),
        (Column::CorrectAnswer, Expr::val(stored.correct_answer)),
        (Column::Explanation, Expr::val(&*stored.explanation)),
        (Column::Points, Expr::val(stored.points)),
    ];
    tx.change_where::<_, _, Entity>(&opened.permit, Column::Id.eq(id), sets).await?;
    count_on(tx, &opened).await?;
    let after = row(tx, id).await?;
    tx.record(differences(&before, &after)).await?;
    Ok(Edited::Done(after))
}

/// The question with its change. What it is answered by keeps its keys, so that older answers name what they named.
fn changed(tx: &Tx, before: Model, change: QuestionChange) -> Result<StoredQuestion> {
    let stored = StoredQuestion::from(before);
    let old = Question::read(&stored);
    let known = old.as_ref().map(Question::keys).unwrap_or_default();
    let content = match change.content {
        Some(content) => content,
        None => old?.content,
    };
    let question = Question {
        text: change.text.unwrap_or(stored.text),
        content,
        explanation: change.explanation.unwrap_or(stored.explanation),
        points: change.points.unwrap_or(stored.points),
    };
    question.checked()?.keyed(&known, || keying::draw(tx))?.stored()
}

/// Deletes a question. Versions that were published with it keep it.
pub async fn delete_question(tx: &mut Tx, id: QuestionId, expected: Option<i32>) -> Result<(Home, Edited<()>)> {
    let (opened, before) = open_question(tx, id).await?;
    if opened.is_stale(expected) {
        return Ok((opened.home, Edited::Stale(())));
    }
    tx.delete_where::<_, _, Entity>(&opened.permit, Column::Id.eq(id)).await?;
    count_on(tx, &opened).await?;
    let record = added("question.deleted", id, opened.home).change("text", before.question_text, Value::Null);
    tx.record(record).await?;
    Ok((opened.home, Edited::Done(())))
}

/// Where the next questions stand; an error when there is no room for so many.
pub(crate) async fn free_places(tx: &Tx, home: Home, wanted: u64) -> Result<i32> {
    let (of_home, most, rule) = match home {
        Home::Quiz(quiz) => (Column::QuizId.eq(quiz), MOST_IN_QUIZ, QUIZ_TOO_MANY_QUESTIONS.at("quizId")),
        Home::Bank(bank) => (Column::BankId.eq(bank), MOST_IN_BANK, BANK_TOO_MANY_QUESTIONS.at("bankId")),
    };
    let questions = Entity::live().filter(of_home);
    let mut there = questions.clone().count(&tx.conn).await?;
    let mut last = questions.order_by_desc(Column::OrderIndex).one(&tx.conn).await?.map(|row| row.order_index);
    if let Home::Quiz(quiz) = home {
        let draws = quiz_draw::Entity::live().filter(quiz_draw::Column::QuizId.eq(quiz));
        let draws = draws.order_by_desc(quiz_draw::Column::OrderIndex).all(&tx.conn).await?;
        there += draws.len() as u64;
        last = last.max(draws.first().map(|draw| draw.order_index));
    }
    if there + wanted > most {
        return Err(rule.into());
    }
    Ok(last.map_or(0, |last| last.saturating_add(1)))
}

async fn open_question(tx: &mut Tx, id: QuestionId) -> Result<(Opened, Model)> {
    let found = Entity::visible_to(&tx.viewer).filter(Column::Id.eq(id)).one(&tx.conn).await?.ok_or(Error::NotFound)?;
    let home = match (found.quiz_id, found.bank_id) {
        (Some(quiz), _) => Home::Quiz(quiz),
        (None, Some(bank)) => Home::Bank(bank),
        (None, None) => return Err(Error::NotFound),
    };
    let opened = open(tx, home).await?;
    // It may have gone, or changed, while the course was waited for.
    let question = Entity::live().filter(Column::Id.eq(id)).one(&tx.conn).await?.ok_or(Error::NotFound)?;
    Ok((opened, question))
}

async fn row(tx: &Tx, id: QuestionId) -> Result<QuestionRow> {
    let found = Entity::live().filter(Column::Id.eq(id)).into_partial_model();
    found.one(&tx.conn).await?.ok_or(Error::NotFound)
}

fn added(action: &'static str, id: QuestionId, home: Home) -> AuditRecord {
    let record = AuditRecord::new(action, id);
    match home {
        Home::Quiz(quiz) => record.with("quizId", quiz.to_wire()),
        Home::Bank(bank) => record.with("bankId", bank.to_wire()),
    }
}

/// What is right stays out of the trail: more people read that than edit the quiz.
fn differences(before: &Model, after: &QuestionRow) -> AuditRecord {
    let is_rewritten = before.options != after.options || before.correct_answer != after.correct_answer;
    AuditRecord::new("question.updated", after.id)
        .change("text", &*before.question_text, &*after.question_text)
        .change("type", before.question_type.to_value(), after.question_type.to_value())
        .change("points", before.points, after.points)
        .with("isContentChanged", is_rewritten)
}
