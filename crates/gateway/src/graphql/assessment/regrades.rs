use assessment::regrading::{regrade_quiz, undo_regrade};
use async_graphql::{Context, Object};

use super::{regrade_effects::RegradeEffects, regrade_inputs::*};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, outcome},
};

#[derive(Default)]
pub struct RegradeMutation;

#[Object]
impl RegradeMutation {
    /// Grades what was handed in at a quiz otherwise than it was published, as what is handed in later at the same versions will
    /// be: with another key, other points, more that is right, or without a question. Versions stay as they are; in a new one it
    /// holds as long as the question is asked as it was, and a question that `updateQuestion` has changed counts as it is written
    /// then. Nothing is lost: what each attempt was is kept, what a person graded stays, and `undoRegrade`
    /// takes it back. A dry run only tells what would change. For everybody on the course's staff. Null when you may not.
    async fn regrade_quiz(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to count otherwise.")] input: RegradeQuizInput,
    ) -> Option<Result<RegradeQuizPayload>> {
        Some(regrade(ctx.req(), input).await)
    }

    /// Takes a regrade back by another one: attempts come to what they would have come to without it. Not while a later regrade
    /// of the same question stands on it. For everybody on the course's staff. Null when you may not.
    async fn undo_regrade(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and why.")] input: UndoRegradeInput,
    ) -> Option<Result<UndoRegradePayload>> {
        Some(undo(ctx.req(), input).await)
    }
}

async fn regrade(req: &RequestContext, input: RegradeQuizInput) -> Result<RegradeQuizPayload> {
    let (is_dry, skip) = (input.dry_run, input.skip);
    let regrade = input.into_domain()?;
    let done = match is_dry {
        true => req.rehearse(async |tx| regrade_quiz(tx, regrade).await).await,
        false => req.write(async |tx| regrade_quiz(tx, regrade).await).await,
    };
    let (regraded, user_errors) = outcome(done)?;
    let effects = regraded.as_ref().map(|regraded| RegradeEffects::of(regraded, skip));
    let regrade = regraded.filter(|_| !is_dry).map(|regraded| regraded.regrade.into());
    Ok(RegradeQuizPayload { regrade, effects, user_errors })
}

async fn undo(req: &RequestContext, input: UndoRegradeInput) -> Result<UndoRegradePayload> {
    let UndoRegradeInput { regrade_id, reason } = input;
    let id = regrade_id.at(&["input", "regradeId"])?;
    let (regraded, user_errors) = outcome(req.write(async |tx| undo_regrade(tx, id, &reason).await).await)?;
    let effects = regraded.as_ref().map(|regraded| RegradeEffects::of(regraded, 0));
    Ok(UndoRegradePayload { regrade: regraded.map(|regraded| regraded.regrade.into()), effects, user_errors })
}
