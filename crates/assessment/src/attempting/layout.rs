//! What an attempt is given when it begins: which questions, which were drawn, and the order of everything. A pure function of
//! the version and the seed; what came of it is kept, so that it never changes under who sits there.

use std::collections::BTreeSet;

use kernel::{Error, QuestionId, Result};
use sea_orm::prelude::Json;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::versions::{FrozenQuestion, Item, QuizSnapshot};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    pub questions: Vec<Placed>,
}

/// A question in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    pub id: QuestionId,
    /// In hundredths: a draw says what its questions are worth.
    pub points: i32,
    /// The keys of its options, in the order in which they are shown.
    pub options: Vec<String>,
}

impl Layout {
    pub fn draw(quiz: &QuizSnapshot, seed: i64) -> Result<Self> {
        let lot = Lot(seed);
        // What stands in the quiz itself is not drawn once more.
        let fixed = quiz.items.iter().filter(|item| matches!(item, Item::Question(_)));
        let mut given: BTreeSet<QuestionId> = fixed.flat_map(Item::questions).map(|question| question.id).collect();
        let mut questions = vec![];
        for item in &quiz.items {
            match item {
                Item::Question(question) => {
                    questions.push(placed(question, question.question.points, quiz.is_randomized, &lot)?);
                }
                Item::Draw { count, points, questions: pool, .. } => {
                    let mut pool: Vec<&FrozenQuestion> = pool.iter().filter(|it| !given.contains(&it.id)).collect();
                    pool.sort_by_cached_key(|question| lot.of("draw", &question.id.0.to_string()));
                    for question in pool.into_iter().take(usize::try_from(*count).unwrap_or(0)) {
                        given.insert(question.id);
                        questions.push(placed(question, *points, quiz.is_randomized, &lot)?);
                    }
                }
            }
        }
        if quiz.is_randomized {
            questions.sort_by_cached_key(|question| lot.of("question", &question.id.0.to_string()));
        }
        Ok(Self { questions })
    }

    pub fn read(column: &Json) -> Result<Self> {
        Self::deserialize(column).map_err(|error| Error::Internal(format!("an attempt can't be read: {error}")))
    }

    pub fn column(&self) -> Result<Json> {
        serde_json::to_value(self).map_err(|error| Error::Internal(format!("an attempt can't be written: {error}")))
    }
}

fn placed(question: &FrozenQuestion, points: i32, is_randomized: bool, lot: &Lot) -> Result<Placed> {
    let shown = question.read()?.shown();
    let mut options: Vec<String> = shown.options.into_iter().map(|option| option.key).collect();
    if is_randomized {
        options.sort_by_cached_key(|key| lot.of("option", &format!("{} {key}", question.id.0)));
    }
    Ok(Placed { id: question.id, points, options })
}

/// Orders things so that nobody knows how who does not know the seed.
struct Lot(i64);

impl Lot {
    fn of(&self, what: &str, name: &str) -> Vec<u8> {
        Sha256::digest(format!("{} {what} {name}", self.0)).to_vec()
    }
}
