//! Quizzes and question banks as they travel with their course: with the keys of their questions, which is why only editors get
//! them.

mod reading;
mod writing;

pub use reading::{portable_banks, portable_quizzes};
pub use writing::{add_portable_banks, add_portable_quizzes};

use kernel::{Check, Result, is_name};
use sea_orm::{ActiveEnum, prelude::DateTimeUtc};
use serde::{Deserialize, Serialize};

use crate::{
    GradeMethod, QuizType, ShowKeyAfter,
    question::{MOST_POINTS, Question, StoredQuestion},
    rules::QUIZ_PACKAGE_INVALID,
    wording::is_text,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PortableQuiz {
    /// Its section's place in the course, from 0; none for a quiz of the whole course.
    pub section: Option<usize>,
    pub title: String,
    pub description: String,
    #[serde(rename = "type")]
    pub quiz_type: String,
    /// In hundredths of a percent.
    pub passing_score: i32,
    /// In minutes.
    pub time_limit: Option<i32>,
    pub max_attempts: i32,
    pub is_randomized: bool,
    pub is_published: bool,
    pub questions: Vec<StoredQuestion>,
    /// Left out when all of it is as it is of a new quiz, as it is in older packages.
    #[serde(default, skip_serializing_if = "PortableSettings::is_usual")]
    pub settings: PortableSettings,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub draws: Vec<PortableDraw>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PortableSettings {
    pub opens_at: Option<DateTimeUtc>,
    pub due_at: Option<DateTimeUtc>,
    pub show_key_after: ShowKeyAfter,
    pub grade_method: GradeMethod,
    pub is_required: bool,
    /// In seconds.
    pub grace_period: i32,
}

/// Questions to be drawn from a bank.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PortableDraw {
    /// The bank's place in the package, from 0.
    pub bank: usize,
    pub count: i32,
    /// In hundredths, each.
    pub points: i32,
    /// How many of the quiz's questions stand before it.
    pub after: usize,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PortableBank {
    pub name: String,
    pub description: String,
    pub questions: Vec<StoredQuestion>,
}

impl Default for PortableSettings {
    fn default() -> Self {
        Self {
            opens_at: None,
            due_at: None,
            show_key_after: ShowKeyAfter::Submission,
            grade_method: GradeMethod::Highest,
            is_required: false,
            grace_period: 5,
        }
    }
}

impl PortableSettings {
    fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    fn is_good(&self) -> bool {
        let is_window = self.opens_at.zip(self.due_at).is_none_or(|(opens, due)| opens < due);
        is_window && (0..=3_600).contains(&self.grace_period)
    }
}

impl PortableQuiz {
    /// `banks` is how many the package has.
    pub fn check(&self, banks: usize) -> Result<()> {
        let is_title = is_name(&self.title) && self.title.chars().count() <= 255;
        let is_limited = self.time_limit.is_none_or(|minutes| minutes > 0) && self.max_attempts > 0;
        let is_score = (0..=10_000).contains(&self.passing_score);
        let is_known = QuizType::try_from_value(&self.quiz_type).is_ok();
        let mut check = Check::new();
        check.require(is_title && is_limited && is_score && is_known, QUIZ_PACKAGE_INVALID.at("quizzes"));
        check.require(self.questions.iter().all(is_good), QUIZ_PACKAGE_INVALID.at("quizzes"));
        check.require(self.settings.is_good(), QUIZ_PACKAGE_INVALID.at("quizzes"));
        let is_draw = |draw: &PortableDraw| {
            draw.bank < banks && (1..=500).contains(&draw.count) && (1..=MOST_POINTS).contains(&draw.points)
        };
        check.require(self.draws.iter().all(is_draw), QUIZ_PACKAGE_INVALID.at("quizzes"));
        check.done()
    }
}

impl PortableBank {
    pub fn check(&self) -> Result<()> {
        let is_good = is_text(self.name.trim(), 255) && self.questions.iter().all(is_good);
        if is_good { Ok(()) } else { Err(QUIZ_PACKAGE_INVALID.at("banks").into()) }
    }
}

/// Does it hold together, and would an author have been let write it?
fn is_good(stored: &StoredQuestion) -> bool {
    Question::read(stored).and_then(Question::checked).is_ok()
}
