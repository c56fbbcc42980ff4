use assessment::{
    QuizVersionRow,
    versions::{FrozenQuestion, Item, QuizSnapshot},
};
use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use kernel::EntityId;

use super::{
    AttemptQuestion, Quiz,
    content::QuestionContent,
    keys::{DetailsOfQuizVersion, QuizById},
};
use crate::graphql::{
    accounts::PublicProfile,
    context::Req,
    error::Result,
    node::{node_type, one},
    scalars::hundredths,
};

node_type! {
    /// A version of a quiz.
    QuizVersion(QuizVersionRow)
}

impl QuizVersion {
    async fn snapshot(&self, ctx: &Context<'_>) -> Result<Option<QuizSnapshot>> {
        let details = ctx.req().loaders.load(DetailsOfQuizVersion(self.0.id)).await?;
        Ok(details.map(|details| QuizSnapshot::read(&details.snapshot)).transpose()?)
    }
}

/// A quiz as it was when it was published: what attempts are made at, and graded by. Only for those who work on the course.
#[Object]
impl QuizVersion {
    /// Names this version among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// 1 is the first of the quiz.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// When the quiz was published so for the first time.
    async fn published_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// Who published it so. Null when nobody in particular did, or the account is not active.
    async fn published_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, self.0.created_by).await
    }

    /// What it held. Null when it can't be read.
    async fn content(&self, ctx: &Context<'_>) -> Option<Result<QuizVersionContent>> {
        let content = async { self.snapshot(ctx).await?.map(content).transpose() };
        content.await.transpose()
    }

    // Edges.

    /// The quiz, as it is now. Null when that can't be read.
    async fn quiz(&self, ctx: &Context<'_>) -> Option<Result<Quiz>> {
        one(ctx, Some(QuizById(self.0.quiz_id))).await
    }
}

/// What a version of a quiz held.
#[derive(SimpleObject)]
pub struct QuizVersionContent {
    /// The title.
    title: String,
    /// What it was about; may be empty.
    description: String,
    /// What everything right was worth.
    points: f64,
    /// How many questions an attempt gets.
    question_count: i32,
    /// Its questions and draws, in order.
    items: Vec<QuizVersionItem>,
}

/// A place in a version of a quiz: one question, or several to draw from.
#[derive(SimpleObject)]
pub struct QuizVersionItem {
    /// How many questions an attempt gets of it.
    count: i32,
    /// What each of them is worth.
    points_each: f64,
    /// Of a draw, what the bank was called. Null for a question of the quiz itself.
    bank_name: Option<String>,
    /// The question, or all that could be drawn.
    questions: Vec<QuizVersionQuestion>,
}

/// A question of a version of a quiz, with its answer.
#[derive(SimpleObject)]
pub struct QuizVersionQuestion {
    /// The question as who is asked sees it.
    question: AttemptQuestion,
    /// How it was answered and what was right.
    content: QuestionContent,
    /// Why that was right; may be empty.
    explanation: String,
}

fn content(snapshot: QuizSnapshot) -> Result<QuizVersionContent> {
    let items = snapshot.items.iter().map(item).collect::<Result<_>>()?;
    let (points, question_count) = (snapshot.points() as f64 / 100.0, snapshot.question_count());
    Ok(QuizVersionContent { points, question_count, items, title: snapshot.title, description: snapshot.description })
}

fn item(item: &Item) -> Result<QuizVersionItem> {
    let (points, bank_name) = match item {
        Item::Question(question) => (question.question.points, None),
        Item::Draw { points, name, .. } => (*points, Some(name.clone())),
    };
    let questions = item.questions().iter().map(question).collect::<Result<_>>()?;
    Ok(QuizVersionItem { count: item.count(), points_each: hundredths(points), bank_name, questions })
}

fn question(frozen: &FrozenQuestion) -> Result<QuizVersionQuestion> {
    let question = frozen.read()?;
    Ok(QuizVersionQuestion {
        question: AttemptQuestion::new(frozen.id, question.shown()),
        content: question.content.into(),
        explanation: question.explanation,
    })
}
