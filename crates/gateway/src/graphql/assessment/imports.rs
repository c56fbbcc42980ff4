use assessment::{authoring::Home, exchange};
use async_graphql::{Context, InputObject, Object, SimpleObject};
use kernel::{BankId, QuizId};

use super::{
    QuestionBank, Quiz,
    enums::{LineErrorCode, QuestionFormat},
    keys::{BankById, QuizById},
    question_inputs::home,
};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, UserError, outcome},
    id::Id,
};

#[derive(Default)]
pub struct ImportMutation;

#[Object]
impl ImportMutation {
    /// Adds the questions of a file at the end of a quiz, or to a question bank: all of them, or none and what is wrong with each
    /// line. Null when you may not.
    async fn import_questions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to import.")] input: ImportQuestionsInput,
    ) -> Option<Result<ImportQuestionsPayload>> {
        Some(import(ctx.req(), input).await)
    }
}

/// A file with questions.
#[derive(Debug, InputObject)]
pub struct ImportQuestionsInput {
    /// The quiz that they go into, at the end; or say `bankId`.
    pub quiz_id: Option<Id<QuizId>>,
    /// The question bank that they go into; or say `quizId`.
    pub bank_id: Option<Id<BankId>>,
    /// In which form they are.
    pub format: QuestionFormat,
    /// What is in the file: at most 500,000 bytes and 500 questions.
    pub content: String,
    /// Only tell what would be added, and what is wrong; add nothing.
    #[graphql(default)]
    pub dry_run: bool,
}

/// What came of importing questions.
#[derive(SimpleObject)]
pub struct ImportQuestionsPayload {
    /// How many questions were added, or would be; 0 when something is wrong.
    question_count: i32,
    /// What is wrong with the file, by lines; empty when all went well.
    line_errors: Vec<LineError>,
    /// The quiz. Null when it went into a bank, and when the input was refused.
    quiz: Option<Quiz>,
    /// The question bank. Null when it went into a quiz, and when the input was refused.
    question_bank: Option<QuestionBank>,
    /// What is wrong with the input; empty when all went well.
    user_errors: Vec<UserError>,
}

/// Something that is wrong with a line of a file.
#[derive(SimpleObject)]
pub struct LineError {
    /// Which line; 1 is the first. Of a question with several lines the one that it begins at.
    line: i32,
    /// What kind of thing is wrong.
    code: LineErrorCode,
    /// What is wrong, in a sentence for people.
    message: String,
}

async fn import(req: &RequestContext, input: ImportQuestionsInput) -> Result<ImportQuestionsPayload> {
    let ImportQuestionsInput { quiz_id, bank_id, format, content, dry_run } = input;
    let done = match home(quiz_id, bank_id, &["input"]) {
        Ok(home) => {
            let format = format.into();
            let read =
                async |tx: &mut kernel::Tx| exchange::import_questions(tx, home, format, &content, dry_run).await;
            req.write(read).await.map(|imported| (home, imported))
        }
        Err(error) => Err(error),
    };
    let (done, user_errors) = outcome(done)?;
    let (quiz, question_bank) = match &done {
        Some((Home::Quiz(quiz), _)) => (req.loaders.load(QuizById(*quiz)).await?, None),
        Some((Home::Bank(bank), _)) => (None, req.loaders.load(BankById(*bank)).await?),
        None => (None, None),
    };
    let imported = done.map(|(_, imported)| imported).unwrap_or_default();
    let line_error = |error: exchange::LineError| LineError {
        line: i32::try_from(error.line).unwrap_or(i32::MAX),
        code: error.code.into(),
        message: error.message,
    };
    Ok(ImportQuestionsPayload {
        question_count: i32::try_from(imported.questions.len()).unwrap_or(i32::MAX),
        line_errors: imported.errors.into_iter().map(line_error).collect(),
        quiz: quiz.map(Into::into),
        question_bank: question_bank.map(Into::into),
        user_errors,
    })
}
