//! The first courses of every school, written by hand.

mod drawing;
mod fermentation;
mod internet;
mod mathematics;
mod music;
mod rust;

use courses::DifficultyLevel;

use super::fields::Glossary;

/// A course in its author's words.
pub struct Prose {
    pub title: &'static str,
    /// The name of its shelf.
    pub field: &'static str,
    pub short: &'static str,
    pub description: &'static str,
    pub difficulty: DifficultyLevel,
    /// In US cents.
    pub price: i64,
    pub tags: [&'static str; 4],
    pub outcomes: &'static [&'static str],
    pub prerequisites: &'static [&'static str],
    pub audience: &'static [&'static str],
    pub chapters: [Chapter; 8],
    pub glossary: Glossary,
}

pub struct Chapter {
    pub title: &'static str,
    pub about: &'static str,
    pub videos: [&'static str; 3],
    /// A PDF.
    pub notes: &'static str,
    /// With its extension.
    pub extra: &'static str,
}

pub static PROSE: [&Prose; 6] =
    [&rust::COURSE, &internet::COURSE, &mathematics::COURSE, &fermentation::COURSE, &drawing::COURSE, &music::COURSE];
