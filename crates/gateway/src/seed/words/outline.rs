use courses::DifficultyLevel;

use super::{
    super::{
        dice::Dice,
        fields::{Field, Glossary},
        prose::Prose,
    },
    grammar::{capital, named},
    titles::Approach,
};

/// Where the words of a course come from.
#[derive(Clone)]
pub enum Source {
    Prose(&'static Prose),
    Composed {
        field: &'static Field,
        /// Its name and its topics.
        subject: &'static (&'static str, &'static str),
        approach: &'static Approach,
        /// 0 when there is one part only.
        part: usize,
    },
}

impl Source {
    /// The same course once more, when all that differ have been used up.
    pub fn in_part(&self, number: usize) -> Self {
        let mut copy = self.clone();
        if let Self::Composed { part, .. } = &mut copy {
            *part = number;
        }
        copy
    }

    pub fn title(&self) -> String {
        match self {
            Self::Prose(prose) => prose.title.into(),
            Self::Composed { subject, approach, part, .. } => {
                let title = named(approach.title, subject.0);
                if *part == 0 { title } else { format!("{title}, Part {}", part + 1) }
            }
        }
    }

    /// The name of its shelf.
    pub fn field(&self) -> &'static str {
        match self {
            Self::Prose(prose) => prose.field,
            Self::Composed { field, .. } => field.name,
        }
    }

    pub fn glossary(&self) -> Glossary {
        match self {
            Self::Prose(prose) => prose.glossary,
            Self::Composed { field, .. } => field.glossary,
        }
    }

    pub fn difficulty(&self) -> DifficultyLevel {
        match self {
            Self::Prose(prose) => prose.difficulty,
            Self::Composed { approach, .. } => approach.difficulty,
        }
    }

    /// What a section hands out beside videos and notes: the end of its file's name.
    pub fn extra(&self, section: usize) -> &'static str {
        match self {
            Self::Prose(prose) => prose.chapters[section].extra,
            Self::Composed { field, .. } => field.extra,
        }
    }

    pub fn section(&self, section: usize) -> String {
        match self {
            Self::Prose(prose) => prose.chapters[section].title.into(),
            Self::Composed { subject, .. } => capital(topic(subject, section)),
        }
    }

    pub fn section_about(&self, dice: &mut Dice, section: usize) -> String {
        match self {
            Self::Prose(prose) => prose.chapters[section].about.into(),
            Self::Composed { subject, .. } => {
                let topic = topic(subject, section);
                capital(&dice.pick(&SECTION_ABOUT).replace("{}", topic))
            }
        }
    }

    /// The names of the section's files: videos, notes, extra.
    pub fn files(&self, section: usize) -> [String; 5] {
        let number = section + 1;
        match self {
            Self::Prose(prose) => {
                let chapter = &prose.chapters[section];
                let [one, two, three] = chapter.videos;
                [
                    format!("{number}.1 {one}.mp4"),
                    format!("{number}.2 {two}.mp4"),
                    format!("{number}.3 {three}.mp4"),
                    format!("{}.pdf", chapter.notes),
                    chapter.extra.into(),
                ]
            }
            Self::Composed { subject, .. } => {
                let topic = capital(topic(subject, section));
                let [one, two, three] = VIDEOS[section % VIDEOS.len()];
                [
                    format!("{number}.1 {topic} - {one}.mp4"),
                    format!("{number}.2 {topic} - {two}.mp4"),
                    format!("{number}.3 {topic} - {three}.mp4"),
                    format!("{topic} - notes.pdf"),
                    format!("{topic} - {}", self.extra(section)),
                ]
            }
        }
    }
}

pub fn topic(subject: &(&str, &'static str), section: usize) -> &'static str {
    subject.1.split("; ").nth(section).unwrap_or_default()
}

static VIDEOS: [[&str; 3]; 4] = [
    ["a first look", "an example in full", "your turn"],
    ["the idea", "step by step", "common mistakes"],
    ["where we are", "the details", "questions and answers"],
    ["what you need", "slowly", "going further"],
];

static SECTION_ABOUT: [&str; 6] = [
    "{}, explained slowly and then put to use.",
    "three short lessons on {}, notes to keep, and something to try.",
    "{}: where it fits into the whole, and the mistakes that everybody makes at first.",
    "what to know about {} before going on.",
    "{} in theory for one lesson and in practice for two.",
    "{}, with examples good and bad.",
];
