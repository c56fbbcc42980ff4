use kernel::{Error, Result, SectionId};
use sea_orm::prelude::{Json, Uuid};
use serde::{Deserialize, Serialize};

use crate::{Placement, course, course_section};

/// What learners found in a course when it was published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Snapshot {
    pub title: String,
    pub short_description: String,
    pub description: String,
    pub prerequisites: Json,
    pub learning_outcomes: Json,
    pub target_audience: Json,
    /// In their order.
    pub sections: Vec<FrozenSection>,
    /// In the order in which they stood where they stood.
    pub files: Vec<Placed>,
    pub quizzes: Vec<Placed>,
}

/// A section as it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FrozenSection {
    pub id: SectionId,
    pub title: String,
    pub description: String,
    pub is_published: bool,
    pub is_preview: bool,
}

/// A thing of another context, where it stood and what it was called.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Placed {
    pub section: Option<SectionId>,
    pub id: Uuid,
    pub title: String,
}

impl Snapshot {
    pub(super) fn of(course: &course::Model, sections: Vec<course_section::Model>) -> Self {
        Self {
            title: course.title.clone(),
            short_description: course.short_description.clone(),
            description: course.description.clone(),
            prerequisites: course.prerequisites.clone(),
            learning_outcomes: course.learning_outcomes.clone(),
            target_audience: course.target_audience.clone(),
            sections: sections.into_iter().map(FrozenSection::from).collect(),
            files: vec![],
            quizzes: vec![],
        }
    }

    /// From what the column holds.
    pub fn read(column: &Json) -> Result<Self> {
        serde_json::from_value(column.clone())
            .map_err(|error| Error::Internal(format!("a version of a course can't be read: {error}")))
    }

    pub(super) fn column(&self) -> Result<Json> {
        serde_json::to_value(self)
            .map_err(|error| Error::Internal(format!("a version of a course can't be written: {error}")))
    }

    /// Where these things stood.
    pub fn placement<I: From<Uuid>>(things: &[Placed]) -> Placement<I> {
        let mut placement = Placement::new();
        for thing in things {
            placement.entry(thing.section).or_insert_with(Vec::new).push(thing.id.into());
        }
        placement
    }
}

impl From<course_section::Model> for FrozenSection {
    fn from(row: course_section::Model) -> Self {
        Self {
            id: row.id,
            title: row.title,
            description: row.description,
            is_published: row.is_published,
            is_preview: row.is_preview,
        }
    }
}
