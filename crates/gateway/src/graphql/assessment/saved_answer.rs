use assessment::{Answer, AnswerRow, QuestionType};
use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use kernel::Result;

use crate::graphql::scalars::SafeInt;

/// An answer as it is kept: the one field is filled that the question's type asks for, in the form of `AnswerInput`.
#[derive(SimpleObject)]
pub struct SavedAnswer {
    /// The keys of the options that are ticked.
    multiple_choice: Option<Vec<String>>,
    /// Is the statement true?
    true_false: Option<bool>,
    /// A word or two.
    short_answer: Option<String>,
    /// A text.
    essay: Option<String>,
    /// A number as it was typed.
    numeric: Option<String>,
    /// What is matched.
    matching: Option<Vec<MatchedAnswer>>,
    /// The keys of the items from the first on.
    ordering: Option<Vec<String>>,
    /// What is filled in.
    fill_in: Option<Vec<FilledAnswer>>,
    /// When it was saved.
    saved_at: DateTime<Utc>,
    /// The client's sequence that it came with: what has a lower one is older.
    client_sequence: SafeInt,
}

/// A prompt and what it is matched with.
#[derive(SimpleObject)]
pub struct MatchedAnswer {
    /// The prompt's key.
    prompt: String,
    /// The key of the option.
    choice: String,
}

/// A gap and what is in it.
#[derive(SimpleObject)]
pub struct FilledAnswer {
    /// The gap's name.
    name: String,
    /// What is in it.
    text: String,
}

impl SavedAnswer {
    pub fn new(row: &AnswerRow, question: QuestionType) -> Result<Self> {
        let mut saved = Self::blank(row);
        // Of who has left for good nothing is kept but points.
        if row.answer.is_null() {
            return Ok(saved);
        }
        match Answer::read(&row.answer)? {
            Answer::Ids(keys) => saved.multiple_choice = Some(keys),
            Answer::Value(value) => saved.true_false = Some(value),
            Answer::Text(text) if question == QuestionType::Essay => saved.essay = Some(text),
            Answer::Text(text) => saved.short_answer = Some(text),
            Answer::Number(text) => saved.numeric = Some(text),
            Answer::Order(keys) => saved.ordering = Some(keys),
            Answer::Pairs(pairs) => {
                let pairs = pairs.into_iter().map(|(prompt, choice)| MatchedAnswer { prompt, choice });
                saved.matching = Some(pairs.collect());
            }
            Answer::Gaps(gaps) => {
                saved.fill_in = Some(gaps.into_iter().map(|(name, text)| FilledAnswer { name, text }).collect());
            }
        }
        Ok(saved)
    }

    fn blank(row: &AnswerRow) -> Self {
        Self {
            multiple_choice: None,
            true_false: None,
            short_answer: None,
            essay: None,
            numeric: None,
            matching: None,
            ordering: None,
            fill_in: None,
            saved_at: row.saved_at,
            client_sequence: SafeInt(row.client_sequence),
        }
    }
}
