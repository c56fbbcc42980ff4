use std::collections::BTreeMap;

use kernel::{Error, QuestionId, Result};
use sea_orm::prelude::Json;
use serde::{Deserialize, Serialize};

use crate::question::{Content, Question, StoredQuestion};

/// What somebody wants counted otherwise of a question.
#[derive(Clone, Debug)]
pub struct NewChange {
    pub question: QuestionId,
    pub wanted: Wanted,
}

#[derive(Clone, Debug)]
pub enum Wanted {
    /// Something else is right. The options stay; they are named by their keys, or by what they say.
    Key(Content),
    /// More is right than was.
    Accept(Further),
    /// What it is worth, in hundredths.
    Points(i32),
    /// All get its points, or all who answered it.
    FullPoints { only_answered: bool },
    /// It does not count any more.
    Drop(DropCredit),
}

impl Wanted {
    /// The field of the API's input that such a change is given in.
    pub(super) fn variant(&self) -> &'static str {
        match self {
            Self::Key(_) => "key",
            Self::Accept(_) => "accept",
            Self::Points(_) => "points",
            Self::FullPoints { .. } => "fullPoints",
            Self::Drop(_) => "drop",
        }
    }
}

/// What is right as well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Further {
    /// Of a short answer.
    Texts(Vec<String>),
    /// Of a choice of which one is ticked, by their keys.
    Options(Vec<String>),
    /// Of gaps, by their names.
    Gaps(BTreeMap<String, Vec<String>>),
}

/// What becomes of the points of a question that is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DropCredit {
    /// Everybody gets them.
    FullPoints,
    /// Nobody does, and there are so many less to get.
    Excluded,
}

/// A change as it is kept. Holds keys.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    pub question: QuestionId,
    pub effect: Effect,
    /// The question as it was when that was decided. None: it was decided before that was kept, and holds for all versions.
    #[serde(default)]
    pub seen: Option<Seen>,
}

/// What who decides on a question has before them. Holds its key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Seen {
    /// The last version of the quiz.
    pub version: i32,
    /// The question as that has it, or the last that does.
    pub question: StoredQuestion,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Effect {
    /// The content of this question is right.
    Key(StoredQuestion),
    Accept(Further),
    Points(i32),
    FullPoints {
        only_answered: bool,
    },
    Drop(DropCredit),
}

impl Change {
    /// Does it hold for the question as this version asks it? For all versions that there were, and for those that come, as long as
    /// they ask the same: what its author has written since is another matter.
    pub(crate) fn holds_for(&self, version: i32, asked: &Question) -> Result<bool> {
        let Some(seen) = self.seen.as_ref().filter(|seen| version > seen.version) else { return Ok(true) };
        let then = Question::read(&seen.question)?;
        Ok(then.text == asked.text && then.content == asked.content)
    }

    pub fn read(column: &Json) -> Result<Vec<Self>> {
        Vec::deserialize(column).map_err(|error| Error::Internal(format!("a regrade can't be read: {error}")))
    }

    pub(super) fn column(changes: &[Self]) -> Result<Json> {
        serde_json::to_value(changes).map_err(|error| Error::Internal(format!("a regrade can't be written: {error}")))
    }
}
