use async_graphql::{Context, Object};
use kernel::ReviewId;

use super::{Review, keys::ReviewById, vote_inputs::*};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, UserError, outcome},
};

#[derive(Default)]
pub struct VoteMutation;

#[Object]
impl VoteMutation {
    /// Says whether a review helps you. You have one vote on each review, and the last one counts; none on your own and on
    /// those of courses that you work on. Null when there is no such review, or not for you.
    async fn vote_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and whether it helps.")] input: VoteReviewInput,
    ) -> Option<Result<VoteReviewPayload>> {
        Some(vote(ctx.req(), input).await)
    }

    /// Takes your vote on a review back; without one nothing happens. Null when there is no such review, or not for you.
    async fn remove_review_vote(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: RemoveReviewVoteInput,
    ) -> Option<Result<RemoveReviewVotePayload>> {
        Some(remove(ctx.req(), input).await)
    }

    /// Says that a review should not stand, once for each review. When three people have said so, a moderator looks at it;
    /// no number of them hides it. Null when there is no such review, or not for you.
    async fn report_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and what is wrong with it.")] input: ReportReviewInput,
    ) -> Option<Result<ReportReviewPayload>> {
        Some(report(ctx.req(), input).await)
    }
}

async fn vote(req: &RequestContext, input: VoteReviewInput) -> Result<VoteReviewPayload> {
    let id = input.review_id.at(&["input", "reviewId"])?;
    let done = req.write(async |tx| reviews::vote(tx, id, input.is_helpful).await).await;
    let (review, user_errors) = judged(req, id, done).await?;
    Ok(VoteReviewPayload { review, user_errors })
}

async fn remove(req: &RequestContext, input: RemoveReviewVoteInput) -> Result<RemoveReviewVotePayload> {
    let id = input.review_id.at(&["input", "reviewId"])?;
    let done = req.write(async |tx| reviews::remove_vote(tx, id).await).await;
    let (review, user_errors) = judged(req, id, done).await?;
    Ok(RemoveReviewVotePayload { review, user_errors })
}

async fn report(req: &RequestContext, input: ReportReviewInput) -> Result<ReportReviewPayload> {
    let id = input.review_id.at(&["input", "reviewId"])?;
    let done = req.write(async |tx| reviews::report(tx, id, input.reason.into(), &input.text).await).await;
    let (review, user_errors) = judged(req, id, done).await?;
    Ok(ReportReviewPayload { review, user_errors })
}

/// The review as it is when all went well.
async fn judged(
    req: &RequestContext,
    id: ReviewId,
    done: kernel::Result<()>,
) -> Result<(Option<Review>, Vec<UserError>)> {
    let (done, user_errors) = outcome(done)?;
    let review = match done {
        Some(()) => req.loaders.load(ReviewById(id)).await?.map(Review::from),
        None => None,
    };
    Ok((review, user_errors))
}
