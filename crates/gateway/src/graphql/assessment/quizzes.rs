use assessment::authoring::{self, Edited};
use async_graphql::{Context, ID, Object};
use kernel::EntityId;

use super::{quiz_inputs::*, settled};
use crate::graphql::{
    context::{Req, RequestContext},
    courses::keys::CourseById,
    error::{Result, outcome},
};

#[derive(Default)]
pub struct QuizMutation;

#[Object]
impl QuizMutation {
    /// Begins a quiz without questions, which learners don't see. Null when you may not.
    async fn create_quiz(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The quiz to be.")] input: CreateQuizInput,
    ) -> Option<Result<CreateQuizPayload>> {
        Some(create(ctx.req(), input).await)
    }

    /// Changes how a quiz goes. What attempts depend on holds for those that begin after it is published the next time. Null
    /// when you may not.
    async fn update_quiz(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: UpdateQuizInput,
    ) -> Option<Result<UpdateQuizPayload>> {
        Some(update(ctx.req(), input).await)
    }

    /// Deletes a quiz; one that somebody has sat only by force. Nobody finds it any more. Attempts that are under way are handed
    /// in, and what waits to be graded stays so. Learners keep their attempts, and those who grade read what came of the quiz by
    /// its id, with `quizResults`, `itemAnalysis` and `exportGrades`; `deletedQuizzes` lists it. Null when you may not.
    async fn delete_quiz(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which quiz.")] input: DeleteQuizInput,
    ) -> Option<Result<DeleteQuizPayload>> {
        Some(delete(ctx.req(), input).await)
    }

    /// Lets learners find a quiz as it is now, when nothing stands against it: see `quizPublishReadiness`. What it is now is
    /// kept as a version; attempts that begin are made at that, and those that have begun go on with theirs. Publish a quiz again
    /// after changes. Null when you may not.
    async fn publish_quiz(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which quiz.")] input: PublishQuizInput,
    ) -> Option<Result<PublishQuizPayload>> {
        Some(publish(ctx.req(), input).await)
    }

    /// Takes a quiz away from learners. Attempts that have begun can be finished. Null when you may not.
    async fn unpublish_quiz(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which quiz.")] input: UnpublishQuizInput,
    ) -> Option<Result<UnpublishQuizPayload>> {
        Some(unpublish(ctx.req(), input).await)
    }
}

async fn create(req: &RequestContext, input: CreateQuizInput) -> Result<CreateQuizPayload> {
    let new = input.into_domain()?;
    let (quiz, user_errors) = outcome(req.write(async |tx| authoring::create_quiz(tx, new).await).await)?;
    Ok(CreateQuizPayload { quiz: quiz.map(Into::into), user_errors })
}

async fn update(req: &RequestContext, input: UpdateQuizInput) -> Result<UpdateQuizPayload> {
    let (id, expected, change) = input.into_domain()?;
    let done = req.write(async |tx| authoring::update_quiz(tx, id, expected, change).await).await;
    let (edited, mut user_errors) = outcome(done)?;
    Ok(UpdateQuizPayload { quiz: settled(edited, &mut user_errors).map(Into::into), user_errors })
}

async fn delete(req: &RequestContext, input: DeleteQuizInput) -> Result<DeleteQuizPayload> {
    let DeleteQuizInput { id, expected_version, force } = input;
    let id = id.at(&["input", "id"])?;
    let done = req.write(async |tx| authoring::delete_quiz(tx, id, expected_version, force).await).await;
    let (done, mut user_errors) = outcome(done)?;
    let Some((course, edited)) = done else {
        return Ok(DeleteQuizPayload { deleted_quiz_id: None, course: None, user_errors });
    };
    let deleted_quiz_id = matches!(edited, Edited::Done(_)).then(|| ID(id.to_wire()));
    settled(Some(edited), &mut user_errors);
    let course = req.loaders.load(CourseById(course)).await?.map(Into::into);
    Ok(DeleteQuizPayload { deleted_quiz_id, course, user_errors })
}

async fn publish(req: &RequestContext, input: PublishQuizInput) -> Result<PublishQuizPayload> {
    let PublishQuizInput { id, expected_version } = input;
    let id = id.at(&["input", "id"])?;
    let done = req.write(async |tx| authoring::publish_quiz(tx, id, expected_version).await).await;
    let (edited, mut user_errors) = outcome(done)?;
    Ok(PublishQuizPayload { quiz: settled(edited, &mut user_errors).map(Into::into), user_errors })
}

async fn unpublish(req: &RequestContext, input: UnpublishQuizInput) -> Result<UnpublishQuizPayload> {
    let UnpublishQuizInput { id, expected_version } = input;
    let id = id.at(&["input", "id"])?;
    let done = req.write(async |tx| authoring::unpublish_quiz(tx, id, expected_version).await).await;
    let (edited, mut user_errors) = outcome(done)?;
    Ok(UnpublishQuizPayload { quiz: settled(edited, &mut user_errors).map(Into::into), user_errors })
}
