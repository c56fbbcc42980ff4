use courses::bump;
use kernel::{AuditRecord, Event, QuizId, Result, Tx};
use sea_orm::{ActiveEnum, ColumnTrait, prelude::DateTimeUtc, sea_query::Expr};

use super::{Edited, QuizChange, home::open_quiz, now};
use crate::{
    QuizRow,
    attempting::settle_all,
    quiz::{self, Column, Entity, Model},
    rules::QUIZ_WINDOW_INVALID,
};

/// Changes what is set of a quiz. With an expected version that is not the current one nothing is changed. It holds for attempts
/// that begin from now on, once the quiz is published again.
pub async fn update_quiz(
    tx: &mut Tx,
    id: QuizId,
    expected: Option<i32>,
    mut change: QuizChange,
) -> Result<Edited<QuizRow>> {
    let (permit, before) = open_quiz(tx, id).await?;
    change.check()?;
    if expected.is_some_and(|expected| expected != before.version) {
        return Ok(Edited::Stale(now(tx, id).await?));
    }
    if change.is_empty() {
        return Ok(Edited::Done(now(tx, id).await?));
    }
    let mut row = quiz::ActiveModel::default();
    change.apply(&mut row);
    check_window(&before, &row)?;
    let sets = sets(row, before.version);
    tx.change_where::<_, _, Entity>(&permit, Column::Id.eq(id), sets).await?;
    let after = now(tx, id).await?;
    if after.title != before.title {
        bump(tx, &permit, before.course_id).await?;
    }
    if before.is_required && !after.is_required {
        tx.emit(Event::CourseAsksLess { course: before.course_id });
    }
    tx.record(differences(&before, &after)).await?;
    if (after.grade_method, after.passing_score) != (before.grade_method, before.passing_score) {
        settle_all(tx, id).await?;
    }
    Ok(Edited::Done(after))
}

fn check_window(before: &Model, row: &quiz::ActiveModel) -> Result<()> {
    let opens = row.opens_at.try_as_ref().copied().unwrap_or(before.opens_at);
    let due = row.due_at.try_as_ref().copied().unwrap_or(before.due_at);
    if opens.zip(due).is_some_and(|(opens, due)| opens >= due) {
        return Err(QUIZ_WINDOW_INVALID.at("dueAt").into());
    }
    Ok(())
}

fn sets(row: quiz::ActiveModel, version: i32) -> Vec<(Column, Expr)> {
    use sea_orm::ActiveModelTrait;
    let columns = [
        Column::Title,
        Column::Description,
        Column::QuizType,
        Column::PassingScore,
        Column::TimeLimit,
        Column::MaxAttempts,
        Column::IsRandomized,
        Column::OpensAt,
        Column::DueAt,
        Column::ShowKeyAfter,
        Column::GradeMethod,
        Column::IsRequired,
        Column::GracePeriod,
    ];
    let given = columns.into_iter().filter_map(|column| Some((column, Expr::val(row.get(column).into_value()?))));
    given.chain([(Column::Version, Expr::val(version + 1))]).collect()
}

fn differences(before: &Model, after: &QuizRow) -> AuditRecord {
    let time = |time: Option<DateTimeUtc>| time.map(|time| time.to_rfc3339());
    AuditRecord::new("quiz.updated", after.id)
        .change("title", &*before.title, &*after.title)
        .change("description", &*before.description, &*after.description)
        .change("quizType", before.quiz_type.to_value(), after.quiz_type.to_value())
        .change("passingScore", before.passing_score, after.passing_score)
        .change("timeLimitMinutes", before.time_limit, after.time_limit)
        .change("maxAttempts", before.max_attempts, after.max_attempts)
        .change("isRandomized", before.is_randomized, after.is_randomized)
        .change("opensAt", time(before.opens_at), time(after.opens_at))
        .change("dueAt", time(before.due_at), time(after.due_at))
        .change("solutionsShownAfter", before.show_key_after.to_value(), after.show_key_after.to_value())
        .change("gradeMethod", before.grade_method.to_value(), after.grade_method.to_value())
        .change("isRequired", before.is_required, after.is_required)
        .change("gracePeriodSeconds", before.grace_period, after.grace_period)
        .change("version", before.version, after.version)
}
