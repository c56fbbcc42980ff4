use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use courses::SectionRow;
use kernel::EntityId;

use super::{Course, keys::CourseById};
use crate::graphql::{context::Req, error::Result, node::node_type};

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
        ctx.req().loaders.load(CourseById(self.0.course_id)).await.map(|course| Some(course?.into())).transpose()
    }
}
