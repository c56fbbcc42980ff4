use async_graphql::{Context, Object};

use super::{
    Job,
    inputs::{RetryJobInput, RetryJobPayload},
};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, outcome},
};

#[derive(Default)]
pub struct JobMutation;

#[Object]
impl JobMutation {
    /// Puts a dead job back in the queue, due at once, with all its attempts. Null when there is none such, or
    /// not for you.
    async fn retry_job(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which job.")] input: RetryJobInput,
    ) -> Option<Result<RetryJobPayload>> {
        Some(retry(ctx.req(), input).await)
    }
}

async fn retry(req: &RequestContext, input: RetryJobInput) -> Result<RetryJobPayload> {
    let id = input.id.at(&["input", "id"])?;
    let (job, user_errors) = outcome(req.write(async |tx| kernel::jobs::retry(tx, id).await).await)?;
    Ok(RetryJobPayload { job: job.map(Job::from), user_errors })
}
