//! What is set of a quiz.

use kernel::{Check, Result};
use sea_orm::{Set, prelude::DateTimeUtc};

use crate::{
    GradeMethod, QuizType, ShowKeyAfter,
    quiz::ActiveModel,
    rules::{
        QUIZ_DESCRIPTION_TOO_LONG, QUIZ_GRACE_PERIOD_INVALID, QUIZ_MAX_ATTEMPTS_INVALID, QUIZ_PASSING_SCORE_INVALID,
        QUIZ_TIME_LIMIT_INVALID, QUIZ_TITLE_INVALID,
    },
    wording::{clean, is_text, is_text_or_none},
};

/// What to set; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QuizChange {
    pub title: Option<String>,
    pub description: Option<String>,
    pub quiz_type: Option<QuizType>,
    /// In hundredths of a percent; what is no such number is below 0.
    pub passing_score: Option<i32>,
    /// In minutes.
    pub time_limit: Option<Option<i32>>,
    pub max_attempts: Option<i32>,
    pub is_randomized: Option<bool>,
    pub opens_at: Option<Option<DateTimeUtc>>,
    pub due_at: Option<Option<DateTimeUtc>>,
    pub show_key_after: Option<ShowKeyAfter>,
    pub grade_method: Option<GradeMethod>,
    pub is_required: Option<bool>,
    /// In seconds.
    pub grace_period: Option<i32>,
}

impl QuizChange {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether the window is one is asked when both of its ends are known.
    pub fn check(&mut self) -> Result<()> {
        for text in [&mut self.title, &mut self.description].into_iter().flatten() {
            *text = clean(text);
        }
        let holds = |number: Option<i32>, least, most| number.is_none_or(|number| (least..=most).contains(&number));
        let is_title = self.title.as_ref().is_none_or(|title| is_text(title, 255));
        let is_description = self.description.as_ref().is_none_or(|text| is_text_or_none(text, 20_000));
        let mut check = Check::new();
        check.require(is_title, QUIZ_TITLE_INVALID.at("title"));
        check.require(is_description, QUIZ_DESCRIPTION_TOO_LONG.at("description"));
        check.require(holds(self.passing_score, 0, 10_000), QUIZ_PASSING_SCORE_INVALID.at("passingScore"));
        check.require(holds(self.time_limit.flatten(), 1, 10_080), QUIZ_TIME_LIMIT_INVALID.at("timeLimitMinutes"));
        check.require(holds(self.max_attempts, 1, 1_000), QUIZ_MAX_ATTEMPTS_INVALID.at("maxAttempts"));
        check.require(holds(self.grace_period, 0, 3_600), QUIZ_GRACE_PERIOD_INVALID.at("gracePeriodSeconds"));
        check.done()
    }

    pub fn apply(self, row: &mut ActiveModel) {
        set(&mut row.title, self.title);
        set(&mut row.description, self.description);
        set(&mut row.quiz_type, self.quiz_type);
        set(&mut row.passing_score, self.passing_score);
        set(&mut row.time_limit, self.time_limit);
        set(&mut row.max_attempts, self.max_attempts);
        set(&mut row.is_randomized, self.is_randomized);
        set(&mut row.opens_at, self.opens_at);
        set(&mut row.due_at, self.due_at);
        set(&mut row.show_key_after, self.show_key_after);
        set(&mut row.grade_method, self.grade_method);
        set(&mut row.is_required, self.is_required);
        set(&mut row.grace_period, self.grace_period);
    }
}

fn set<T: Into<sea_orm::Value>>(field: &mut sea_orm::ActiveValue<T>, value: Option<T>) {
    if let Some(value) = value {
        *field = Set(value);
    }
}
