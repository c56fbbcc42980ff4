use ai::ChatRow;
use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use kernel::EntityId;

use super::{enums::AiMessageType, keys::DetailsOfChat};
use crate::graphql::{
    accounts::PublicProfile,
    context::Req,
    courses::{Course, keys::CourseById},
    error::Result,
    node::{node_type, one},
    scalars::Json,
};

node_type! {
    /// One exchange with the tutor.
    AiChat(ChatRow)
}

/// One exchange with the tutor: what was said and what came back. You see your own; nobody sees those of others.
#[Object]
impl AiChat {
    /// Names this exchange among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// The conversation that it is part of: the same for all its exchanges. Opaque.
    async fn conversation_id(&self) -> ID {
        ID(self.0.session_id.to_wire())
    }

    /// What the person said.
    async fn message(&self) -> &str {
        &self.0.message
    }

    /// What the tutor said.
    async fn response(&self) -> &str {
        &self.0.response
    }

    /// What the exchange is.
    async fn message_type(&self) -> AiMessageType {
        self.0.message_type.into()
    }

    /// What the tutor was told besides. Null when it can't be read.
    async fn context_data(&self, ctx: &Context<'_>) -> Option<Result<Json>> {
        let details = ctx.req().loaders.load(DetailsOfChat(self.0.id)).await;
        details.map(|details| Some(Json(details?.context_data.clone()))).transpose()
    }

    /// How many tokens of the language model it took.
    async fn tokens_used(&self) -> i32 {
        self.0.tokens_used
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// Who created it. Null when nobody in particular did.
    async fn created_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, self.0.created_by).await
    }

    /// Who last changed it. Null when nobody in particular did.
    async fn updated_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, self.0.updated_by).await
    }

    // Edges.

    /// Who asked. Null when the account is not active.
    async fn user(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, Some(self.0.user_id)).await
    }

    /// The course that it is about. Null when it is about none, or about one that you may not see (any more).
    async fn course(&self, ctx: &Context<'_>) -> Option<Result<Course>> {
        one(ctx, self.0.course_id.map(CourseById)).await
    }
}
