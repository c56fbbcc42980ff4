use async_graphql::{Context, Object};
use courses::rules::STALE_VERSION;
use reviews::{Edited, Submitted, rules::REVIEW_EXISTS};

use super::{Review, inputs::*};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, outcome},
};

#[derive(Default)]
pub struct ReviewMutation;

#[Object]
impl ReviewMutation {
    /// Says what you think of a course that you take or took, when you have done enough of it
    /// (`Course.reviewMinProgress`). You have one review of each course: a second is refused as `REVIEW_EXISTS`, with the
    /// first. Null when there is no such course, or not for you.
    async fn submit_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What you think.")] input: SubmitReviewInput,
    ) -> Option<Result<SubmitReviewPayload>> {
        Some(submit(ctx.req(), input).await)
    }

    /// Changes a review of yours. What it said before is kept for you and for moderators. A hidden one stays hidden, and a
    /// moderator looks at it again. Null when you may not.
    async fn update_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: UpdateReviewInput,
    ) -> Option<Result<UpdateReviewPayload>> {
        Some(update(ctx.req(), input).await)
    }

    /// Deletes a review of yours; you may write another one. Null when you may not.
    async fn delete_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: DeleteReviewInput,
    ) -> Option<Result<DeleteReviewPayload>> {
        Some(delete(ctx.req(), input).await)
    }
}

async fn submit(req: &RequestContext, input: SubmitReviewInput) -> Result<SubmitReviewPayload> {
    let (course, opinion) = input.into_domain()?;
    let done = req.write(async |tx| reviews::submit(tx, course, opinion).await).await;
    let (done, mut user_errors) = outcome(done)?;
    let review = match done {
        Some(Submitted::Done(review)) => Some(review),
        Some(Submitted::Exists(review)) => {
            user_errors.push((&REVIEW_EXISTS.at("courseId")).into());
            review
        }
        None => None,
    };
    Ok(SubmitReviewPayload { review: review.map(Review::from), user_errors })
}

async fn update(req: &RequestContext, input: UpdateReviewInput) -> Result<UpdateReviewPayload> {
    let (review, version, change) = input.into_domain()?;
    let done = req.write(async |tx| reviews::update(tx, review, version, change).await).await;
    let (done, mut user_errors) = outcome(done)?;
    let review = match done {
        Some(Edited::Done(review)) => Some(review),
        Some(Edited::Stale(review)) => {
            user_errors.push((&STALE_VERSION.at("expectedVersion")).into());
            Some(review)
        }
        None => None,
    };
    Ok(UpdateReviewPayload { review: review.map(Review::from), user_errors })
}

async fn delete(req: &RequestContext, input: DeleteReviewInput) -> Result<DeleteReviewPayload> {
    let review = input.id.at(&["input", "id"])?;
    let (_, user_errors) = outcome(req.write(async |tx| reviews::delete(tx, review).await).await)?;
    Ok(DeleteReviewPayload { user_errors })
}
