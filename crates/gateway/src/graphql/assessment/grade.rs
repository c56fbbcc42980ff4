use std::sync::Arc;

use assessment::attempting;
use async_graphql::SimpleObject;

use super::enums::GradeMethod;
use crate::graphql::scalars::hundredths;

/// A grade over several attempts at a quiz.
#[derive(SimpleObject)]
pub struct QuizGrade {
    /// Which of the attempts counts.
    grade_method: GradeMethod,
    /// How many points.
    score: f64,
    /// How many there were to get.
    max_score: f64,
    /// How much of all points that is, from 0 to 100.
    percentage: f64,
    /// Is that enough?
    is_passed: bool,
    /// How many attempts it is made of: those that are marked.
    attempt_count: i32,
}

impl From<Arc<attempting::QuizGrade>> for QuizGrade {
    fn from(grade: Arc<attempting::QuizGrade>) -> Self {
        Self {
            grade_method: grade.method.into(),
            score: hundredths(grade.score),
            max_score: hundredths(grade.max_score),
            percentage: hundredths(grade.percentage),
            is_passed: grade.is_passed,
            attempt_count: grade.attempts,
        }
    }
}
