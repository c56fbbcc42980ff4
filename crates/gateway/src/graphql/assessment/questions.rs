use assessment::authoring::{self, Edited, Home};
use async_graphql::{Context, ID, Object};
use kernel::EntityId;

use super::{
    keys::{BankById, QuizById},
    question_inputs::*,
    settled,
};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, outcome},
};

#[derive(Default)]
pub struct QuestionMutation;

#[Object]
impl QuestionMutation {
    /// Adds a question at the end of a quiz, or to a question bank. Learners get it when the quiz is published the next time.
    /// Null when you may not.
    async fn add_question(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The question to be.")] input: AddQuestionInput,
    ) -> Option<Result<AddQuestionPayload>> {
        Some(add(ctx.req(), input).await)
    }

    /// Changes a question. Learners get it so when the quiz is published the next time. Null when you may not.
    async fn update_question(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: UpdateQuestionInput,
    ) -> Option<Result<UpdateQuestionPayload>> {
        Some(update(ctx.req(), input).await)
    }

    /// Deletes a question. Attempts at versions that have it keep it. Null when you may not.
    async fn delete_question(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which question.")] input: DeleteQuestionInput,
    ) -> Option<Result<DeleteQuestionPayload>> {
        Some(delete(ctx.req(), input).await)
    }

    /// Puts all questions and draws of a quiz in another order at once. Null when you may not.
    async fn reorder_questions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new order.")] input: ReorderQuestionsInput,
    ) -> Option<Result<ReorderQuestionsPayload>> {
        Some(reorder(ctx.req(), input).await)
    }
}

async fn add(req: &RequestContext, input: AddQuestionInput) -> Result<AddQuestionPayload> {
    let done = match input.into_domain() {
        Ok((home, question)) => req.write(async |tx| authoring::add_question(tx, home, question).await).await,
        Err(error) => Err(error),
    };
    let (question, user_errors) = outcome(done)?;
    Ok(AddQuestionPayload { question: question.map(Into::into), user_errors })
}

async fn update(req: &RequestContext, input: UpdateQuestionInput) -> Result<UpdateQuestionPayload> {
    let done = match input.into_domain() {
        Ok((id, expected, change)) => {
            req.write(async |tx| authoring::update_question(tx, id, expected, change).await).await
        }
        Err(error) => Err(error),
    };
    let (edited, mut user_errors) = outcome(done)?;
    let question = settled(edited, &mut user_errors).map(Into::into);
    Ok(UpdateQuestionPayload { question, user_errors })
}

async fn delete(req: &RequestContext, input: DeleteQuestionInput) -> Result<DeleteQuestionPayload> {
    let id = input.id.at(&["input", "id"])?;
    let expected = input.expected_version;
    let (done, mut user_errors) =
        outcome(req.write(async |tx| authoring::delete_question(tx, id, expected).await).await)?;
    let mut payload =
        DeleteQuestionPayload { deleted_question_id: None, quiz: None, question_bank: None, user_errors: vec![] };
    if let Some((home, edited)) = done {
        payload.deleted_question_id = matches!(edited, Edited::Done(())).then(|| ID(id.to_wire()));
        settled(Some(edited), &mut user_errors);
        match home {
            Home::Quiz(quiz) => payload.quiz = req.loaders.load(QuizById(quiz)).await?.map(Into::into),
            Home::Bank(bank) => payload.question_bank = req.loaders.load(BankById(bank)).await?.map(Into::into),
        }
    }
    Ok(DeleteQuestionPayload { user_errors, ..payload })
}

async fn reorder(req: &RequestContext, input: ReorderQuestionsInput) -> Result<ReorderQuestionsPayload> {
    let (quiz, expected, order) = input.into_domain()?;
    let done = req.write(async |tx| authoring::reorder_questions(tx, quiz, expected, &order).await).await;
    let (edited, mut user_errors) = outcome(done)?;
    Ok(ReorderQuestionsPayload { quiz: settled(edited, &mut user_errors).map(Into::into), user_errors })
}
