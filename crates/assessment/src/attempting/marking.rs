//! What an attempt is worth, of what its answers are worth.

use std::collections::HashMap;

use kernel::{AnswerId, QuestionId, Result};

use super::Paper;
use crate::{Answer, AnswerRow, AttemptStatus, grading::grade};

/// What an attempt is worth by now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub status: AttemptStatus,
    /// In hundredths.
    pub score: i32,
    pub max_score: i32,
    /// In hundredths of a percent.
    pub percentage: i32,
    pub is_passed: bool,
    pub answers: Vec<Marked>,
}

/// An answer and what it is worth; none as long as a person has to read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Marked {
    pub id: AnswerId,
    pub points: Option<i32>,
    pub needs_person: bool,
}

/// Grades every answer. What a person has graded stays what it is.
pub(crate) fn standing(paper: &Paper, answers: &HashMap<QuestionId, AnswerRow>) -> Result<Standing> {
    let (mut marked, mut score, mut waits) = (vec![], 0i64, false);
    for asked in &paper.questions {
        let Some(row) = answers.get(&asked.id) else { continue };
        let answer = if row.answer.is_null() { None } else { Some(Answer::read(&row.answer)?) };
        // What was kept was checked; what does not fit any more, as the question was changed by a regrade, is worth nothing.
        let by_key = grade(&asked.question, answer.as_ref()).ok();
        let needs_person = row.is_manual || by_key.as_ref().is_some_and(|grade| grade.needs_person);
        let points = match (row.is_manual, needs_person) {
            (true, _) => row.points,
            (false, true) => None,
            (false, false) => Some(by_key.map_or(0, |grade| grade.earned)),
        };
        waits |= points.is_none();
        score += i64::from(points.unwrap_or(0));
        marked.push(Marked { id: row.id, points, needs_person });
    }
    let score = i32::try_from(score).unwrap_or(i32::MAX);
    let max_score = paper.points();
    let percentage = percentage(score, max_score);
    let status = if waits { AttemptStatus::Submitted } else { AttemptStatus::Graded };
    let is_passed = !waits && percentage >= paper.quiz.passing_score;
    Ok(Standing { status, score, max_score, percentage, is_passed, answers: marked })
}

/// In hundredths of a percent; what is left of one is dropped, so that it is never all without all points.
pub(crate) fn percentage(score: i32, max: i32) -> i32 {
    if max <= 0 {
        return 0;
    }
    i32::try_from((i64::from(score) * 10_000 / i64::from(max)).clamp(0, 10_000)).unwrap_or(0)
}
