use assessment::accommodating::{Accommodation, grant_accommodation, remove_accommodation};
use async_graphql::{Context, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use kernel::QuizId;

use super::{Quiz, QuizAccommodation, keys::QuizById};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, UserError, outcome},
    id::{Id, PersonId},
    scalars::to_hundredths,
};

/// What to grant whom.
#[derive(Debug, InputObject)]
pub struct GrantAccommodationInput {
    /// The person, who takes the quiz's course: the id of an account or of a public profile.
    pub user_id: Id<PersonId>,
    /// The quiz.
    pub quiz_id: Id<QuizId>,
    /// How much longer an attempt may take: 0 to 10,080 minutes.
    #[graphql(default)]
    pub extra_time_minutes: i32,
    /// What the time limit is multiplied by, before minutes are added: 1 to 10, with at most two decimals.
    #[graphql(default = 1.0)]
    pub time_factor: f64,
    /// How many more attempts there are: 0 to 100.
    #[graphql(default)]
    pub extra_attempts: i32,
    /// When the quiz opens for this person. Left out, when it opens for everybody.
    pub opens_at: Option<DateTime<Utc>>,
    /// When the quiz is due for this person. Left out, when it is due for everybody.
    pub due_at: Option<DateTime<Utc>>,
    /// Why: 1 to 2,000 characters. The person reads it, too.
    pub reason: String,
}

/// Whom to take back what was granted.
#[derive(Debug, InputObject)]
pub struct RemoveAccommodationInput {
    /// The person: the id of an account or of a public profile.
    pub user_id: Id<PersonId>,
    /// The quiz.
    pub quiz_id: Id<QuizId>,
}

/// What came of granting something.
#[derive(SimpleObject)]
pub struct GrantAccommodationPayload {
    /// What is granted now. Null when the input was refused.
    pub accommodation: Option<QuizAccommodation>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of taking something back.
#[derive(SimpleObject)]
pub struct RemoveAccommodationPayload {
    /// The quiz. Null when the input was refused.
    pub quiz: Option<Quiz>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct AccommodationMutation;

#[Object]
impl AccommodationMutation {
    /// Grants somebody more time, more attempts or a window of their own at a quiz, in place of what was granted before. An
    /// attempt that is under way has its new deadline at once. For everybody on the course's staff. Null when you may not.
    async fn grant_accommodation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to grant whom.")] input: GrantAccommodationInput,
    ) -> Option<Result<GrantAccommodationPayload>> {
        Some(grant(ctx.req(), input).await)
    }

    /// Takes back what somebody was granted at a quiz. An attempt that is under way has the deadline that everybody has, at
    /// once. For everybody on the course's staff. Null when you may not.
    async fn remove_accommodation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom, where.")] input: RemoveAccommodationInput,
    ) -> Option<Result<RemoveAccommodationPayload>> {
        Some(remove(ctx.req(), input).await)
    }
}

async fn grant(req: &RequestContext, input: GrantAccommodationInput) -> Result<GrantAccommodationPayload> {
    let new = Accommodation {
        user: input.user_id.at(&["input", "userId"])?.into(),
        quiz: input.quiz_id.at(&["input", "quizId"])?,
        extra_minutes: input.extra_time_minutes,
        time_percent: to_hundredths(input.time_factor),
        extra_attempts: input.extra_attempts,
        opens_at: input.opens_at,
        due_at: input.due_at,
        reason: input.reason,
    };
    let (granted, user_errors) = outcome(req.write(async |tx| grant_accommodation(tx, new).await).await)?;
    Ok(GrantAccommodationPayload { accommodation: granted.map(QuizAccommodation::from), user_errors })
}

async fn remove(req: &RequestContext, input: RemoveAccommodationInput) -> Result<RemoveAccommodationPayload> {
    let (user, quiz) = (input.user_id.at(&["input", "userId"])?, input.quiz_id.at(&["input", "quizId"])?);
    let done = req.write(async |tx| remove_accommodation(tx, user.into(), quiz).await).await;
    let (done, user_errors) = outcome(done)?;
    let quiz = match done {
        Some(()) => req.loaders.load(QuizById(quiz)).await?.map(Quiz::from),
        None => None,
    };
    Ok(RemoveAccommodationPayload { quiz, user_errors })
}
