use kernel::{AnswerId, AuditRecord, Check, Error, Result, Tx};
use sea_orm::{ColumnTrait, sea_query::Expr};

use super::{claiming::check_free, handed_in, now, standing::stand_anew};
use crate::{
    AnswerRow,
    attempting::papers_of,
    grading_claim,
    quiz_answer::{Column, Entity},
    rules::{ANSWER_FEEDBACK_INVALID, ANSWER_POINTS_INVALID, ANSWER_QUESTION_UNKNOWN},
    wording::{clean, is_text_or_none},
};

/// What a person says to an answer.
#[derive(Clone, Debug)]
pub struct HandGrade {
    pub answer: AnswerId,
    /// In hundredths; what is no such number is below 0.
    pub points: i32,
    pub feedback: String,
}

/// Gives an answer points and a feedback, whoever said what before. The attempt's score follows at once.
pub async fn grade_answer(tx: &mut Tx, grade: HandGrade) -> Result<AnswerRow> {
    let (permit, attempt, before) = handed_in(tx, grade.answer).await?;
    check_free(tx, grade.answer).await?;
    let papers = papers_of(&tx.conn, std::slice::from_ref(&attempt)).await?;
    let asked = papers.get(&attempt.id).and_then(|paper| paper.find(before.question_id));
    let most = asked.ok_or(Error::from(ANSWER_QUESTION_UNKNOWN.at("answerId")))?.question.points;
    let feedback = clean(&grade.feedback);
    let mut check = Check::new();
    check.require((0..=most).contains(&grade.points), ANSWER_POINTS_INVALID.at("points"));
    check.require(is_text_or_none(&feedback, 20_000), ANSWER_FEEDBACK_INVALID.at("feedback"));
    check.done()?;
    let sets = vec![
        (Column::Points, Expr::val(grade.points)),
        (Column::Feedback, Expr::val(feedback)),
        (Column::IsManual, Expr::val(true)),
        (Column::NeedsPerson, Expr::val(true)),
    ];
    tx.change_where::<_, _, Entity>(&permit, Column::Id.eq(grade.answer), sets).await?;
    let claims = grading_claim::Column::AnswerId.eq(grade.answer);
    tx.delete_where::<_, _, grading_claim::Entity>(&permit, claims).await?;
    let record = AuditRecord::new("answer.graded", grade.answer).change("points", before.points, grade.points);
    tx.record(record.change("isManual", before.is_manual, true)).await?;
    stand_anew(tx, &permit, attempt.id).await?;
    now(tx, grade.answer).await
}
