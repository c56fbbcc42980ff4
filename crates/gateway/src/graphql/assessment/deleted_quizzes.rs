use std::sync::Arc;

use assessment::gradebook::{DeletedQuizRow, attempt_counts, count_deleted_quizzes, deleted_quizzes};
use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use kernel::{CourseId, EntityId, QuizId};

use crate::graphql::{
    accounts::PublicProfile,
    context::{Req, RequestContext},
    error::Result,
    id::Id,
    keys::key,
    node::node_type,
    page::{Arguments, Connection, Total, page_request},
};

node_type! {
    /// A deleted quiz.
    DeletedQuiz(DeletedQuizRow)
}

/// A deleted quiz, as far as one has to know it to ask what came of it.
#[Object]
impl DeletedQuiz {
    /// The id of the quiz, for `quizResults`, `itemAnalysis` and `exportGrades`. Nothing else finds it by that. Opaque.
    async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// The title.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// How many attempts there are at it. Null when that can't be read.
    async fn attempt_count(&self, ctx: &Context<'_>) -> Option<Result<i64>> {
        let count = ctx.req().loaders.load(AttemptCountOfDeleted(self.0.id)).await;
        Some(count.map(|count| count.map_or(0, |count| *count)))
    }

    /// When it was deleted. Null when that is not known.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.deleted_at
    }

    /// Who deleted it. Null when nobody in particular did, or the account is not active.
    async fn deleted_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, self.0.deleted_by).await
    }
}

key! {
    /// How many attempts there are at a quiz that the viewer has found among the deleted ones.
    AttemptCountOfDeleted: QuizId => i64, attempt_counts
}

#[derive(Default)]
pub struct DeletedQuizQuery;

#[Object]
impl DeletedQuizQuery {
    /// The deleted quizzes of a course, the last deleted first. For everybody on the course's staff. Null when you may not.
    async fn deleted_quizzes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which course.")] course_id: Id<CourseId>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<DeletedQuiz>>> {
        Some(deleted(ctx.req(), course_id, (first, after, last, before)).await)
    }
}

async fn deleted(req: &RequestContext, course: Id<CourseId>, arguments: Arguments) -> Result<Connection<DeletedQuiz>> {
    let (course, request) = (course.at(&["courseId"])?, page_request(arguments)?);
    let page = deleted_quizzes(req.db().read(), &req.viewer(), course, &request).await?;
    let total: Total = Arc::new(move |req| {
        Box::pin(async move { Ok(count_deleted_quizzes(req.db().read(), &req.viewer(), course).await?) })
    });
    Ok(Connection::new(page.map(DeletedQuiz::from), total))
}
