//! A suggestion becomes a question: one context proposes, another one keeps questions.

use ai::{
    questions::{self, Draft, DraftContent, GAP_NAME},
    rules::SUGGESTION_QUIZ_ELSEWHERE,
};
use assessment::{
    authoring::{Home, add_question},
    question::{Choice, ChoiceOption, Content, FillIn, Gap, PartialCredit, Question, ShortAnswer},
    quiz,
};
use kernel::{CourseId, Error, QuestionId, QuizId, Tx};
use sea_orm::{ColumnTrait, QueryFilter};

use super::{
    suggestion::QuestionSuggestion,
    suggestion_inputs::{AcceptSuggestionInput, AcceptSuggestionPayload},
};
use crate::graphql::{
    assessment::{AuthoredQuestion, keys::QuestionById},
    context::RequestContext,
    error::{Result, outcome},
};

/// In hundredths.
const ONE_POINT: i32 = 100;

pub async fn accept(req: &RequestContext, input: AcceptSuggestionInput) -> Result<AcceptSuggestionPayload> {
    let (id, quiz) = (input.id.at(&["input", "id"])?, input.quiz_id.at(&["input", "quizId"])?);
    let work = async |tx: &mut Tx| {
        questions::accept(tx, id, async |tx, course, draft| add(tx, course, quiz, draft).await).await
    };
    let (done, user_errors) = outcome(req.write(work).await)?;
    let question = match done.as_ref().and_then(|row| row.question_id) {
        Some(question) => req.loaders.load(QuestionById(question)).await?.map(AuthoredQuestion::from),
        None => None,
    };
    Ok(AcceptSuggestionPayload { suggestion: done.map(QuestionSuggestion::from), question, user_errors })
}

async fn add(tx: &mut Tx, course: CourseId, quiz: QuizId, draft: Draft) -> kernel::Result<QuestionId> {
    let found = quiz::Entity::visible_to(&tx.viewer).filter(quiz::Column::Id.eq(quiz)).one(&tx.conn).await?;
    if found.ok_or(Error::NotFound)?.course_id != course {
        return Err(SUGGESTION_QUIZ_ELSEWHERE.at("quizId").into());
    }
    Ok(add_question(tx, Home::Quiz(quiz), question(draft)).await?.id)
}

fn question(draft: Draft) -> Question {
    Question { text: draft.text, content: content(draft.content), explanation: draft.explanation, points: ONE_POINT }
}

fn content(draft: DraftContent) -> Content {
    match draft {
        DraftContent::TrueFalse(is_true) => Content::TrueFalse(is_true),
        DraftContent::ShortAnswer(accepted) => {
            Content::ShortAnswer(ShortAnswer { accepted, is_case_sensitive: false, is_reviewed: false })
        }
        DraftContent::FillIn(accepted) => Content::FillIn(FillIn {
            gaps: vec![Gap { name: GAP_NAME.into(), accepted }],
            is_case_sensitive: false,
            credit: PartialCredit::AllOrNothing,
        }),
        DraftContent::MultipleChoice { options, right } => Content::MultipleChoice(Choice {
            options: (0..).zip(options).map(|(at, text)| option(text, at == right)).collect(),
            is_multiple: false,
            credit: PartialCredit::AllOrNothing,
        }),
    }
}

/// It gets its key with the question.
fn option(text: String, is_right: bool) -> ChoiceOption {
    ChoiceOption { key: String::new(), text, is_right, feedback: String::new() }
}
