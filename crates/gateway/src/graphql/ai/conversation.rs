use ai::ConversationRow;
use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use kernel::EntityId;

use super::{
    AiChat,
    keys::{ChatCountOfConversation, ChatsOfConversation},
};
use crate::graphql::{
    accounts::PublicProfile,
    courses::{Course, keys::CourseById},
    error::Result,
    node::{node_type, one},
    page::{Connection, edge},
};

node_type! {
    /// A conversation with the tutor.
    Conversation(ConversationRow)
}

/// A person's conversation with the tutor of a course. It is theirs alone, unless `isOpenToStaff` says otherwise.
#[Object]
impl Conversation {
    /// Names this conversation among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// How the first question begins.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// May the course's staff read it? Settled when it was begun, and only as long as the course goes on saying so
    /// (`tutorPolicy`): staff never reads what was said when nobody had been told.
    async fn is_open_to_staff(&self) -> bool {
        self.0.is_open_to_staff
    }

    /// When something was asked last.
    async fn last_asked_at(&self) -> DateTime<Utc> {
        self.0.last_asked_at
    }

    /// When it was begun.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    // Edges.

    /// What was said, the oldest first. Null when it can't be read.
    async fn messages(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<AiChat>>> {
        edge(ctx, self.0.id, (first, after, last, before), ChatsOfConversation, ChatCountOfConversation).await
    }

    /// Whose it is. Null when the account is not active.
    async fn user(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, Some(self.0.user_id)).await
    }

    /// The course that it is about. Null when it is about none, or about one that you may not see (any more).
    async fn course(&self, ctx: &Context<'_>) -> Option<Result<Course>> {
        one(ctx, self.0.course_id.map(CourseById)).await
    }
}
