use std::{collections::HashMap, sync::Arc};

use assessment::{
    attempting,
    gradebook::{self, QuizResultRow, count_results, export_grades, grades_of_learners, item_analysis, quiz_results},
};
use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use kernel::{EntityId, QuizId, UserId};

use super::QuizGrade;
use crate::graphql::{
    accounts::PublicProfile,
    context::{Req, RequestContext},
    error::Result,
    id::Id,
    loader::{Key, Reader},
    node::{node_type, one},
    page::{Arguments, Connection, Total, page_request},
};

node_type! {
    /// What somebody has of a quiz.
    QuizResult(QuizResultRow)
}

/// What somebody has of a quiz, for those who grade it.
#[Object]
impl QuizResult {
    /// When they first began it.
    async fn started_at(&self) -> DateTime<Utc> {
        self.0.started_at
    }

    /// Who. Null when the account is not active.
    async fn user(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, Some(self.0.user_id)).await
    }

    /// What they have over all attempts that are marked, released or not. Null before one is.
    async fn grade(&self, ctx: &Context<'_>) -> Option<Result<QuizGrade>> {
        one(ctx, Some(GradeOfLearner(self.0.quiz_id, self.0.user_id))).await
    }
}

/// What somebody has of a quiz.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct GradeOfLearner(QuizId, UserId);

impl Key for GradeOfLearner {
    type Value = Arc<attempting::QuizGrade>;

    async fn load(reader: &Reader, keys: &[Self]) -> kernel::Result<HashMap<Self, Self::Value>> {
        let keys: Vec<_> = keys.iter().map(|key| (key.0, key.1)).collect();
        let found = grades_of_learners(reader.db.read(), &reader.viewer, &keys).await?.into_iter();
        Ok(found.map(|((quiz, user), grade)| (Self(quiz, user), Arc::new(grade))).collect())
    }
}

/// How a question has done in first attempts.
#[derive(SimpleObject)]
pub struct ItemAnalysis {
    /// The question.
    question_id: ID,
    /// What is asked.
    question_text: String,
    /// How many first attempts asked it, and are marked.
    attempt_count: i32,
    /// The mean part of its points that was earned, from 0 to 1. Null for fewer than 5 attempts.
    facility: Option<f64>,
    /// How far those who did well in it did well in the rest, from -1 to 1. Null for fewer than 5 attempts, and where all did
    /// alike.
    discrimination: Option<f64>,
    /// How often each option was ticked. Empty for questions without options, and for fewer than 5 attempts.
    options: Vec<OptionCount>,
}

/// How often an option was ticked.
#[derive(SimpleObject)]
pub struct OptionCount {
    /// The option's key.
    key: String,
    /// What it says.
    text: String,
    /// How often.
    count: i32,
}

/// Grades as a table.
#[derive(SimpleObject)]
pub struct GradeExport {
    /// The table, with a line for each attempt. What a spreadsheet would take for a formula begins with an apostrophe.
    content: String,
    /// Which kind of file it is: `text/csv`.
    mime_type: String,
}

#[derive(Default)]
pub struct GradebookQuery;

#[Object]
impl GradebookQuery {
    /// All who sat a quiz, in the order in which they first did, with what they have of it. For everybody on the course's staff.
    /// Null when you may not.
    async fn quiz_results(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which quiz.")] quiz_id: Id<QuizId>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<QuizResult>>> {
        Some(results(ctx.req(), quiz_id, (first, after, last, before)).await)
    }

    /// How the questions of a quiz have done: in the first attempts of everybody, as far as they are marked. For everybody on the
    /// course's staff. Null when you may not.
    async fn item_analysis(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which quiz.")] quiz_id: Id<QuizId>,
    ) -> Option<Result<Vec<ItemAnalysis>>> {
        Some(analysis(ctx.req(), quiz_id).await)
    }

    /// The grades of a quiz as CSV, a line for each attempt. For everybody on the course's staff. Null when you may not.
    async fn export_grades(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which quiz.")] quiz_id: Id<QuizId>,
    ) -> Option<Result<GradeExport>> {
        Some(export(ctx.req(), quiz_id).await)
    }
}

async fn results(req: &RequestContext, quiz: Id<QuizId>, arguments: Arguments) -> Result<Connection<QuizResult>> {
    let (quiz, request) = (quiz.at(&["quizId"])?, page_request(arguments)?);
    let page = quiz_results(req.db().read(), &req.viewer(), quiz, &request).await?;
    let total: Total =
        Arc::new(move |req| Box::pin(async move { Ok(count_results(req.db().read(), &req.viewer(), quiz).await?) }));
    Ok(Connection::new(page.map(QuizResult::from), total))
}

async fn analysis(req: &RequestContext, quiz: Id<QuizId>) -> Result<Vec<ItemAnalysis>> {
    let items = item_analysis(req.db().read(), &req.viewer(), quiz.at(&["quizId"])?).await?;
    Ok(items.into_iter().map(ItemAnalysis::from).collect())
}

async fn export(req: &RequestContext, quiz: Id<QuizId>) -> Result<GradeExport> {
    let content = export_grades(req.db().read(), &req.viewer(), quiz.at(&["quizId"])?).await?;
    Ok(GradeExport { content, mime_type: "text/csv".into() })
}

impl From<gradebook::ItemAnalysis> for ItemAnalysis {
    fn from(item: gradebook::ItemAnalysis) -> Self {
        let number = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        let option = |gradebook::OptionCount { key, text, count }| OptionCount { key, text, count: number(count) };
        Self {
            question_id: ID(item.question.to_wire()),
            question_text: item.text,
            attempt_count: number(item.attempts),
            facility: item.facility,
            discrimination: item.discrimination,
            options: item.options.into_iter().map(option).collect(),
        }
    }
}
