//! What an attempt is worth, of what its answers are worth.

use std::collections::HashMap;

use kernel::{AnswerId, QuestionId, Result};

use super::{Asked, Paper};
use crate::{Answer, AnswerRow, AttemptStatus, grading::grade, regrading::Credit};

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

impl Asked {
    /// What who has answered so gets, in hundredths, and whether a person has a say in it. What a person has graded stays what it
    /// is.
    fn mark(&self, row: &AnswerRow) -> Result<(Option<i32>, bool)> {
        if row.is_manual {
            return Ok((row.points, true));
        }
        let answer = if row.answer.is_null() { None } else { Some(Answer::read(&row.answer)?) };
        let by_credit = match self.credit {
            Credit::ByKey => {
                // What was kept was checked; what does not fit any more, as the question was changed, is worth nothing.
                let by_key = grade(&self.question, answer.as_ref()).ok();
                let needs_person = by_key.as_ref().is_some_and(|grade| grade.needs_person);
                let earned = by_key.map_or(0, |grade| grade.earned);
                return Ok((if needs_person { None } else { Some(earned) }, needs_person));
            }
            Credit::Excluded => 0,
            Credit::ToAll => self.question.points,
            Credit::ToWhoAnswered if answer.is_some_and(|answer| !answer.is_blank()) => self.question.points,
            Credit::ToWhoAnswered => 0,
        };
        Ok((Some(by_credit), false))
    }

    /// What who has not answered gets, in hundredths.
    pub fn unanswered(&self) -> i32 {
        if self.credit == Credit::ToAll { self.question.points } else { 0 }
    }
}

/// Grades every answer. What a person has graded stays what it is; it counts for no more than the question is worth.
pub(crate) fn standing(paper: &Paper, answers: &HashMap<QuestionId, AnswerRow>) -> Result<Standing> {
    let (mut marked, mut score, mut waits) = (vec![], 0i64, false);
    for asked in &paper.questions {
        let Some(row) = answers.get(&asked.id) else {
            score += i64::from(asked.unanswered());
            continue;
        };
        let (points, needs_person) = asked.mark(row)?;
        waits |= points.is_none();
        score += i64::from(points.unwrap_or(0).min(asked.question.points));
        marked.push(Marked { id: row.id, points, needs_person });
    }
    let score = i32::try_from(score).unwrap_or(i32::MAX);
    let max_score = paper.points();
    let percentage = percentage(score, max_score);
    let status = if waits { AttemptStatus::Submitted } else { AttemptStatus::Graded };
    let is_passed = !waits && percentage >= paper.quiz.passing_score;
    Ok(Standing { status, score, max_score, percentage, is_passed, answers: marked })
}

impl Standing {
    /// What counts when somebody has set a score instead of the one that was earned.
    pub fn overridden(self, score: Option<i32>, paper: &Paper) -> Self {
        let Some(score) = score else { return self };
        let percentage = percentage(score, self.max_score);
        Self { percentage, is_passed: percentage >= paper.quiz.passing_score, ..self }
    }
}

/// In hundredths of a percent; what is left of one is dropped, so that it is never all without all points.
fn percentage(score: i32, max: i32) -> i32 {
    if max <= 0 {
        return 0;
    }
    i32::try_from((i64::from(score) * 10_000 / i64::from(max)).clamp(0, 10_000)).unwrap_or(0)
}
