//! What somebody has of a quiz, over all their attempts.

use std::collections::HashMap;

use kernel::{Live, QuizId, Result, Viewer, dialect};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder};

use super::passing::is_settled;
use crate::{
    AttemptRow, GradeMethod, QuizRow,
    quiz_attempt::{self, Column, Entity},
    reading::quizzes,
};

/// A grade over attempts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuizGrade {
    pub method: GradeMethod,
    /// In hundredths.
    pub score: i32,
    pub max_score: i32,
    /// In hundredths of a percent.
    pub percentage: i32,
    pub is_passed: bool,
    /// How many attempts there were to choose from.
    pub attempts: i32,
}

impl AttemptRow {
    /// The score that counts, in hundredths.
    pub fn counted_score(&self) -> i32 {
        self.override_score.unwrap_or(self.score)
    }
}

/// What the viewer has of each quiz: of attempts that have a grade, which they know.
pub async fn own_grades(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[QuizId],
) -> Result<HashMap<QuizId, QuizGrade>> {
    let which = dialect::any_of(db.get_database_backend(), (Entity, Column::QuizId), ids);
    let own = Entity::live().filter(Column::UserId.eq(viewer.id())).filter(which);
    let known = own.filter(is_settled()).filter(Column::IsHeld.eq(false));
    let rows: Vec<AttemptRow> = known.order_by_asc(Column::AttemptNumber).into_partial_model().all(db).await?;
    let quizzes = quizzes(db, viewer, ids).await?;
    let mut attempts: HashMap<QuizId, Vec<AttemptRow>> = HashMap::new();
    for row in rows {
        attempts.entry(row.quiz_id).or_default().push(row);
    }
    let grade = |(id, attempts): (QuizId, Vec<AttemptRow>)| Some((id, overall(quizzes.get(&id)?, &attempts)?));
    Ok(attempts.into_iter().filter_map(grade).collect())
}

/// None without attempts. They come in the order of their numbers.
pub fn overall(quiz: &QuizRow, attempts: &[AttemptRow]) -> Option<QuizGrade> {
    let chosen = match quiz.grade_method {
        GradeMethod::Average => return average(quiz, attempts),
        GradeMethod::First => attempts.first(),
        GradeMethod::Latest => attempts.last(),
        // Of equal ones the first.
        GradeMethod::Highest => attempts.iter().rev().max_by_key(|attempt| attempt.percentage),
    }?;
    Some(QuizGrade {
        method: quiz.grade_method,
        score: chosen.counted_score(),
        max_score: chosen.max_score,
        percentage: chosen.percentage,
        is_passed: chosen.is_passed,
        attempts: count(attempts),
    })
}

fn count(attempts: &[AttemptRow]) -> i32 {
    i32::try_from(attempts.len()).unwrap_or(i32::MAX)
}

/// What is left of a hundredth is dropped.
fn average(quiz: &QuizRow, attempts: &[AttemptRow]) -> Option<QuizGrade> {
    let number = i64::from(count(attempts));
    let mean = |of: fn(&AttemptRow) -> i32| {
        let sum: i64 = attempts.iter().map(|attempt| i64::from(of(attempt))).sum();
        i32::try_from(sum.checked_div(number)?).ok()
    };
    let percentage = mean(|attempt| attempt.percentage)?;
    Some(QuizGrade {
        method: quiz.grade_method,
        score: mean(AttemptRow::counted_score)?,
        max_score: mean(|attempt| attempt.max_score)?,
        percentage,
        is_passed: percentage >= quiz.passing_score,
        attempts: count(attempts),
    })
}

/// The viewer's own attempts.
pub(crate) fn own(viewer: &Viewer) -> sea_orm::Select<quiz_attempt::Entity> {
    Entity::live().filter(Column::UserId.eq(viewer.id()))
}
