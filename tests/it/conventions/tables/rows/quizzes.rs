//! Quizzes, what is handed in, and what it is worth.

use assessment::{
    AttemptStatus, QuestionType, grading_claim, question_bank, quiz, quiz_accommodation, quiz_answer, quiz_attempt,
    quiz_draw, quiz_question, quiz_regrade, quiz_version, regraded_attempt, score_override,
};
use kernel::Tx;
use sea_orm::Set;
use serde_json::json;

use super::{SOMEBODY, id, put};

pub(super) async fn add(tx: &Tx) {
    let row = quiz::ActiveModel {
        id: Set(id(1)),
        course_id: Set(id(1)),
        section_id: Set(Some(id(1))),
        title: Set("Ownership".into()),
        ..Default::default()
    };
    put(tx, row).await;
    let row = quiz_question::ActiveModel {
        id: Set(id(1)),
        quiz_id: Set(Some(id(1))),
        question_text: Set("Is it moved?".into()),
        question_type: Set(QuestionType::TrueFalse),
        correct_answer: Set(json!(true)),
        ..Default::default()
    };
    put(tx, row).await;
    banks(tx).await;
    let row = quiz_attempt::ActiveModel {
        id: Set(id(1)),
        user_id: Set(id(SOMEBODY)),
        quiz_id: Set(id(1)),
        attempt_number: Set(1),
        started_at: Set(tx.now),
        seed: Set(i64::MIN),
        ..Default::default()
    };
    put(tx, row).await;
    let row = quiz_answer::ActiveModel {
        id: Set(id(1)),
        attempt_id: Set(id(1)),
        question_id: Set(id(1)),
        answer: Set(json!("yes")),
        saved_at: Set(tx.now),
        ..Default::default()
    };
    put(tx, row).await;
    grades(tx).await;
}

async fn grades(tx: &Tx) {
    let row = quiz_accommodation::ActiveModel {
        id: Set(id(1)),
        user_id: Set(id(SOMEBODY)),
        quiz_id: Set(id(1)),
        reason: Set("Dyslexia.".into()),
        ..Default::default()
    };
    put(tx, row).await;
    let row = grading_claim::ActiveModel {
        id: Set(id(1)),
        answer_id: Set(id(1)),
        expires_at: Set(tx.now),
        ..Default::default()
    };
    put(tx, row).await;
    let row = score_override::ActiveModel {
        id: Set(id(1)),
        attempt_id: Set(id(1)),
        score: Set(100),
        reason: Set("The bell rang.".into()),
        ..Default::default()
    };
    put(tx, row).await;
    regrades(tx).await;
}

async fn regrades(tx: &Tx) {
    let row = quiz_regrade::ActiveModel {
        id: Set(id(1)),
        quiz_id: Set(id(1)),
        number: Set(1),
        reason: Set("The key was wrong.".into()),
        changes: Set(json!([])),
        undoes_id: Set(Some(id(1))),
        ..Default::default()
    };
    put(tx, row).await;
    let row = regraded_attempt::ActiveModel {
        id: Set(id(1)),
        regrade_id: Set(id(1)),
        attempt_id: Set(id(1)),
        status_before: Set(AttemptStatus::Graded),
        status_after: Set(AttemptStatus::Graded),
        answers: Set(json!([])),
        ..Default::default()
    };
    put(tx, row).await;
}

async fn banks(tx: &Tx) {
    let row = question_bank::ActiveModel {
        id: Set(id(1)),
        course_id: Set(id(1)),
        name: Set("Borrowing".into()),
        ..Default::default()
    };
    put(tx, row).await;
    let row = quiz_draw::ActiveModel {
        id: Set(id(1)),
        quiz_id: Set(id(1)),
        bank_id: Set(id(1)),
        count: Set(1),
        points: Set(100),
        ..Default::default()
    };
    put(tx, row).await;
    let row = quiz_version::ActiveModel {
        id: Set(id(1)),
        quiz_id: Set(id(1)),
        number: Set(1),
        snapshot: Set(json!({})),
        ..Default::default()
    };
    put(tx, row).await;
}
