use ai::Circumstances;
use async_graphql::{Context, ID, Object};
use kernel::EntityId;

use super::{AiChat, Conversation, inputs::*};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, outcome},
};

#[derive(Default)]
pub struct TutorMutation;

#[Object]
impl TutorMutation {
    /// Asks the tutor about a course, and answers at once: the tutor's answer comes by `tutorAnswer`, and is kept in
    /// `AiChat.response`. The tutor answers from what you can open of the course at the moment, and names its passages. Null
    /// when there is no such course or conversation, or not for you.
    async fn ask_tutor(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What you want to know.")] input: AskTutorInput,
    ) -> Option<Result<AskTutorPayload>> {
        Some(ask(ctx.req(), input).await)
    }

    /// Says what an answer was worth to you. Null when there is no such answer of yours.
    async fn rate_answer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What which answer was worth.")] input: RateAnswerInput,
    ) -> Option<Result<RateAnswerPayload>> {
        Some(rate(ctx.req(), input).await)
    }

    /// Deletes a conversation of yours and all that was said in it, for good. Null when there is none.
    async fn delete_conversation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: DeleteConversationInput,
    ) -> Option<Result<DeleteConversationPayload>> {
        Some(delete(ctx.req(), input).await)
    }

    /// Says what the tutor may do while somebody sits a quiz that counts, and whether the course's staff reads along in
    /// conversations that are begun from now on. Null when you may not.
    async fn set_tutor_policy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On which terms which course has a tutor.")] input: SetTutorPolicyInput,
    ) -> Option<Result<SetTutorPolicyPayload>> {
        Some(set_policy(ctx.req(), input).await)
    }
}

async fn ask(req: &RequestContext, input: AskTutorInput) -> Result<AskTutorPayload> {
    let question = input.into_domain()?;
    let done = req.write(async |tx| {
        let user = tx.viewer.person()?;
        let has_open_attempt = assessment::has_open_attempt(&tx.conn, user, question.course, tx.now).await?;
        let budget = req.app.model.is_some().then_some(req.app.ai_budget);
        ai::ask(tx, question, Circumstances { has_open_attempt, budget }).await
    });
    let (done, user_errors) = outcome(done.await)?;
    let (message, conversation) = done.unzip();
    let (message, conversation) = (message.map(AiChat::from), conversation.map(Conversation::from));
    Ok(AskTutorPayload { message, conversation, user_errors })
}

async fn rate(req: &RequestContext, input: RateAnswerInput) -> Result<RateAnswerPayload> {
    let id = input.message_id.at(&["input", "messageId"])?;
    let rating = input.rating.map(Into::into);
    let (done, user_errors) = outcome(req.write(async |tx| ai::rate(tx, id, rating, &input.comment).await).await)?;
    Ok(RateAnswerPayload { message: done.map(AiChat::from), user_errors })
}

async fn delete(req: &RequestContext, input: DeleteConversationInput) -> Result<DeleteConversationPayload> {
    let id = input.id.at(&["input", "id"])?;
    let (done, user_errors) = outcome(req.write(async |tx| ai::delete_conversation(tx, id).await).await)?;
    Ok(DeleteConversationPayload { deleted_conversation_id: done.map(|()| ID(id.to_wire())), user_errors })
}

async fn set_policy(req: &RequestContext, input: SetTutorPolicyInput) -> Result<SetTutorPolicyPayload> {
    let (course, change) = input.into_domain()?;
    let (done, user_errors) = outcome(req.write(async |tx| ai::set_terms(tx, course, change).await).await)?;
    Ok(SetTutorPolicyPayload { tutor_policy: done.map(TutorPolicy::from), user_errors })
}
