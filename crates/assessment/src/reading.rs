//! Batched reads: what loaders ask for.

use std::collections::HashMap;

use courses::place_of_section;
use kernel::{
    AnswerId, AttemptId, CourseId, Live, Page, PageRequest, QuestionId, QuizId, Result, Scalar, SectionId, Sort,
    UserId, Viewer, by_keys, counts_of, lists_of, pages_of,
};
use sea_orm::ConnectionTrait;

use crate::{
    AnswerRow, AttemptRow, DrawRow, QuestionRow, QuizRow, attempting::own, quiz, quiz_answer, quiz_attempt, quiz_draw,
    quiz_question,
};

/// Quizzes by id.
pub async fn quizzes(db: &impl ConnectionTrait, viewer: &Viewer, ids: &[QuizId]) -> Result<HashMap<QuizId, QuizRow>> {
    by_keys(db, quiz::Entity::visible_to(viewer), quiz::Column::Id, ids, |row: &QuizRow| row.id).await
}

/// The quizzes of each section, in order.
pub async fn quizzes_of_sections(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    sections: &[SectionId],
) -> Result<HashMap<SectionId, Vec<QuizRow>>> {
    use quiz::Column::{CreatedAt, Id, OrderIndex, SectionId as Section};
    let of = (Section, (|row| row.section_id.unwrap_or(SectionId(row.id.0))) as fn(&QuizRow) -> SectionId);
    lists_of(db, quiz::Entity::visible_to(viewer), of, sections, &[OrderIndex, CreatedAt, Id]).await
}

/// Questions by id, with their keys.
pub async fn questions(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[QuestionId],
) -> Result<HashMap<QuestionId, QuestionRow>> {
    by_keys(db, quiz_question::Entity::visible_to(viewer), quiz_question::Column::Id, ids, |row: &QuestionRow| row.id)
        .await
}

/// The questions of each quiz, in order, with their keys.
pub async fn questions_of_quizzes(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    quizzes: &[QuizId],
) -> Result<HashMap<QuizId, Vec<QuestionRow>>> {
    use quiz_question::Column::{Id, OrderIndex, QuizId as Quiz};
    let of = (Quiz, (|row| row.quiz_id.unwrap_or(QuizId(row.id.0))) as fn(&QuestionRow) -> QuizId);
    lists_of(db, quiz_question::Entity::visible_to(viewer), of, quizzes, &[OrderIndex, Id]).await
}

/// How many questions an attempt at each quiz gets, those that are drawn too: everybody who sees the quiz may know it.
pub async fn question_counts(db: &impl ConnectionTrait, quizzes: &[QuizId]) -> Result<HashMap<QuizId, i64>> {
    let mut counts = counts_of(db, quiz_question::Entity::live(), quiz_question::Column::QuizId, quizzes).await?;
    let of = (quiz_draw::Column::QuizId, (|row| row.quiz_id) as fn(&DrawRow) -> QuizId);
    for (quiz, draws) in lists_of(db, quiz_draw::Entity::live(), of, quizzes, &[quiz_draw::Column::Id]).await? {
        *counts.entry(quiz).or_default() += draws.iter().map(|draw| i64::from(draw.count)).sum::<i64>();
    }
    Ok(counts)
}

/// Attempts by id.
pub async fn attempts(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[AttemptId],
) -> Result<HashMap<AttemptId, AttemptRow>> {
    by_keys(db, quiz_attempt::Entity::visible_to(viewer), quiz_attempt::Column::Id, ids, |row: &AttemptRow| row.id)
        .await
}

/// Answers by id.
pub async fn answers(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[AnswerId],
) -> Result<HashMap<AnswerId, AnswerRow>> {
    by_keys(db, quiz_answer::Entity::visible_to(viewer), quiz_answer::Column::Id, ids, |row: &AnswerRow| row.id).await
}

/// The answers of each attempt, in the order in which they were first given.
pub async fn answers_of_attempts(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    attempts: &[AttemptId],
) -> Result<HashMap<AttemptId, Vec<AnswerRow>>> {
    use quiz_answer::Column::{AttemptId as Attempt, CreatedAt, Id};
    let of = (Attempt, (|row| row.attempt_id) as fn(&AnswerRow) -> AttemptId);
    lists_of(db, quiz_answer::Entity::visible_to(viewer), of, attempts, &[CreatedAt, Id]).await
}

/// How many questions of each attempt are answered.
pub async fn answered_counts(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    attempts: &[AttemptId],
) -> Result<HashMap<AttemptId, i64>> {
    counts_of(db, quiz_answer::Entity::visible_to(viewer), quiz_answer::Column::AttemptId, attempts).await
}

/// The viewer's own attempts at quizzes, newest first.
pub async fn own_attempts_of_quizzes(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    quizzes: &[QuizId],
    request: &PageRequest,
) -> Result<HashMap<QuizId, Page<AttemptRow>>> {
    let of = (quiz_attempt::Column::QuizId, (|row| row.quiz_id) as fn(&AttemptRow) -> QuizId);
    pages_of(db, own(viewer), of, quizzes, &newest(), request).await
}

/// How many there are; quizzes without any are absent.
pub async fn count_own_attempts_of_quizzes(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    quizzes: &[QuizId],
) -> Result<HashMap<QuizId, i64>> {
    counts_of(db, own(viewer), quiz_attempt::Column::QuizId, quizzes).await
}

fn curriculum() -> Sort<quiz::Entity, QuizRow> {
    Sort::<_, QuizRow>::ascending("curriculum")
        .by_number(place_of_section(quiz::Column::SectionId), |row| Scalar::Int(row.section_order.into()))
        .by(quiz::Column::OrderIndex, |row| Scalar::Int(row.order_index.into()))
        .by(quiz::Column::CreatedAt, |row| Scalar::Time(row.created_at))
        .by(quiz::Column::Id, |row| Scalar::Id(row.id.0))
}

fn newest() -> Sort<quiz_attempt::Entity, AttemptRow> {
    Sort::<_, AttemptRow>::descending("newest")
        .by(quiz_attempt::Column::StartedAt, |row| Scalar::Time(row.started_at))
        .by(quiz_attempt::Column::Id, |row| Scalar::Id(row.id.0))
}

kernel::edges! {
    /// The quizzes of courses, in the order in which they are taught.
    quizzes_of_courses, count_quizzes_of_courses: QuizRow => CourseId, quiz::Entity, CourseId, |row| row.course_id, curriculum;
    /// People's attempts, newest first.
    attempts_of_users, count_attempts_of_users: AttemptRow => UserId, quiz_attempt::Entity, UserId, |row| row.user_id, newest;
    /// The attempts at quizzes, newest first.
    attempts_of_quizzes, count_attempts_of_quizzes: AttemptRow => QuizId, quiz_attempt::Entity, QuizId, |row| row.quiz_id, newest;
}
