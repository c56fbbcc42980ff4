//! Inputs and payloads of grading a quiz anew.

use assessment::regrading::{DropCredit, Further, NewChange, Regrade, Wanted};
use async_graphql::{Enum, InputObject, OneofObject, SimpleObject};
use kernel::{QuestionId, QuizId, RegradeId, Result};

use super::{
    content_inputs::{GapInput, QuestionContentInput},
    regrade::QuizRegrade,
    regrade_effects::RegradeEffects,
};
use crate::graphql::{error::UserError, id::Id, scalars::to_hundredths};

/// What to count otherwise of a quiz, and why.
#[derive(Debug, InputObject)]
pub struct RegradeQuizInput {
    /// The quiz.
    pub quiz_id: Id<QuizId>,
    /// 1 to 100 changes; of several of one question the later ones lie over the earlier.
    pub changes: Vec<RegradeChangeInput>,
    /// Why: 1 to 2,000 characters. Learners whose attempts come to something else read it, too.
    pub reason: String,
    /// Only tell what would come of it?
    #[graphql(default)]
    pub dry_run: bool,
    /// How many of the attempts that change to leave out of the answer, which lists 100 of them: to read on.
    #[graphql(default)]
    pub skip: i32,
}

/// What to count otherwise of a question: exactly one of these.
#[derive(Debug, OneofObject)]
pub enum RegradeChangeInput {
    /// Something else is right.
    Key(RegradeKeyInput),
    /// More is right than was.
    Accept(RegradeAcceptInput),
    /// It is worth something else.
    Points(RegradePointsInput),
    /// All get its points.
    FullPoints(RegradeFullPointsInput),
    /// It does not count any more.
    Drop(RegradeDropInput),
}

/// Another key for a question.
#[derive(Debug, InputObject)]
pub struct RegradeKeyInput {
    /// A question of a version that was published.
    pub question_id: Id<QuestionId>,
    /// What is right. What may be answered stays: the type, options, prompts, choices, items and gaps are those of the question,
    /// named by their keys or by what they say.
    pub content: QuestionContentInput,
}

/// What is right as well.
#[derive(Debug, InputObject)]
pub struct RegradeAcceptInput {
    /// A question of a version that was published.
    pub question_id: Id<QuestionId>,
    /// What to accept.
    pub answers: FurtherAnswersInput,
}

/// What to accept beside what is right: exactly one of these.
#[derive(Debug, OneofObject)]
pub enum FurtherAnswersInput {
    /// Words, of a short answer.
    ShortAnswer(Vec<String>),
    /// Keys of options, of a choice of which one is ticked: each is as good as the other.
    MultipleChoice(Vec<String>),
    /// What may be filled in as well, of gaps.
    FillIn(Vec<GapInput>),
}

/// What a question is worth.
#[derive(Debug, InputObject)]
pub struct RegradePointsInput {
    /// A question of a version that was published.
    pub question_id: Id<QuestionId>,
    /// 0.01 to 1,000. What a person gave counts up to that.
    pub points: f64,
}

/// Full points for a question.
#[derive(Debug, InputObject)]
pub struct RegradeFullPointsInput {
    /// A question of a version that was published.
    pub question_id: Id<QuestionId>,
    /// Only for those who answered it?
    #[graphql(default)]
    pub only_answered: bool,
}

/// A question that does not count any more.
#[derive(Debug, InputObject)]
pub struct RegradeDropInput {
    /// A question of a version that was published.
    pub question_id: Id<QuestionId>,
    /// What becomes of its points.
    pub credit: DroppedCredit,
}

/// What becomes of the points of a question that is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "DropCredit")]
pub enum DroppedCredit {
    /// Everybody gets them, answered or not; what a person gave to an answer stays.
    FullPoints,
    /// Nobody gets them, and there are so many less to get.
    Excluded,
}

/// Which regrade to take back, and why.
#[derive(Debug, InputObject)]
pub struct UndoRegradeInput {
    /// The regrade.
    pub regrade_id: Id<RegradeId>,
    /// Why: 1 to 2,000 characters. Learners whose attempts come to something else read it, too.
    pub reason: String,
}

/// What came of a regrade, or would.
#[derive(SimpleObject)]
pub struct RegradeQuizPayload {
    /// The regrade. Null for a dry run, and when the input was refused.
    pub regrade: Option<QuizRegrade>,
    /// What it made of attempts, or would. Null when the input was refused.
    pub effects: Option<RegradeEffects>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of taking a regrade back.
#[derive(SimpleObject)]
pub struct UndoRegradePayload {
    /// The regrade that takes the other one back. Null when the input was refused.
    pub regrade: Option<QuizRegrade>,
    /// What it made of attempts. Null when the input was refused.
    pub effects: Option<RegradeEffects>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

impl RegradeQuizInput {
    pub fn into_domain(self) -> Result<Regrade> {
        let changes = self.changes.into_iter().map(RegradeChangeInput::into_domain).collect::<Result<_>>()?;
        Ok(Regrade { quiz: self.quiz_id.at(&["input", "quizId"])?, changes, reason: self.reason })
    }
}

impl RegradeChangeInput {
    fn into_domain(self) -> Result<NewChange> {
        let (question, wanted) = match self {
            Self::Key(it) => (it.question_id, Wanted::Key(it.content.into_domain()?)),
            Self::Accept(it) => (it.question_id, Wanted::Accept(it.answers.into_domain())),
            Self::Points(it) => (it.question_id, Wanted::Points(to_hundredths(it.points))),
            Self::FullPoints(it) => (it.question_id, Wanted::FullPoints { only_answered: it.only_answered }),
            Self::Drop(it) => (it.question_id, Wanted::Drop(it.credit.into())),
        };
        Ok(NewChange { question: question.at(&["input", "changes"])?, wanted })
    }
}

impl FurtherAnswersInput {
    fn into_domain(self) -> Further {
        match self {
            Self::ShortAnswer(texts) => Further::Texts(texts),
            Self::MultipleChoice(keys) => Further::Options(keys),
            Self::FillIn(gaps) => Further::Gaps(gaps.into_iter().map(|gap| (gap.name, gap.accepted)).collect()),
        }
    }
}
