use ai::citing;
use async_graphql::{Context, InputType, Object};
use kernel::{CourseId, EntityId, MediaId, SectionId};
use serde_json::json;

use super::{enums::CitationKind, keys::VersionOfSource};
use crate::graphql::{
    context::Req,
    courses::{
        Course, CourseSection,
        keys::{CourseById, SectionById},
    },
    error::Result,
    media::{MediaFile, keys::FileById},
    node::one,
};

/// A passage of the course that an answer stands on.
pub struct Citation {
    pub course: Option<CourseId>,
    pub cited: citing::Citation,
}

/// A passage of the course that an answer stands on.
#[Object(name = "TutorCitation")]
impl Citation {
    /// As the answer names it: `[1]`.
    async fn number(&self) -> i32 {
        i32::try_from(self.cited.number).unwrap_or(i32::MAX)
    }

    /// What it is taken from.
    async fn kind(&self) -> CitationKind {
        self.cited.kind.into()
    }

    /// What the course, section or file was called.
    async fn title(&self) -> &str {
        &self.cited.title
    }

    /// How the passage begins, plain text. Empty when it is the name alone.
    async fn quote(&self) -> &str {
        &self.cited.quote
    }

    /// The version of the words, as they were when the tutor read them; each change of them counts it on.
    async fn version(&self) -> i32 {
        self.cited.version
    }

    /// Have the words been changed since, or taken away, or may you not open them (any more): because the section or the course
    /// is not published, or you don't learn there now? Null when it can't be told.
    async fn stale(&self, ctx: &Context<'_>) -> Option<Result<bool>> {
        let now = ctx.req().loaders.load(VersionOfSource(self.cited.source, ctx.req().now)).await;
        Some(now.map(|version| version != Some(self.cited.version)))
    }

    /// Where the passage begins in the description or the text, in characters from 0. Null for recordings and names.
    async fn start_offset(&self) -> Option<i32> {
        self.cited.starts_at.filter(|_| !self.is_spoken())
    }

    /// Where it ends, that character left out.
    async fn end_offset(&self) -> Option<i32> {
        self.cited.ends_at.filter(|_| !self.is_spoken())
    }

    /// When it begins to be said, in seconds of the recording. Null for all that is written.
    async fn start_seconds(&self) -> Option<i32> {
        self.cited.starts_at.filter(|_| self.is_spoken())
    }

    /// When it has been said, in seconds of the recording.
    async fn end_seconds(&self) -> Option<i32> {
        self.cited.ends_at.filter(|_| self.is_spoken())
    }

    /// The course that it is in. Null when you may not see it (any more).
    async fn course(&self, ctx: &Context<'_>) -> Option<Result<Course>> {
        one(ctx, self.course.map(CourseById)).await
    }

    /// The section that it describes. Null when it is of something else, or you may not see it (any more).
    async fn section(&self, ctx: &Context<'_>) -> Option<Result<CourseSection>> {
        one(ctx, self.cited.section.map(|section: SectionId| SectionById(section))).await
    }

    /// The file or recording that it is of. Null when it is of something else, or you may not see it (any more).
    async fn media(&self, ctx: &Context<'_>) -> Option<Result<MediaFile>> {
        one(ctx, self.cited.media.map(|media: MediaId| FileById(media))).await
    }
}

/// `AiChat.contextData`: what is stored, in the names and ids of this API. What is no citation was written by hand, and is shown as
/// it is.
pub fn told(stored: &serde_json::Value) -> serde_json::Value {
    if stored.get("citations").is_none() {
        return stored.clone();
    }
    let citations: Vec<_> = citing::Context::read(stored).citations.into_iter().map(written).collect();
    json!({ "citations": citations })
}

fn written(cited: citing::Citation) -> serde_json::Value {
    let [starts, ends] = if cited.kind == ai::PassageKind::Captions {
        ["startSeconds", "endSeconds"]
    } else {
        ["startOffset", "endOffset"]
    };
    json!({
        "number": cited.number,
        "kind": InputType::to_value(&CitationKind::from(cited.kind)).to_string(),
        "title": cited.title,
        "quote": cited.quote,
        "version": cited.version,
        "sectionId": cited.section.map(EntityId::to_wire),
        "mediaId": cited.media.map(EntityId::to_wire),
        starts: cited.starts_at,
        ends: cited.ends_at,
    })
}

impl Citation {
    fn is_spoken(&self) -> bool {
        self.cited.kind == ai::PassageKind::Captions
    }
}
