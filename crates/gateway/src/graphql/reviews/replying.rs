use async_graphql::{Context, Object};
use reviews::{Replied, rules::REVIEW_REPLY_EXISTS};

use super::{Review, ReviewReply, keys::ReviewById, reply_inputs::*};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, outcome},
};

#[derive(Default)]
pub struct ReplyMutation;

#[Object]
impl ReplyMutation {
    /// Answers a review for the course, where everybody reads it. For who works on the course, in whatever role. There is
    /// one reply to a review: a second is refused as `REVIEW_REPLY_EXISTS`, with the first. Null when you may not.
    async fn reply_to_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to answer.")] input: ReplyToReviewInput,
    ) -> Option<Result<ReplyToReviewPayload>> {
        Some(reply(ctx.req(), input).await)
    }

    /// Changes the reply to a review, whoever of the course's staff wrote it. Null when you may not.
    async fn update_reply(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it shall say.")] input: UpdateReplyInput,
    ) -> Option<Result<UpdateReplyPayload>> {
        Some(update(ctx.req(), input).await)
    }

    /// Deletes the reply to a review, whoever of the course's staff wrote it; another may be written. Null when you may not.
    async fn delete_reply(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: DeleteReplyInput,
    ) -> Option<Result<DeleteReplyPayload>> {
        Some(delete(ctx.req(), input).await)
    }
}

async fn reply(req: &RequestContext, input: ReplyToReviewInput) -> Result<ReplyToReviewPayload> {
    let review = input.review_id.at(&["input", "reviewId"])?;
    let done = req.write(async |tx| reviews::reply(tx, review, &input.comment).await).await;
    let (done, mut user_errors) = outcome(done)?;
    let reply = match done {
        Some(Replied::Done(reply)) => Some(reply),
        Some(Replied::Exists(reply)) => {
            user_errors.push((&REVIEW_REPLY_EXISTS.at("reviewId")).into());
            reply
        }
        None => None,
    };
    Ok(ReplyToReviewPayload { reply: reply.map(ReviewReply::from), user_errors })
}

async fn update(req: &RequestContext, input: UpdateReplyInput) -> Result<UpdateReplyPayload> {
    let reply = input.id.at(&["input", "id"])?;
    let done = req.write(async |tx| reviews::update_reply(tx, reply, &input.comment).await).await;
    let (reply, user_errors) = outcome(done)?;
    Ok(UpdateReplyPayload { reply: reply.map(ReviewReply::from), user_errors })
}

async fn delete(req: &RequestContext, input: DeleteReplyInput) -> Result<DeleteReplyPayload> {
    let reply = input.id.at(&["input", "id"])?;
    let (review, user_errors) = outcome(req.write(async |tx| reviews::delete_reply(tx, reply).await).await)?;
    let review = match review {
        Some(review) => req.loaders.load(ReviewById(review)).await?.map(Review::from),
        None => None,
    };
    Ok(DeleteReplyPayload { review, user_errors })
}
