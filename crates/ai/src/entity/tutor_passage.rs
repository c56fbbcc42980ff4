use kernel::{CourseId, TutorPassageId, TutorSourceId};
use sea_orm::entity::prelude::*;

/// A piece of a source's words, short enough to be quoted.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tutor_passages")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TutorPassageId,
    pub source_id: TutorSourceId,
    /// Where it is looked for. Who may read it is decided by where the source is now.
    pub course_id: CourseId,
    pub kind: PassageKind,
    /// From 0, within its source.
    pub position: i32,
    /// What its words are stemmed as.
    pub language: String,
    /// What the source is called.
    #[sea_orm(column_type = "Text")]
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub words: String,
    /// In characters of the source's text; of captions in seconds of the recording.
    pub starts_at: Option<i32>,
    pub ends_at: Option<i32>,
}

impl ActiveModelBehavior for ActiveModel {}

/// What a passage is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum PassageKind {
    /// The description of the course.
    #[sea_orm(string_value = "course")]
    Course,
    /// The description of a section.
    #[sea_orm(string_value = "section")]
    Section,
    /// The name of a file.
    #[sea_orm(string_value = "media")]
    Media,
    /// The text of a file.
    #[sea_orm(string_value = "document")]
    Document,
    /// What is said in a recording.
    #[sea_orm(string_value = "captions")]
    Captions,
}
