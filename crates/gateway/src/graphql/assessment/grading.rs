use std::sync::Arc;

use assessment::hand_grading::{
    HandGrade, claim_submission, count_queue, grade_answer, grading_queue, override_score, release_grades,
    unclaim_submission,
};
use async_graphql::{Context, Object};
use kernel::CourseId;

use super::{Quiz, QuizAttempt, SubmittedAnswer, grading_inputs::*, keys::QuizById};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, outcome},
    id::Id,
    page::{Arguments, Connection, Total, page_request},
    scalars::{check_length, to_hundredths},
};

#[derive(Default)]
pub struct GradingQuery;

#[Object]
impl GradingQuery {
    /// The answers to quizzes of a course that wait for a person to read them, the oldest first. For everybody on the course's
    /// staff. Null when you may not.
    async fn grading_queue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which course.")] course_id: Id<CourseId>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<SubmittedAnswer>>> {
        Some(queue(ctx.req(), course_id, (first, after, last, before)).await)
    }
}

#[derive(Default)]
pub struct GradingMutation;

#[Object]
impl GradingMutation {
    /// Takes an answer for half an hour, so that nobody else grades it meanwhile; once more, for another half an hour. For
    /// everybody on the course's staff. Null when you may not.
    async fn claim_submission(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which answer.")] input: ClaimSubmissionInput,
    ) -> Option<Result<ClaimSubmissionPayload>> {
        Some(claim(ctx.req(), input).await)
    }

    /// Gives back an answer that you have taken. Null when you may not.
    async fn unclaim_submission(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which answer.")] input: UnclaimSubmissionInput,
    ) -> Option<Result<UnclaimSubmissionPayload>> {
        Some(unclaim(ctx.req(), input).await)
    }

    /// Gives an answer points and a feedback: one that waits for a person, or any other of an attempt that is handed in. No
    /// program changes that again. For everybody on the course's staff. Null when you may not.
    async fn grade_answer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to say to which answer.")] input: GradeAnswerInput,
    ) -> Option<Result<GradeAnswerPayload>> {
        Some(grade(ctx.req(), input).await)
    }

    /// Lets learners know the grades of a quiz that shows them by release only: of the attempts that are graded. For everybody
    /// on the course's staff. Null when you may not.
    async fn release_grades(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which quiz.")] input: ReleaseGradesInput,
    ) -> Option<Result<ReleaseGradesPayload>> {
        Some(release(ctx.req(), input).await)
    }

    /// Sets a score that counts in place of the one that was earned. Both stay readable, with who set it and why. For everybody
    /// on the course's staff. Null when you may not.
    async fn override_score(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which score, and why.")] input: OverrideScoreInput,
    ) -> Option<Result<OverrideScorePayload>> {
        Some(set_score(ctx.req(), input).await)
    }
}

async fn queue(
    req: &RequestContext,
    course: Id<CourseId>,
    arguments: Arguments,
) -> Result<Connection<SubmittedAnswer>> {
    let (course, request) = (course.at(&["courseId"])?, page_request(arguments)?);
    let page = grading_queue(req.db().read(), &req.viewer(), course, &request).await?;
    let total: Total =
        Arc::new(move |req| Box::pin(async move { Ok(count_queue(req.db().read(), &req.viewer(), course).await?) }));
    Ok(Connection::new(page.map(SubmittedAnswer::from), total))
}

async fn claim(req: &RequestContext, input: ClaimSubmissionInput) -> Result<ClaimSubmissionPayload> {
    let id = input.answer_id.at(&["input", "answerId"])?;
    let (answer, user_errors) = outcome(req.write(async |tx| claim_submission(tx, id).await).await)?;
    Ok(ClaimSubmissionPayload { answer: answer.map(SubmittedAnswer::from), user_errors })
}

async fn unclaim(req: &RequestContext, input: UnclaimSubmissionInput) -> Result<UnclaimSubmissionPayload> {
    let id = input.answer_id.at(&["input", "answerId"])?;
    let (answer, user_errors) = outcome(req.write(async |tx| unclaim_submission(tx, id).await).await)?;
    Ok(UnclaimSubmissionPayload { answer: answer.map(SubmittedAnswer::from), user_errors })
}

async fn grade(req: &RequestContext, input: GradeAnswerInput) -> Result<GradeAnswerPayload> {
    let answer = input.answer_id.at(&["input", "answerId"])?;
    let grade = HandGrade { answer, points: to_hundredths(input.points), feedback: input.feedback };
    let (answer, user_errors) = outcome(req.write(async |tx| grade_answer(tx, grade).await).await)?;
    Ok(GradeAnswerPayload { answer: answer.map(SubmittedAnswer::from), user_errors })
}

async fn release(req: &RequestContext, input: ReleaseGradesInput) -> Result<ReleaseGradesPayload> {
    let quiz = input.quiz_id.at(&["input", "quizId"])?;
    check_length("attemptIds", input.attempt_ids.as_ref().map_or(0, Vec::len))?;
    let ids = input.attempt_ids.map(|ids| ids.into_iter().map(|id| id.at(&["input", "attemptIds"])).collect());
    let ids: Option<Vec<_>> = ids.transpose()?;
    let done = req.write(async |tx| release_grades(tx, quiz, ids.as_deref()).await).await;
    let (released, user_errors) = outcome(done)?;
    let Some(released) = released else {
        return Ok(ReleaseGradesPayload { quiz: None, released_count: 0, waiting_count: 0, user_errors });
    };
    Ok(ReleaseGradesPayload {
        quiz: req.loaders.load(QuizById(quiz)).await?.map(Quiz::from),
        released_count: i32::try_from(released.released).unwrap_or(i32::MAX),
        waiting_count: i32::try_from(released.waiting).unwrap_or(i32::MAX),
        user_errors,
    })
}

async fn set_score(req: &RequestContext, input: OverrideScoreInput) -> Result<OverrideScorePayload> {
    let OverrideScoreInput { attempt_id, score, reason } = input;
    let (id, score) = (attempt_id.at(&["input", "attemptId"])?, score.map(to_hundredths));
    let (attempt, user_errors) = outcome(req.write(async |tx| override_score(tx, id, score, reason).await).await)?;
    Ok(OverrideScorePayload { attempt: attempt.map(QuizAttempt::from), user_errors })
}
