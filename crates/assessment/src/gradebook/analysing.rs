//! How the questions of a quiz have done: how many got them right, and whether those who did got the rest right, too.

use std::collections::{BTreeMap, HashMap};

use kernel::{AttemptId, Live, QuestionId, QuizId, Result, Viewer};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter};

use super::gradable;
use crate::{
    Answer, AnswerRow, AttemptStatus,
    attempting::{Asked, answers_of, papers_of},
    quiz_attempt::{Column, Entity, Model},
};

/// Of fewer attempts nothing is said: it would be about persons, and not about questions.
pub const LEAST: usize = 5;

/// How a question has done in first attempts.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemAnalysis {
    pub question: QuestionId,
    /// As it was asked last.
    pub text: String,
    /// How many first attempts asked it, and are graded.
    pub attempts: usize,
    /// The mean part of its points that was earned, from 0 to 1. None for fewer than [`LEAST`].
    pub facility: Option<f64>,
    /// How far those who did well in it did well in the others, from -1 to 1. None for fewer than [`LEAST`], and where all did
    /// alike.
    pub discrimination: Option<f64>,
    /// How often each option was ticked, by its key. Empty for other types, and for fewer than [`LEAST`].
    pub options: Vec<OptionCount>,
}

/// How often an option was ticked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionCount {
    pub key: String,
    pub text: String,
    pub count: usize,
}

/// How the questions have done in the first attempts that are graded. For those who may grade there. A fixed number of statements.
pub async fn item_analysis(db: &impl ConnectionTrait, viewer: &Viewer, quiz: QuizId) -> Result<Vec<ItemAnalysis>> {
    gradable(db, viewer, quiz).await?;
    let first = Entity::live().filter(Column::QuizId.eq(quiz)).filter(Column::AttemptNumber.eq(1));
    let first = first.filter(Column::Status.eq(AttemptStatus::Graded)).all(db).await?;
    let papers = papers_of(db, &first).await?;
    let ids: Vec<AttemptId> = first.iter().map(|attempt| attempt.id).collect();
    let answers = answers_of(db, &ids).await?;
    let none = HashMap::new();
    let mut items: BTreeMap<QuestionId, Item> = BTreeMap::new();
    let mut order = vec![];
    for attempt in &first {
        let Some(paper) = papers.get(&attempt.id) else { continue };
        let given = answers.get(&attempt.id).unwrap_or(&none);
        for asked in &paper.questions {
            let item = items.entry(asked.id).or_insert_with(|| {
                order.push(asked.id);
                Item::default()
            });
            item.add(asked, attempt, given.get(&asked.id))?;
        }
    }
    Ok(order.into_iter().filter_map(|id| Some(items.remove(&id)?.analysed(id))).collect())
}

/// What is gathered of a question.
#[derive(Default)]
struct Item {
    text: String,
    options: Vec<(String, String)>,
    ticks: HashMap<String, usize>,
    /// The part of its points that was earned, and of all others.
    pairs: Vec<(f64, f64)>,
}

impl Item {
    fn add(&mut self, asked: &Asked, attempt: &Model, answer: Option<&AnswerRow>) -> Result<()> {
        self.text = asked.question.text.clone();
        self.options = asked.options.iter().map(|option| (option.key.clone(), option.text.clone())).collect();
        let earned = answer.map_or(asked.unanswered(), |row| row.points.unwrap_or(0).min(asked.question.points));
        let most = asked.question.points;
        let part = |earned: i32, most: i32| if most > 0 { f64::from(earned) / f64::from(most) } else { 0.0 };
        self.pairs.push((part(earned, most), part(attempt.score - earned, attempt.max_score - most)));
        if let Some(row) = answer.filter(|row| !row.answer.is_null())
            && let Answer::Ids(keys) = Answer::read(&row.answer)?
        {
            for key in keys {
                *self.ticks.entry(key).or_default() += 1;
            }
        }
        Ok(())
    }

    fn analysed(self, question: QuestionId) -> ItemAnalysis {
        let (attempts, is_enough) = (self.pairs.len(), self.pairs.len() >= LEAST);
        let is_ticked = !self.ticks.is_empty();
        let count = |(key, text): (String, String)| {
            let count = self.ticks.get(&key).copied().unwrap_or(0);
            OptionCount { key, text, count }
        };
        ItemAnalysis {
            question,
            text: self.text,
            attempts,
            facility: is_enough.then(|| rounded(mean(self.pairs.iter().map(|(part, _)| *part)))),
            discrimination: if is_enough { correlation(&self.pairs) } else { None },
            options: if is_enough && is_ticked { self.options.into_iter().map(count).collect() } else { vec![] },
        }
    }
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len() as f64;
    values.sum::<f64>() / count
}

/// To four decimals: what is finer is noise.
fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

/// Pearson's; none where one of the two never differs.
fn correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    let (x, y) = (mean(pairs.iter().map(|(x, _)| *x)), mean(pairs.iter().map(|(_, y)| *y)));
    let sum = |of: fn(f64, f64) -> f64| pairs.iter().map(|(a, b)| of(a - x, b - y)).sum::<f64>();
    let (both, of_x, of_y) = (sum(|a, b| a * b), sum(|a, _| a * a), sum(|_, b| b * b));
    let spread = (of_x * of_y).sqrt();
    (spread > 1e-9).then(|| rounded((both / spread).clamp(-1.0, 1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_good_at_one_and_at_the_rest_makes_a_question_discriminate() {
        assert_eq!(correlation(&[(0.0, 0.1), (1.0, 0.9), (0.0, 0.1), (1.0, 0.9)]), Some(1.0));
        assert_eq!(correlation(&[(1.0, 0.1), (0.0, 0.9)]), Some(-1.0));
        assert_eq!(correlation(&[(1.0, 0.1), (1.0, 0.9)]), None);
    }

    #[test]
    fn of_too_few_nothing_is_said() {
        let item = |count: usize| Item { pairs: vec![(1.0, 0.5); count], ..Item::default() };
        let few = item(LEAST - 1).analysed(QuestionId(Default::default()));
        assert_eq!((few.attempts, few.facility, few.discrimination), (LEAST - 1, None, None));
        assert_eq!(item(LEAST).analysed(QuestionId(Default::default())).facility, Some(1.0));
    }
}
