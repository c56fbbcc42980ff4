use std::collections::BTreeMap;

use kernel::{AnswerId, AttemptId, Permit, Problem, QuestionId, Result, Tx, allow};
use sea_orm::{
    ExprTrait, Set,
    sea_query::{Alias, Expr, OnConflict},
};

use super::{
    Lock, Paper, Sittings,
    entitling::may_go_on,
    locked,
    paper::{answers_of, papers_of},
};
use crate::{
    Answer, AnswerError, AnswerRow, QuestionType,
    policy::Sit,
    quiz_answer::{ActiveModel, Column, Entity},
    rules::{ANSWER_INVALID, ANSWER_QUESTION_UNKNOWN, ANSWER_SEQUENCE_INVALID, ATTEMPT_CLOSED},
};

/// An answer to be kept. The higher sequence is the newer one, whenever it arrives.
#[derive(Clone, Debug)]
pub struct NewAnswer {
    pub question: QuestionId,
    pub answer: Answer,
    pub sequence: i64,
}

/// What is kept of a question now: the answer that came, or a newer one that was there.
#[derive(Clone, Debug)]
pub struct Kept {
    pub row: AnswerRow,
    pub question_type: QuestionType,
    pub is_superseded: bool,
}

/// Keeps answers, each for itself: what is wrong with one is told in its place. The attempt can't be handed in meanwhile: it is
/// locked before it is asked whether it is open, and what is handed in waits for that lock.
pub async fn save_answers(
    tx: &mut Tx,
    attempt: AttemptId,
    answers: Vec<NewAnswer>,
) -> Result<Vec<Result<Kept, Problem>>> {
    let row = locked(tx, attempt, Lock::Shared).await?;
    let (user, quiz) = row.sitter();
    let permit = allow::<Sit, _>(&tx.viewer, Sittings(vec![row]))?;
    if !permit.iter().all(|attempt| attempt.is_open(tx.now)) || !may_go_on(&tx.conn, user, quiz).await? {
        return Err(ATTEMPT_CLOSED.at("attemptId").into());
    }
    let paper = papers_of(&tx.conn, &permit).await?.remove(&attempt);
    let checked: Vec<_> = answers.iter().map(|answer| check(paper.as_ref(), answer)).collect();
    let mut newest: BTreeMap<QuestionId, &NewAnswer> = BTreeMap::new();
    for (answer, _) in answers.iter().zip(&checked).filter(|(_, checked)| checked.is_ok()) {
        let known = newest.entry(answer.question).or_insert(answer);
        if answer.sequence > known.sequence {
            *known = answer;
        }
    }
    write(tx, &permit, attempt, newest.into_values().collect()).await?;
    let rows = answers_of(&tx.conn, &[attempt]).await?.remove(&attempt).unwrap_or_default();
    let kept = |(answer, checked): (&NewAnswer, Result<QuestionType, Problem>)| {
        let question_type = checked?;
        let row = rows.get(&answer.question).ok_or(ANSWER_QUESTION_UNKNOWN.at("questionId"))?;
        // With the same number something else was there first: two devices count by themselves.
        let is_other = answer.answer.column().is_ok_and(|column| column != row.answer);
        let is_superseded = row.client_sequence > answer.sequence || is_other;
        Ok(Kept { row: row.clone(), question_type, is_superseded })
    };
    Ok(answers.iter().zip(checked).map(kept).collect())
}

/// What programs with floating-point numbers hold exactly: the sequence is part of what a receipt is about.
const LARGEST_SEQUENCE: i64 = (1 << 53) - 1;

/// Does the attempt ask that, and is it an answer to it?
fn check(paper: Option<&Paper>, new: &NewAnswer) -> Result<QuestionType, Problem> {
    let asked = paper.and_then(|paper| paper.find(new.question));
    let asked = asked.ok_or(ANSWER_QUESTION_UNKNOWN.at("questionId"))?;
    if !(0..=LARGEST_SEQUENCE).contains(&new.sequence) {
        return Err(ANSWER_SEQUENCE_INVALID.at("clientSequence"));
    }
    new.answer.check(&asked.question).map_err(|error| {
        let problem = ANSWER_INVALID.with("answer", error.to_string());
        match error {
            AnswerError::OtherKind => problem,
            _ => Problem { field: vec!["answer".into(), asked.question.content.variant().into()], ..problem },
        }
    })?;
    Ok(asked.question.content.question_type())
}

/// One statement: what is there is replaced by what is newer, and by nothing else.
async fn write(
    tx: &mut Tx,
    permit: &Permit<Sit, Sittings>,
    attempt: AttemptId,
    answers: Vec<&NewAnswer>,
) -> Result<()> {
    let mut rows = vec![];
    for answer in answers {
        rows.push(ActiveModel {
            id: Set(tx.new_id::<AnswerId>()?),
            attempt_id: Set(attempt),
            question_id: Set(answer.question),
            answer: Set(answer.answer.column()?),
            client_sequence: Set(answer.sequence),
            saved_at: Set(tx.now),
            ..Default::default()
        });
    }
    let mut newer = OnConflict::columns([Column::AttemptId, Column::QuestionId]);
    // To the letter the condition of the unique index.
    newer.target_and_where(Expr::col(Column::IsDeleted).eq(Expr::cust("FALSE")));
    newer.update_columns([
        Column::Answer,
        Column::ClientSequence,
        Column::SavedAt,
        Column::UpdatedAt,
        Column::UpdatedBy,
    ]);
    let incoming = Expr::col((Alias::new("excluded"), Alias::new("client_sequence")));
    newer.action_and_where(incoming.gt(Expr::col((Entity, Column::ClientSequence))));
    tx.put_each(permit, rows, newer).await?;
    Ok(())
}
