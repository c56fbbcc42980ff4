use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use courses::CategoryRow;
use kernel::EntityId;

use super::{
    Course,
    keys::{CategoryById, ChildrenOfCategory, CourseCountOfCategory, CoursesOfCategory},
};
use crate::graphql::{
    context::Req,
    error::Result,
    node::node_type,
    page::{Connection, edge},
};

node_type! {
    /// A shelf of the catalogue.
    CourseCategory(CategoryRow)
}

/// A shelf of the catalogue; shelves can stand on shelves.
#[Object]
impl CourseCategory {
    /// Names this category among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// The name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The name in addresses. Unique among categories.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// What stands on it; may be empty.
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// The name of a symbol to show with it; may be empty.
    async fn icon(&self) -> &str {
        &self.0.icon
    }

    /// Where it stands among its siblings; the least comes first.
    async fn order(&self) -> i32 {
        self.0.order
    }

    /// Is it shown?
    async fn is_active(&self) -> bool {
        self.0.is_active
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

    /// The category above it. Null at the top.
    async fn parent(&self, ctx: &Context<'_>) -> Option<Result<CourseCategory>> {
        let parent = ctx.req().loaders.load(CategoryById(self.0.parent_id?)).await;
        parent.map(|parent| Some(parent?.into())).transpose()
    }

    /// The categories directly below it, in order. Null when they can't be read.
    async fn children(&self, ctx: &Context<'_>) -> Option<Result<Vec<CourseCategory>>> {
        let children = ctx.req().loaders.load(ChildrenOfCategory(self.0.id)).await;
        Some(
            children.map(|children| {
                children.iter().flat_map(|rows| rows.iter()).cloned().map(CourseCategory::from).collect()
            }),
        )
    }

    /// The courses that stand directly in it, the most popular first. Null when they can't be read.
    async fn courses(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Course>>> {
        edge(ctx, self.0.id, (first, after, last, before), CoursesOfCategory, CourseCountOfCategory).await
    }
}
