use accounts::ProfileRow;
use async_graphql::{Context, ID, Object};
use kernel::{EntityId, ProfileId, UserId};

use super::keys::ProfileById;
use crate::graphql::{
    context::Req,
    courses::{
        Course,
        keys::{CourseCountOfInstructor, CoursesOfInstructor},
    },
    error::Result,
    node::node_type,
    page::{Connection, edge},
    reviews::{
        Review,
        keys::{ReviewCountOfUser, ReviewsOfUser},
    },
};

node_type! {
    /// The public side of a person.
    PublicProfile(ProfileRow)
}

impl PublicProfile {
    /// The profile of this person, for edges.
    pub async fn load(ctx: &Context<'_>, user: Option<UserId>) -> Option<Result<Self>> {
        let user = user?;
        ctx.req().loaders.load(ProfileById(user)).await.transpose().map(|found| Ok(found?.into()))
    }
}

/// The public side of a person: what everybody may know of those who teach, learn and review.
#[Object]
impl PublicProfile {
    /// Names this profile among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(ProfileId::from(self.0.id).to_wire())
    }

    /// What the person wants to be called. Null when they gave no name.
    async fn name(&self) -> Option<&str> {
        [&self.0.display_name, &self.0.full_name].into_iter().map(String::as_str).find(|name| !name.is_empty())
    }

    /// The path of the person's picture. Null when there is none.
    async fn avatar(&self) -> Option<&str> {
        self.0.avatar.as_deref()
    }

    /// What the person says of themselves; may be empty.
    async fn bio(&self) -> &str {
        &self.0.bio
    }

    /// When the person joined.
    async fn date_joined(&self) -> chrono::DateTime<chrono::Utc> {
        self.0.date_joined
    }

    /// The courses this person teaches, newest first, as far as you may see them. Null when they can't be read.
    async fn taught_courses(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Course>>> {
        edge(ctx, self.0.id, (first, after, last, before), CoursesOfInstructor, CourseCountOfInstructor).await
    }

    /// The reviews that this person wrote, newest first, as far as you may see them. Null when they can't be read.
    async fn reviews(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Review>>> {
        edge(ctx, self.0.id, (first, after, last, before), ReviewsOfUser, ReviewCountOfUser).await
    }
}
