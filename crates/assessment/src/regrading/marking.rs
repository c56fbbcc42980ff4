//! What a regrade makes of attempts, and that it is kept beside what they were.

use std::collections::HashMap;

use courses::Taught;
use kernel::{AnswerId, AttemptId, EntityId, Permit, QuestionId, RegradeId, Result, Tx};
use sea_orm::{ActiveEnum, Set, sea_query::OnConflict};
use serde_json::{Value, json};

use super::{Changed, Mark};
use crate::{
    AnswerRow, AttemptStatus,
    attempting::{Paper, Standing, standing},
    policy::Grade,
    quiz_answer,
    quiz_attempt::{Column, Entity, Model},
    regraded_attempt::{self, ActiveModel},
};

type Answers = HashMap<QuestionId, AnswerRow>;

/// What has come of a regrade so far.
pub(super) struct Marking {
    regrade: RegradeId,
    pub looked_at: usize,
    pub changed: Vec<Changed>,
    pub manual_answers: usize,
    pub overridden: usize,
}

/// What is written of some attempts.
#[derive(Default)]
struct Writing {
    answers: Vec<(AnswerId, Vec<Value>)>,
    attempts: Vec<(AttemptId, Vec<Value>)>,
    kept: Vec<ActiveModel>,
}

const OF_ATTEMPT: [Column; 5] = [Column::Status, Column::Score, Column::MaxScore, Column::Percentage, Column::IsPassed];

impl Marking {
    pub fn new(regrade: RegradeId) -> Self {
        Self { regrade, looked_at: 0, changed: vec![], manual_answers: 0, overridden: 0 }
    }

    /// Five statements, however many attempts these are.
    pub async fn mark(
        &mut self,
        tx: &mut Tx,
        permit: &Permit<Grade, Taught>,
        (attempts, papers, answers): (&[Model], &HashMap<AttemptId, Paper>, &HashMap<AttemptId, Answers>),
    ) -> Result<()> {
        let (mut writing, none) = (Writing::default(), HashMap::new());
        for attempt in attempts {
            // One without a version has nothing to be graded by.
            let Some(paper) = papers.get(&attempt.id) else { continue };
            let answers = answers.get(&attempt.id).unwrap_or(&none);
            if attempt.status == AttemptStatus::InProgress {
                writing.attempts.extend(under_way(attempt, paper));
                continue;
            }
            self.looked_at += 1;
            // Of somebody who was erased the figures stay, and so do those of an attempt from before answers were kept: there is
            // nothing left to grade.
            let is_bare = answers.is_empty() && attempt.answers_digest.is_none();
            if !is_bare && !answers.values().any(|row| row.answer.is_null()) {
                self.one(tx, (attempt, paper, answers), &mut writing)?;
            }
        }
        writing.write(tx, permit).await
    }

    fn one(
        &mut self,
        tx: &mut Tx,
        (attempt, paper, answers): (&Model, &Paper, &Answers),
        writing: &mut Writing,
    ) -> Result<()> {
        let standing = standing(paper, answers)?.overridden(attempt.override_score, paper);
        self.manual_answers += answers.values().filter(|row| row.is_manual).count();
        self.overridden += usize::from(attempt.override_score.is_some());
        let of_answers = changed_answers(&standing, answers);
        let (before, after) = (Mark::of(attempt), Mark::after(attempt, &standing));
        if before == after && attempt.score == standing.score && of_answers.is_empty() {
            return Ok(());
        }
        let points = |it: &(AnswerId, [(Option<i32>, bool); 2])| (it.0, vec![json!(it.1[1].0), json!(it.1[1].1)]);
        writing.answers.extend(of_answers.iter().map(points));
        writing.attempts.push((attempt.id, of_attempt(&standing)));
        let kept = of_answers.iter().map(|(id, [before, after])| {
            json!({"answer": id.to_wire(), "pointsBefore": before.0, "waitedBefore": before.1, "points": after.0,
                "waits": after.1})
        });
        writing.kept.push(ActiveModel {
            id: Set(tx.new_id()?),
            regrade_id: Set(self.regrade),
            attempt_id: Set(attempt.id),
            answers: Set(kept.collect()),
            ..kept_marks(before, after)
        });
        let (user, attempt_number) = (attempt.user_id, attempt.attempt_number);
        self.changed.push(Changed { attempt: attempt.id, attempt_number, user, before, after });
        Ok(())
    }
}

/// Of one that is under way only what there is to get.
fn under_way(attempt: &Model, paper: &Paper) -> Option<(AttemptId, Vec<Value>)> {
    let most = paper.points();
    let sets = vec![json!(attempt.status.to_value()), json!(attempt.score), json!(most), json!(0), json!(false)];
    (most != attempt.max_score).then_some((attempt.id, sets))
}

/// In the order of [`OF_ATTEMPT`].
fn of_attempt(standing: &Standing) -> Vec<Value> {
    vec![
        json!(standing.status.to_value()),
        json!(standing.score),
        json!(standing.max_score),
        json!(standing.percentage),
        json!(standing.is_passed),
    ]
}

/// The points of an answer, and whether a person has a say.
type Given = (Option<i32>, bool);

/// The answers that come to something else, before and after.
fn changed_answers(standing: &Standing, answers: &Answers) -> Vec<(AnswerId, [Given; 2])> {
    let before: HashMap<AnswerId, Given> =
        answers.values().map(|row| (row.id, (row.points, row.needs_person))).collect();
    let changed = |(id, after): (AnswerId, Given)| {
        let before = *before.get(&id)?;
        (before != after).then_some((id, [before, after]))
    };
    standing.answers.iter().map(|it| (it.id, (it.points, it.needs_person))).filter_map(changed).collect()
}

fn kept_marks(before: Mark, after: Mark) -> ActiveModel {
    ActiveModel {
        status_before: Set(before.status),
        status_after: Set(after.status),
        score_before: Set(before.score),
        score_after: Set(after.score),
        max_score_before: Set(before.max_score),
        max_score_after: Set(after.max_score),
        percentage_before: Set(before.percentage),
        percentage_after: Set(after.percentage),
        is_passed_before: Set(before.is_passed),
        is_passed_after: Set(after.is_passed),
        ..Default::default()
    }
}

impl Mark {
    fn of(attempt: &Model) -> Self {
        Self {
            status: attempt.status,
            score: attempt.override_score.unwrap_or(attempt.score),
            max_score: attempt.max_score,
            percentage: attempt.percentage,
            is_passed: attempt.is_passed,
        }
    }

    fn after(attempt: &Model, standing: &Standing) -> Self {
        Self {
            status: standing.status,
            score: attempt.override_score.unwrap_or(standing.score),
            max_score: standing.max_score,
            percentage: standing.percentage,
            is_passed: standing.is_passed,
        }
    }
}

impl Writing {
    async fn write(self, tx: &Tx, permit: &Permit<Grade, Taught>) -> Result<()> {
        let of_answers = [quiz_answer::Column::Points, quiz_answer::Column::NeedsPerson];
        let key = quiz_answer::Column::Id;
        tx.set_each::<_, _, quiz_answer::Entity, _>(permit, key, &of_answers, self.answers).await?;
        tx.set_each::<_, _, Entity, _>(permit, Column::Id, &OF_ATTEMPT, self.attempts).await?;
        let mut once = OnConflict::columns([regraded_attempt::Column::RegradeId, regraded_attempt::Column::AttemptId]);
        once.do_nothing();
        tx.put_each(permit, self.kept, once).await?;
        Ok(())
    }
}
