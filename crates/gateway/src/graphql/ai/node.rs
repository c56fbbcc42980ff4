use ai::{ChatRow, citing, extractive};
use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use kernel::EntityId;

use super::{
    citation::{Citation, told},
    conversation::Conversation,
    enums::*,
    keys::{ConversationById, DetailsOfChat},
};
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

/// One exchange with the tutor: what was said and what came back. You see your own; others see them only where
/// `Conversation.isOpenToStaff` says so.
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

    /// What the person said, plain text.
    async fn message(&self) -> &str {
        &self.0.message
    }

    /// What the tutor said, as far as it has come: Markdown, in which whatever would be an HTML tag is text (`&lt;`), except in
    /// code, where it is text anyhow. `[?]` stands where a language model named a passage that there is not. It is the words of
    /// a machine or of authors: load no pictures that it names.
    async fn response(&self) -> &str {
        &self.0.response
    }

    /// What the exchange is.
    async fn message_type(&self) -> AiMessageType {
        self.0.message_type.into()
    }

    /// How far the answer is.
    async fn state(&self) -> TutorAnswerState {
        self.0.state.into()
    }

    /// Why it could not be finished. Null when it was, or still may be.
    async fn failure(&self) -> Option<TutorFailure> {
        self.0.failure.map(Into::into)
    }

    /// Who answers. Null as long as nobody does.
    async fn answered_by(&self) -> Option<TutorAnswerer> {
        match self.0.model.as_str() {
            "" => None,
            extractive::NAME => Some(TutorAnswerer::Extractive),
            _ => Some(TutorAnswerer::Model),
        }
    }

    /// The language model that answers, by its name; `extractive` for the built-in tutor. Null as long as nobody does.
    async fn model(&self) -> Option<&str> {
        Some(self.0.model.as_str()).filter(|model| !model.is_empty())
    }

    /// What the tutor was allowed to do: `HINTS` when you sat a quiz that counts.
    async fn restriction(&self) -> TutorRestriction {
        self.0.restriction.into()
    }

    /// Does the answer stand on passages of the course? When it does not, it says so itself.
    async fn is_grounded(&self) -> bool {
        self.0.is_grounded
    }

    /// Would the language model have gone on? The answer ends where it may be no longer; ask on for the rest. Never of the
    /// built-in tutor.
    async fn is_truncated(&self) -> bool {
        self.0.is_truncated
    }

    /// The passages that the answer stands on, in the order of their numbers; there when it is complete. Null when they can't
    /// be read.
    async fn citations(&self, ctx: &Context<'_>) -> Option<Result<Vec<Citation>>> {
        let details = ctx.req().loaders.load(DetailsOfChat(self.0.id)).await;
        let cited = details.map(|details| {
            let context = details.map(|details| citing::Context::read(&details.context_data)).unwrap_or_default();
            context.citations.into_iter().map(|cited| Citation { course: self.0.course_id, cited }).collect()
        });
        Some(cited)
    }

    /// What you think of the answer. Null when you have not said.
    async fn rating(&self) -> Option<TutorAnswerRating> {
        self.0.rating.map(Into::into)
    }

    /// What you said of it besides.
    async fn rating_comment(&self) -> &str {
        &self.0.rating_comment
    }

    /// The citations once more, as JSON, with the ids of this API. Null when they can't be read.
    async fn context_data(&self, ctx: &Context<'_>) -> Option<Result<Json>> {
        let details = ctx.req().loaders.load(DetailsOfChat(self.0.id)).await;
        details.map(|details| Some(Json(told(&details?.context_data)))).transpose()
    }

    /// How many tokens of the language model it took.
    async fn tokens_used(&self) -> i32 {
        self.0.tokens_used
    }

    /// When the answer ended. Null as long as it has not.
    async fn finished_at(&self) -> Option<DateTime<Utc>> {
        self.0.finished_at
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

    /// The conversation that it is part of. Null when it can't be read.
    async fn conversation(&self, ctx: &Context<'_>) -> Option<Result<Conversation>> {
        one(ctx, Some(ConversationById(self.0.session_id))).await
    }

    /// Who asked. Null when the account is not active.
    async fn user(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, Some(self.0.user_id)).await
    }

    /// The course that it is about. Null when it is about none, or about one that you may not see (any more).
    async fn course(&self, ctx: &Context<'_>) -> Option<Result<Course>> {
        one(ctx, self.0.course_id.map(CourseById)).await
    }
}
