use serde::{Deserialize, Serialize};

use crate::SuggestionKind;

/// A question as a machine proposes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub text: String,
    pub content: DraftContent,
    pub explanation: String,
    /// Which of the passages it is taken from.
    pub passage: usize,
    /// The words of the passage that it stands on; the passage as a whole when there are none.
    pub quote: Option<String>,
}

/// What may be answered, and what is right. Kept as JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftContent {
    /// One of these.
    MultipleChoice {
        options: Vec<String>,
        right: usize,
    },
    TrueFalse(bool),
    /// Any of these.
    ShortAnswer(Vec<String>),
    /// Any of these, in the gap [`GAP`] of the text.
    FillIn(Vec<String>),
}

/// How a gap is written in a question's text, and what it is called.
pub const GAP: &str = "{{1}}";
pub const GAP_NAME: &str = "1";

impl DraftContent {
    pub fn kind(&self) -> SuggestionKind {
        match self {
            Self::MultipleChoice { .. } => SuggestionKind::MultipleChoice,
            Self::TrueFalse(_) => SuggestionKind::TrueFalse,
            Self::ShortAnswer(_) => SuggestionKind::ShortAnswer,
            Self::FillIn(_) => SuggestionKind::FillIn,
        }
    }

    /// What one chooses from.
    pub fn options(&self) -> &[String] {
        match self {
            Self::MultipleChoice { options, .. } => options,
            _ => &[],
        }
    }

    /// What is right, in words.
    pub fn right(&self) -> Vec<String> {
        match self {
            Self::MultipleChoice { options, right } => options.get(*right).cloned().into_iter().collect(),
            Self::TrueFalse(is_true) => vec![is_true.to_string()],
            Self::ShortAnswer(accepted) | Self::FillIn(accepted) => accepted.clone(),
        }
    }
}
