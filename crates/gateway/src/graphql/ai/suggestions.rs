use std::sync::Arc;

use ai::questions::{self, SuggestionList, count_suggestions};
use async_graphql::{Context, Object};
use kernel::{CourseId, SuggestionRunId};

use super::{
    accepting,
    keys::RunById,
    suggestion::{QuestionSuggestion, QuestionSuggestionStatus, SuggestionRun},
    suggestion_inputs::{
        AcceptSuggestionInput, AcceptSuggestionPayload, RejectSuggestionInput, RejectSuggestionPayload,
        SuggestQuestionsInput, SuggestQuestionsPayload,
    },
};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, outcome},
    id::Id,
    node::one,
    page::{Arguments, Connection, Total, page_request},
};

#[derive(Default)]
pub struct SuggestionQuery;

#[Object]
impl SuggestionQuery {
    /// Questions that were asked for, in a course that you work on. Null when there is no such request, or not for you.
    async fn suggestion_run(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request's id.")] id: Id<SuggestionRunId>,
    ) -> Option<Result<SuggestionRun>> {
        match id.at(&["id"]) {
            Ok(id) => one(ctx, Some(RunById(id))).await,
            Err(error) => Some(Err(error.into())),
        }
    }

    /// Questions that were proposed for a course, newest first: for those who work on it. Null when it can't be read.
    #[expect(clippy::too_many_arguments, reason = "Relay's four, and which")]
    async fn question_suggestions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which course.")] course_id: Id<CourseId>,
        #[graphql(desc = "Only those of which this has become; all when nothing is said.")] status: Option<
            QuestionSuggestionStatus,
        >,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<QuestionSuggestion>>> {
        Some(listed(ctx.req(), course_id, status, (first, after, last, before)).await)
    }
}

#[derive(Default)]
pub struct SuggestionMutation;

#[Object]
impl SuggestionMutation {
    /// Has questions made about a course that you may change, each with the passage it is taken from: ask `suggestionRun` when
    /// they are there. A language model writes them and is paid for by your tokens and the course's; where there is none they
    /// are made of the course's own sentences. No learner sees them. Null when you may not.
    async fn suggest_questions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "About what, and how many.")] input: SuggestQuestionsInput,
    ) -> Option<Result<SuggestQuestionsPayload>> {
        Some(suggest(ctx.req(), input).await)
    }

    /// Puts a suggested question at the end of a quiz of its course, worth one point. Learners see it as they see what authors
    /// write: with the next version of the quiz. Null when you may not.
    async fn accept_suggestion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which suggestion, and into which quiz.")] input: AcceptSuggestionInput,
    ) -> Option<Result<AcceptSuggestionPayload>> {
        Some(accepting::accept(ctx.req(), input).await)
    }

    /// Puts a suggested question aside. Null when you may not.
    async fn reject_suggestion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which suggestion.")] input: RejectSuggestionInput,
    ) -> Option<Result<RejectSuggestionPayload>> {
        Some(reject(ctx.req(), input).await)
    }
}

async fn listed(
    req: &RequestContext,
    course: Id<CourseId>,
    status: Option<QuestionSuggestionStatus>,
    arguments: Arguments,
) -> Result<Connection<QuestionSuggestion>> {
    let list = SuggestionList { course: course.at(&["courseId"])?, status: status.map(Into::into) };
    let request = page_request(arguments)?;
    let page = questions::suggestions(req.db().read(), &req.viewer(), list, &request).await?;
    let total: Total = Arc::new(move |req| {
        Box::pin(async move { Ok(count_suggestions(req.db().read(), &req.viewer(), list).await?) })
    });
    Ok(Connection::new(page.map(QuestionSuggestion::from), total))
}

async fn suggest(req: &RequestContext, input: SuggestQuestionsInput) -> Result<SuggestQuestionsPayload> {
    let new = input.into_domain()?;
    let (run, user_errors) = outcome(req.write(async |tx| questions::request(tx, new).await).await)?;
    Ok(SuggestQuestionsPayload { run: run.map(SuggestionRun::from), user_errors })
}

async fn reject(req: &RequestContext, input: RejectSuggestionInput) -> Result<RejectSuggestionPayload> {
    let id = input.id.at(&["input", "id"])?;
    let done = outcome(req.write(async |tx| questions::reject(tx, id).await).await)?;
    Ok(RejectSuggestionPayload::new(done))
}
