use assessment::{
    authoring::{self, DrawChange, Edited, NewDraw},
    banking::{self, BankChange, NewBank},
};
use async_graphql::{Context, ID, Object};
use kernel::EntityId;

use super::{bank_inputs::*, keys::QuizById, settled};
use crate::graphql::{
    context::{Req, RequestContext},
    courses::keys::CourseById,
    error::{Result, outcome},
    scalars::to_hundredths,
};

#[derive(Default)]
pub struct BankMutation;

#[Object]
impl BankMutation {
    /// Begins an empty question bank for the quizzes of a course. Null when you may not.
    async fn create_question_bank(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The bank to be.")] input: CreateQuestionBankInput,
    ) -> Option<Result<CreateQuestionBankPayload>> {
        Some(create(ctx.req(), input).await)
    }

    /// Changes what a question bank is called. Null when you may not.
    async fn update_question_bank(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: UpdateQuestionBankInput,
    ) -> Option<Result<UpdateQuestionBankPayload>> {
        Some(update(ctx.req(), input).await)
    }

    /// Deletes a question bank that no quiz draws from. Null when you may not.
    async fn delete_question_bank(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which bank.")] input: DeleteQuestionBankInput,
    ) -> Option<Result<DeleteQuestionBankPayload>> {
        Some(delete(ctx.req(), input).await)
    }

    /// Adds a place to a quiz for questions that each attempt draws from a bank. Null when you may not.
    async fn add_bank_draw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be drawn.")] input: AddBankDrawInput,
    ) -> Option<Result<AddBankDrawPayload>> {
        Some(add_draw(ctx.req(), input).await)
    }

    /// Changes how many questions are drawn, or what each is worth. Null when you may not.
    async fn update_bank_draw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: UpdateBankDrawInput,
    ) -> Option<Result<UpdateBankDrawPayload>> {
        Some(update_draw(ctx.req(), input).await)
    }

    /// Takes a draw out of its quiz. Null when you may not.
    async fn delete_bank_draw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which draw.")] input: DeleteBankDrawInput,
    ) -> Option<Result<DeleteBankDrawPayload>> {
        Some(delete_draw(ctx.req(), input).await)
    }
}

async fn create(req: &RequestContext, input: CreateQuestionBankInput) -> Result<CreateQuestionBankPayload> {
    let CreateQuestionBankInput { course_id, name, description } = input;
    let new = NewBank { course: course_id.at(&["input", "courseId"])?, name, description };
    let (bank, user_errors) = outcome(req.write(async |tx| banking::create_bank(tx, new).await).await)?;
    Ok(CreateQuestionBankPayload { question_bank: bank.map(Into::into), user_errors })
}

async fn update(req: &RequestContext, input: UpdateQuestionBankInput) -> Result<UpdateQuestionBankPayload> {
    let UpdateQuestionBankInput { id, expected_version, name, description } = input;
    let (id, change) = (id.at(&["input", "id"])?, BankChange { name, description });
    let done = req.write(async |tx| banking::update_bank(tx, id, expected_version, change).await).await;
    let (edited, mut user_errors) = outcome(done)?;
    Ok(UpdateQuestionBankPayload { question_bank: settled(edited, &mut user_errors).map(Into::into), user_errors })
}

async fn delete(req: &RequestContext, input: DeleteQuestionBankInput) -> Result<DeleteQuestionBankPayload> {
    let DeleteQuestionBankInput { id, expected_version } = input;
    let id = id.at(&["input", "id"])?;
    let done = req.write(async |tx| banking::delete_bank(tx, id, expected_version).await).await;
    let (done, mut user_errors) = outcome(done)?;
    let Some((course, edited)) = done else {
        return Ok(DeleteQuestionBankPayload { deleted_question_bank_id: None, course: None, user_errors });
    };
    let deleted_question_bank_id = matches!(edited, Edited::Done(_)).then(|| ID(id.to_wire()));
    settled(Some(edited), &mut user_errors);
    let course = req.loaders.load(CourseById(course)).await?.map(Into::into);
    Ok(DeleteQuestionBankPayload { deleted_question_bank_id, course, user_errors })
}

async fn add_draw(req: &RequestContext, input: AddBankDrawInput) -> Result<AddBankDrawPayload> {
    let new = NewDraw {
        quiz: input.quiz_id.at(&["input", "quizId"])?,
        bank: input.bank_id.at(&["input", "bankId"])?,
        count: input.count,
        points: to_hundredths(input.points_each),
    };
    let (draw, user_errors) = outcome(req.write(async |tx| authoring::add_draw(tx, new).await).await)?;
    Ok(AddBankDrawPayload { bank_draw: draw.map(Into::into), user_errors })
}

async fn update_draw(req: &RequestContext, input: UpdateBankDrawInput) -> Result<UpdateBankDrawPayload> {
    let UpdateBankDrawInput { id, expected_version, count, points_each } = input;
    let (id, change) = (id.at(&["input", "id"])?, DrawChange { count, points: points_each.map(to_hundredths) });
    let done = req.write(async |tx| authoring::update_draw(tx, id, expected_version, change).await).await;
    let (edited, mut user_errors) = outcome(done)?;
    Ok(UpdateBankDrawPayload { bank_draw: settled(edited, &mut user_errors).map(Into::into), user_errors })
}

async fn delete_draw(req: &RequestContext, input: DeleteBankDrawInput) -> Result<DeleteBankDrawPayload> {
    let DeleteBankDrawInput { id, expected_version } = input;
    let id = id.at(&["input", "id"])?;
    let done = req.write(async |tx| authoring::delete_draw(tx, id, expected_version).await).await;
    let (done, mut user_errors) = outcome(done)?;
    let Some((quiz, edited)) = done else {
        return Ok(DeleteBankDrawPayload { deleted_bank_draw_id: None, quiz: None, user_errors });
    };
    let deleted_bank_draw_id = matches!(edited, Edited::Done(())).then(|| ID(id.to_wire()));
    settled(Some(edited), &mut user_errors);
    let quiz = req.loaders.load(QuizById(quiz)).await?.map(Into::into);
    Ok(DeleteBankDrawPayload { deleted_bank_draw_id, quiz, user_errors })
}
