use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use courses::SectionRow;
use kernel::EntityId;

use super::{Course, keys::CourseById};
use crate::graphql::{
    assessment::{Quiz, keys::QuizzesOfSection},
    error::Result,
    learning::{
        CourseProgress,
        keys::{ProgressCountOfSection, ProgressOfSection},
    },
    media::{MediaFile, keys::FilesOfSection},
    node::{list, node_type, one},
    page::{Connection, edge},
};

node_type! {
    /// A section of a course.
    CourseSection(SectionRow)
}

/// A section of a course.
#[Object]
impl CourseSection {
    /// Names this section among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// The title.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// What the section is about; may be empty.
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// Where it stands in the course; the least comes first.
    async fn order(&self) -> i32 {
        self.0.order
    }

    /// Do learners see it?
    async fn is_published(&self) -> bool {
        self.0.is_published
    }

    /// May people who are not enrolled open what is in it?
    async fn is_preview(&self) -> bool {
        self.0.is_preview
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    // Edges.

    /// The course it belongs to. Null when that can't be read.
    async fn course(&self, ctx: &Context<'_>) -> Option<Result<Course>> {
        one(ctx, Some(CourseById(self.0.course_id))).await
    }

    /// Its files, in order. Null when they can't be read.
    async fn media_files(&self, ctx: &Context<'_>) -> Option<Result<Vec<MediaFile>>> {
        list(ctx, FilesOfSection(self.0.id)).await
    }

    /// Its quizzes, in order; those that are not published only for the course's authors. Null when they can't be read.
    async fn quizzes(&self, ctx: &Context<'_>) -> Option<Result<Vec<Quiz>>> {
        list(ctx, QuizzesOfSection(self.0.id)).await
    }

    /// How far people are in it, newest first, as far as you may see it. Null when it can't be read.
    async fn course_progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<CourseProgress>>> {
        edge(ctx, self.0.id, (first, after, last, before), ProgressOfSection, ProgressCountOfSection).await
    }
}
