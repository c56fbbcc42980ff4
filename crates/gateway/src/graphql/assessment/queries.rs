use assessment::{authoring::quiz_readiness, exchange, grading::grade};
use async_graphql::{Context, ID, Object, SimpleObject};
use kernel::{BankId, EntityId, Error, Problem, QuestionId, QuizId};

use super::{
    answering::{AnswerGrade, AnswerInput},
    enums::QuestionFormat,
    keys::QuestionById,
    question_inputs::home,
    readiness::QuizPublishReadiness,
};
use crate::graphql::{
    context::{Req, RequestContext},
    error::Result,
    id::Id,
};

#[derive(Default)]
pub struct QuizQuery;

#[Object]
impl QuizQuery {
    /// What stands between a quiz and its publication, and what its author may have forgotten. Null when you don't work on the
    /// course.
    async fn quiz_publish_readiness(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which quiz.")] id: Id<QuizId>,
    ) -> Option<Result<QuizPublishReadiness>> {
        Some(readiness(ctx.req(), id).await)
    }

    /// What an answer to a question would be worth: for authors who try their questions out. Nothing is kept. Null when you
    /// don't work on the course.
    async fn preview_grade(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which question.")] question_id: Id<QuestionId>,
        #[graphql(desc = "The answer.")] answer: AnswerInput,
    ) -> Option<Result<AnswerGrade>> {
        Some(preview(ctx.req(), question_id, answer).await)
    }

    /// The questions of a quiz or a question bank as a file, with their answers. Null when you don't work on the course.
    async fn export_questions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which quiz; what it draws is not of it. Or say `bankId`.")] quiz_id: Option<Id<QuizId>>,
        #[graphql(desc = "Which question bank; or say `quizId`.")] bank_id: Option<Id<BankId>>,
        #[graphql(desc = "In which form.")] format: QuestionFormat,
    ) -> Option<Result<QuestionExport>> {
        Some(export(ctx.req(), (quiz_id, bank_id), format).await)
    }
}

/// Questions as a file of other programs.
#[derive(SimpleObject)]
pub struct QuestionExport {
    /// What is in the file. Null when the format has no form for some of the questions.
    content: Option<String>,
    /// Which kind of file it is: `text/csv`.
    mime_type: String,
    /// The questions that the format has no form for; empty when it has one for all.
    refused: Vec<RefusedQuestion>,
}

/// A question that a format has no form for.
#[derive(SimpleObject)]
pub struct RefusedQuestion {
    /// Its id.
    question_id: ID,
    /// Which of the questions it is; 1 is the first.
    number: i32,
    /// Why, in a sentence for people.
    message: String,
}

async fn readiness(req: &RequestContext, id: Id<QuizId>) -> Result<QuizPublishReadiness> {
    Ok(quiz_readiness(req.db().read(), &req.viewer(), id.at(&["id"])?, req.now).await?.into())
}

async fn preview(req: &RequestContext, id: Id<QuestionId>, answer: AnswerInput) -> Result<AnswerGrade> {
    let no_answer = |problem: Problem| Error::bad_input("answer", problem.message);
    let (id, answer) = (id.at(&["questionId"])?, answer.into_domain().map_err(no_answer)?);
    let row = req.loaders.load(QuestionById(id)).await?.ok_or(Error::NotFound)?;
    let grade = grade(&row.question()?, Some(&answer));
    Ok(grade.map_err(|error| Error::bad_input("answer", error.to_string()))?.into())
}

async fn export(
    req: &RequestContext,
    (quiz, bank): (Option<Id<QuizId>>, Option<Id<BankId>>),
    format: QuestionFormat,
) -> Result<QuestionExport> {
    let home = home(quiz, bank, &[])?;
    let mime_type = match format {
        QuestionFormat::Csv => "text/csv",
        QuestionFormat::Qti => "application/xml",
        QuestionFormat::Gift | QuestionFormat::Aiken => "text/plain",
    };
    let (db, viewer) = (req.db().read(), req.viewer());
    let (content, refused) = match exchange::export_questions(db, &viewer, home, format.into()).await? {
        Ok(content) => (Some(content), vec![]),
        Err(refused) => (None, refused),
    };
    let refused = refused.into_iter().map(|refused| RefusedQuestion {
        question_id: ID(refused.question.to_wire()),
        number: i32::try_from(refused.number).unwrap_or(i32::MAX),
        message: refused.message,
    });
    Ok(QuestionExport { content, mime_type: mime_type.into(), refused: refused.collect() })
}
