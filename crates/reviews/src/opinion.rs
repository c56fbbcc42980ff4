//! What a review says, and what is wrong with it.

use kernel::{Check, Result, is_line, is_text, says_something};

use crate::{review, rules::*};

const LONGEST_TITLE: usize = 255;
const LONGEST_TEXT: usize = 5_000;
const LONGEST_REASON: usize = 1_000;

/// Stars and words. The words may be missing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opinion {
    pub rating: i32,
    pub title: String,
    pub comment: String,
}

/// What to change of a review; `None` leaves it as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpinionChange {
    pub rating: Option<i32>,
    pub title: Option<String>,
    pub comment: Option<String>,
}

impl Opinion {
    /// Trimmed, or all that is wrong with it.
    pub(crate) fn checked(self) -> Result<Self> {
        let (title, comment) = (self.title.trim().to_string(), unified(&self.comment));
        let mut check = Check::new();
        check.require((1..=5).contains(&self.rating), REVIEW_RATING_INVALID.at("rating"));
        let is_title = is_line(&title) && is_at_most(&title, LONGEST_TITLE);
        check.require(is_title, REVIEW_TITLE_INVALID.at("title"));
        check.require(is_text(&comment) && is_at_most(&comment, LONGEST_TEXT), REVIEW_COMMENT_INVALID.at("comment"));
        check.done()?;
        Ok(Self { title, comment, ..self })
    }

    pub(crate) fn of(review: &review::Model) -> Self {
        Self { rating: review.rating, title: review.title.clone(), comment: review.comment.clone() }
    }
}

impl OpinionChange {
    /// What a review says with this change.
    pub(crate) fn applied_to(self, before: Opinion) -> Opinion {
        Opinion {
            rating: self.rating.unwrap_or(before.rating),
            title: self.title.unwrap_or(before.title),
            comment: self.comment.unwrap_or(before.comment),
        }
    }
}

/// What a moderator says of a decision.
pub(crate) fn checked_reason(reason: &str) -> Result<String> {
    let reason = unified(reason);
    if says_something(&reason) && is_text(&reason) && is_at_most(&reason, LONGEST_REASON) {
        return Ok(reason);
    }
    Err(REVIEW_REASON_INVALID.at("reason").into())
}

/// What somebody says of a review that should not stand.
pub(crate) fn checked_report(text: &str, is_wanted: bool) -> Result<String> {
    let text = unified(text);
    if is_text(&text) && is_at_most(&text, LONGEST_REASON) && (says_something(&text) || !is_wanted) {
        return Ok(text);
    }
    Err(REVIEW_REPORT_INVALID.at("text").into())
}

/// What the course's staff answers.
pub(crate) fn checked_reply(text: &str) -> Result<String> {
    let text = unified(text);
    if says_something(&text) && is_text(&text) && is_at_most(&text, LONGEST_TEXT) {
        return Ok(text);
    }
    Err(REVIEW_REPLY_INVALID.at("comment").into())
}

/// With the line breaks that most systems have.
fn unified(text: &str) -> String {
    text.trim().replace("\r\n", "\n")
}

fn is_at_most(text: &str, characters: usize) -> bool {
    text.chars().count() <= characters
}
