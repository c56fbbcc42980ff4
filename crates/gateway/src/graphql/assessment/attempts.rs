use assessment::{
    attempting::{Kept, NewAnswer, Receipt, is_statement, save_answers, start_attempt, submit_attempt},
    rules::{ANSWER_QUESTION_UNKNOWN, ANSWERS_TOO_MANY},
};
use async_graphql::{Context, ID, Object};
use kernel::{AttemptId, EntityId, Problem, QuestionId, QuizId};

use super::{
    QuizAttempt,
    attempt_inputs::*,
    keys::{AttemptById, AttemptCountOfViewer, AttemptsOfViewer},
    receipt::AnswerReceipt,
    saved_answer::SavedAnswer,
};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, UserError, outcome},
    id::Id,
    node::one,
    page::{Connection, edge},
};

/// The most answers that are saved at a time.
const MOST: usize = 100;

#[derive(Default)]
pub struct AttemptQuery;

#[Object]
impl AttemptQuery {
    /// An attempt, to go on with it anywhere or to look at what came of it: your own, or one at a quiz of a course that you work
    /// on. Null when there is none, or not for you.
    async fn quiz_attempt(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which attempt.")] id: Id<AttemptId>,
    ) -> Option<Result<QuizAttempt>> {
        match id.at(&["id"]) {
            Ok(id) => one(ctx, Some(AttemptById(id))).await,
            Err(error) => Some(Err(error.into())),
        }
    }

    /// Your own attempts at a quiz, newest first. Null when they can't be read.
    async fn my_quiz_attempts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which quiz.")] quiz_id: Id<QuizId>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<QuizAttempt>>> {
        match quiz_id.at(&["quizId"]) {
            Ok(id) => edge(ctx, id, (first, after, last, before), AttemptsOfViewer, AttemptCountOfViewer).await,
            Err(error) => Some(Err(error.into())),
        }
    }

    /// Is this receipt ours, and as we gave it? For everybody, without a sign-in; nothing is told but that. Null when that can't be
    /// said.
    async fn verify_receipt(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is signed, as the receipt has it.")] statement: String,
        #[graphql(desc = "The signature under it.")] signature: String,
    ) -> Option<Result<bool>> {
        let signer = ctx.req().app.school.signer().map_err(Into::into);
        Some(signer.map(|signer| is_statement(&statement) && signer.has_signed(&statement, &signature)))
    }
}

#[derive(Default)]
pub struct AttemptMutation;

#[Object]
impl AttemptMutation {
    /// Begins an attempt at a quiz of a course that you take, or answers the one that you have open. Its questions, their order,
    /// its deadline and the version of the quiz are settled by that; before, nobody gets to see a question. Null when you may
    /// not.
    async fn start_quiz_attempt(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which quiz.")] input: StartQuizAttemptInput,
    ) -> Option<Result<StartQuizAttemptPayload>> {
        Some(start(ctx.req(), input).await)
    }

    /// Saves the answer to a question of your attempt; when this answers, it is safe. As often as you like, until the attempt is
    /// handed in or its time is over by the clock here. Null when you may not.
    async fn save_answer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The answer.")] input: SaveAnswerInput,
    ) -> Option<Result<SaveAnswerPayload>> {
        Some(save(ctx.req(), input).await)
    }

    /// Saves answers that waited, as after a time without a connection. Each for itself: one that is refused keeps none of the
    /// others back. Null when you may not.
    async fn save_answers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The answers.")] input: SaveAnswersInput,
    ) -> Option<Result<SaveAnswersPayload>> {
        Some(save_all(ctx.req(), input).await)
    }

    /// Hands your attempt in with what has been saved, and grades what needs no person. However often it is said, the answer is
    /// the same. Null when you may not.
    async fn submit_quiz_attempt(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which attempt.")] input: SubmitQuizAttemptInput,
    ) -> Option<Result<SubmitQuizAttemptPayload>> {
        Some(submit(ctx.req(), input).await)
    }
}

async fn start(req: &RequestContext, input: StartQuizAttemptInput) -> Result<StartQuizAttemptPayload> {
    let quiz = input.quiz_id.at(&["input", "quizId"])?;
    let (attempt, user_errors) = outcome(req.write(async |tx| start_attempt(tx, quiz).await).await)?;
    Ok(StartQuizAttemptPayload { attempt: attempt.map(QuizAttempt::from), user_errors })
}

async fn submit(req: &RequestContext, input: SubmitQuizAttemptInput) -> Result<SubmitQuizAttemptPayload> {
    let attempt = input.attempt_id.at(&["input", "attemptId"])?;
    let (attempt, user_errors) = outcome(req.write(async |tx| submit_attempt(tx, attempt).await).await)?;
    Ok(SubmitQuizAttemptPayload { attempt: attempt.map(QuizAttempt::from), user_errors })
}

async fn save(req: &RequestContext, input: SaveAnswerInput) -> Result<SaveAnswerPayload> {
    let SaveAnswerInput { attempt_id, question_id, answer, client_sequence } = input;
    let attempt = attempt_id.at(&["input", "attemptId"])?;
    let (question, new) = new_answer(QueuedAnswerInput { question_id, answer, client_sequence });
    let kept = req.write(async |tx| {
        let kept = save_answers(tx, attempt, vec![new?]).await?.pop();
        kept.transpose().map_err(kernel::Error::from)
    });
    let (kept, user_errors) = outcome(kept.await)?;
    let result = result(req, question, kept.flatten(), user_errors)?;
    Ok(SaveAnswerPayload {
        answer: result.answer,
        is_superseded: result.is_superseded,
        receipt: result.receipt,
        server_now: req.now,
        user_errors: result.user_errors,
    })
}

async fn save_all(req: &RequestContext, input: SaveAnswersInput) -> Result<SaveAnswersPayload> {
    let attempt = input.attempt_id.at(&["input", "attemptId"])?;
    let server_now = req.now;
    if input.answers.len() > MOST {
        let user_errors = vec![UserError::from(&ANSWERS_TOO_MANY.at("answers"))];
        return Ok(SaveAnswersPayload { results: None, server_now, user_errors });
    }
    let answers: Vec<_> = input.answers.into_iter().map(new_answer).collect();
    let usable = answers.iter().filter_map(|(_, answer)| answer.as_ref().ok()).cloned().collect();
    let (kept, user_errors) = outcome(req.write(async |tx| save_answers(tx, attempt, usable).await).await)?;
    let Some(kept) = kept else {
        return Ok(SaveAnswersPayload { results: None, server_now, user_errors });
    };
    let (mut results, mut kept) = (vec![], kept.into_iter());
    for (number, (question, answer)) in answers.into_iter().enumerate() {
        let kept = match answer {
            Ok(_) => kept.next().unwrap_or_else(|| Err(ANSWER_QUESTION_UNKNOWN.at("questionId"))),
            Err(problem) => Err(problem),
        };
        let (kept, user_errors) = match kept {
            Ok(kept) => (Some(kept), vec![]),
            Err(problem) => (None, vec![UserError::from(&of_item(problem, number))]),
        };
        results.push(result(req, question, kept, user_errors)?);
    }
    Ok(SaveAnswersPayload { results: Some(results), server_now, user_errors })
}

/// The path of a field of one of several answers.
fn of_item(problem: Problem, number: usize) -> Problem {
    let start = ["answers".into(), number.to_string().into()];
    Problem { field: start.into_iter().chain(problem.field).collect(), ..problem }
}

fn new_answer(input: QueuedAnswerInput) -> (QuestionId, Result<NewAnswer, Problem>) {
    let (question, sequence) = (input.question_id.or_nobodys(), input.client_sequence.0);
    (question, input.answer.into_domain().map(|answer| NewAnswer { question, answer, sequence }))
}

fn result(
    req: &RequestContext,
    question: QuestionId,
    kept: Option<Kept>,
    user_errors: Vec<UserError>,
) -> Result<SaveAnswerResult> {
    let question_id = ID(question.to_wire());
    let Some(kept) = kept else {
        return Ok(SaveAnswerResult { question_id, answer: None, is_superseded: false, receipt: None, user_errors });
    };
    let answer = SavedAnswer::new(&kept.row, kept.question_type)?;
    let receipt = AnswerReceipt::of(&req.app, &Receipt::of_answer(&kept.row)?);
    Ok(SaveAnswerResult { question_id, answer: Some(answer), is_superseded: kept.is_superseded, receipt, user_errors })
}
