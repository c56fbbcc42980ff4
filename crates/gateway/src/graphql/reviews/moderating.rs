use async_graphql::{Context, Object};

use super::{Review, moderating_inputs::*};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, outcome},
};

#[derive(Default)]
pub struct ModerationMutation;

#[Object]
impl ModerationMutation {
    /// Hides a review, shows it again, or settles what was reported of it; not a review of your own or of a course that you
    /// work on. Its author is told by a letter what happens to it, and why. Null when you may not.
    async fn moderate_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to do to which one.")] input: ModerateReviewInput,
    ) -> Option<Result<ModerateReviewPayload>> {
        Some(moderate(ctx.req(), input).await)
    }
}

async fn moderate(req: &RequestContext, input: ModerateReviewInput) -> Result<ModerateReviewPayload> {
    let (id, action) = (input.review_id.at(&["input", "reviewId"])?, input.action.into());
    let done = req.write(async |tx| reviews::moderate(tx, id, action, &input.reason).await).await;
    let (review, user_errors) = outcome(done)?;
    Ok(ModerateReviewPayload { review: review.map(Review::from), user_errors })
}
