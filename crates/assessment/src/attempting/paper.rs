//! What lies before who sits a quiz: the questions of the attempt's version in the attempt's order.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kernel::{AttemptId, QuestionId, QuizId, Result, Viewer, dialect};
use sea_orm::{
    ConnectionTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait, Select, prelude::Json, sea_query::Expr,
};

use super::{
    Layout,
    showing::{last_dues, shows_key},
};
use crate::{
    AnswerRow, AttemptRow,
    question::{Question, ShownOption},
    quiz_answer, quiz_attempt, quiz_version,
    regrading::{Change, Credit, changes_of},
    versions::QuizSnapshot,
};

/// A question of an attempt, with its key.
#[derive(Clone, Debug)]
pub struct Asked {
    pub id: QuestionId,
    /// Worth what it is worth in this attempt.
    pub question: Question,
    /// In the attempt's order.
    pub options: Vec<ShownOption>,
    /// Who gets its points, if that is not for the key to say.
    pub credit: Credit,
}

/// All that an attempt asks.
#[derive(Clone, Debug)]
pub struct Paper {
    pub quiz: QuizSnapshot,
    pub questions: Vec<Asked>,
}

impl Paper {
    /// Attempts from before there were layouts have the order of the version.
    pub fn of(quiz: QuizSnapshot, layout: Option<&Json>, seed: i64) -> Result<Self> {
        let layout = match layout {
            Some(layout) => Layout::read(layout)?,
            None => Layout::draw(&quiz, seed)?,
        };
        let all = quiz.items.iter().flat_map(|item| item.questions());
        let by_id: HashMap<QuestionId, _> = all.map(|question| (question.id, question)).collect();
        let mut questions = vec![];
        for placed in layout.questions {
            let Some(frozen) = by_id.get(&placed.id) else { continue };
            let question = Question { points: placed.points, ..frozen.read()? };
            let mut options = question.shown().options;
            let place = |option: &ShownOption| placed.options.iter().position(|key| *key == option.key);
            options.sort_by_key(|option| place(option).unwrap_or(usize::MAX));
            questions.push(Asked { id: placed.id, question, options, credit: Credit::ByKey });
        }
        Ok(Self { quiz, questions })
    }

    /// The paper with what regrades have laid over that version of the quiz, the earliest first.
    pub fn regraded(mut self, version: i32, changes: &[Change]) -> Result<Self> {
        for asked in &mut self.questions {
            let (id, published) = (asked.id, asked.question.clone());
            for change in changes.iter().filter(|change| change.question == id) {
                if change.holds_for(version, &published)? {
                    change.lie_over(asked)?;
                }
            }
            // Whatever it is worth by another change.
            if asked.credit == Credit::Excluded {
                asked.question.points = 0;
            }
        }
        Ok(self)
    }

    pub fn find(&self, id: QuestionId) -> Option<&Asked> {
        self.questions.iter().find(|asked| asked.id == id)
    }

    /// What everything right is worth, in hundredths.
    pub fn points(&self) -> i32 {
        let sum: i64 = self.questions.iter().map(|asked| i64::from(asked.question.points)).sum();
        i32::try_from(sum).unwrap_or(i32::MAX)
    }
}

/// The papers of these attempts, as far as their versions were kept, with what regrades have laid over them. Two statements;
/// each version is read once.
pub(crate) async fn papers_of(
    db: &impl ConnectionTrait,
    attempts: &[quiz_attempt::Model],
) -> Result<HashMap<AttemptId, Paper>> {
    let ids: Vec<AttemptId> = attempts.iter().map(|attempt| attempt.id).collect();
    let mut snapshots = HashMap::new();
    for version in versions_of(db, &ids).all(db).await? {
        snapshots.insert((version.quiz_id, version.number), QuizSnapshot::read(&version.snapshot)?);
    }
    let quizzes: Vec<QuizId> = attempts.iter().map(|attempt| attempt.quiz_id).collect();
    let (changes, none) = (changes_of(db, &quizzes).await?, vec![]);
    let mut papers = HashMap::new();
    for attempt in attempts {
        if let Some(quiz) = snapshots.get(&(attempt.quiz_id, attempt.quiz_version)) {
            let paper = Paper::of(quiz.clone(), attempt.layout.as_ref(), attempt.seed)?;
            let changes = changes.get(&attempt.quiz_id).unwrap_or(&none);
            papers.insert(attempt.id, paper.regraded(attempt.quiz_version, changes)?);
        }
    }
    Ok(papers)
}

/// The versions that these attempts were made at.
fn versions_of(db: &impl ConnectionTrait, attempts: &[AttemptId]) -> Select<quiz_version::Entity> {
    use kernel::Live;
    use quiz_attempt::{Column, Entity};
    let sat = Entity::live().filter(dialect::any_of(db.get_database_backend(), (Entity, Column::Id), attempts));
    let sat = sat.select_only().column(Column::QuizId).column(Column::QuizVersion).into_query();
    let which = Expr::tuple([
        Expr::col((quiz_version::Entity, quiz_version::Column::QuizId)),
        Expr::col((quiz_version::Entity, quiz_version::Column::Number)),
    ]);
    quiz_version::Entity::live().filter(which.in_subquery(sat))
}

/// What is before who sits there, and what they have answered so far.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub paper: Paper,
    pub answers: HashMap<QuestionId, AnswerRow>,
    last_due: Option<DateTime<Utc>>,
}

impl Sheet {
    /// May who sat there see what would have been right?
    pub fn shows_key(&self, attempt: &AttemptRow, now: DateTime<Utc>) -> bool {
        shows_key(&self.paper.quiz, attempt, self.last_due, now)
    }
}

/// The sheets of attempts that the viewer may see. A fixed number of statements, however many there are.
pub async fn papers(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[AttemptId],
) -> Result<HashMap<AttemptId, Sheet>> {
    use quiz_attempt::{Column, Entity};
    let which = dialect::any_of(db.get_database_backend(), (Entity, Column::Id), ids);
    let attempts = Entity::visible_to(viewer).filter(which).all(db).await?;
    let seen: Vec<AttemptId> = attempts.iter().map(|attempt| attempt.id).collect();
    let mut answers = answers_of(db, &seen).await?;
    let mut papers = papers_of(db, &attempts).await?;
    let quizzes: Vec<_> = attempts.iter().map(|attempt| attempt.quiz_id).collect();
    let dues = last_dues(db, &quizzes).await?;
    let sheet = |attempt: &quiz_attempt::Model| {
        let (paper, last_due) = (papers.remove(&attempt.id)?, dues.get(&attempt.quiz_id).copied());
        // Of a quiz that is gone nothing was moved.
        let last_due = last_due.unwrap_or(paper.quiz.due_at);
        let answers = answers.remove(&attempt.id).unwrap_or_default();
        Some((attempt.id, Sheet { paper, answers, last_due }))
    };
    Ok(attempts.iter().filter_map(sheet).collect())
}

/// The answers of attempts, by their questions.
pub(crate) async fn answers_of(
    db: &impl ConnectionTrait,
    attempts: &[AttemptId],
) -> Result<HashMap<AttemptId, HashMap<QuestionId, AnswerRow>>> {
    use kernel::Live;
    use quiz_answer::{Column, Entity};
    let which = dialect::any_of(db.get_database_backend(), (Entity, Column::AttemptId), attempts);
    let rows: Vec<AnswerRow> = Entity::live().filter(which).into_partial_model().all(db).await?;
    let mut answers: HashMap<AttemptId, HashMap<QuestionId, AnswerRow>> = HashMap::new();
    for row in rows {
        answers.entry(row.attempt_id).or_default().insert(row.question_id, row);
    }
    Ok(answers)
}
