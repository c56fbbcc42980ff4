use std::sync::Arc;

use ai::reading::{Whose, check_taught, conversation_list, count_conversations};
use async_graphql::{Context, Object, SimpleObject};
use kernel::{ConversationId, CourseId};

use super::{Conversation, inputs::TutorPolicy, keys::ConversationById};
use crate::graphql::{
    context::{Req, RequestContext},
    courses::{
        CourseSection,
        keys::{CourseById, SectionById},
    },
    error::Result,
    id::Id,
    node::one,
    page::{Arguments, Connection, Total, page_request},
};

#[derive(Default)]
pub struct TutorQuery;

#[Object]
impl TutorQuery {
    /// Your conversations with the tutor, the one in which you asked last first. Needs a sign-in. Null when they can't be
    /// read.
    async fn conversations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those about this course.")] course_id: Option<Id<CourseId>>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Conversation>>> {
        Some(match course_id.map(|id| id.at(&["courseId"])).transpose() {
            Ok(course) => listed(ctx.req(), Whose::Own(course), (first, after, last, before)).await,
            Err(error) => Err(error.into()),
        })
    }

    /// The conversations of a course's learners that were begun while `tutorPolicy` said that its staff reads along, for those
    /// who work on the course. Null when you may not read them.
    async fn learner_conversations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The course.")] course_id: Id<CourseId>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Conversation>>> {
        Some(match course_id.at(&["courseId"]) {
            Ok(course) => of_learners(ctx.req(), course, (first, after, last, before)).await,
            Err(error) => Err(error.into()),
        })
    }

    /// A conversation with the tutor. Null when there is none, or not for you.
    async fn conversation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] id: Id<ConversationId>,
    ) -> Option<Result<Conversation>> {
        match id.at(&["id"]) {
            Ok(id) => one(ctx, Some(ConversationById(id))).await,
            Err(error) => Some(Err(error.into())),
        }
    }

    /// What you could ask the tutor about a course: questions about what you can open, first about where you are. Null when
    /// there is no such course, or not for you.
    async fn tutor_suggestions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The course.")] course_id: Id<CourseId>,
    ) -> Option<Result<Vec<TutorSuggestion>>> {
        suggestions(ctx, course_id).await.transpose()
    }

    /// On which terms a course has a tutor. Null when there is no such course, or not for you.
    async fn tutor_policy(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The course.")] course_id: Id<CourseId>,
    ) -> Option<Result<TutorPolicy>> {
        policy(ctx.req(), course_id).await.transpose()
    }
}

/// A question that one could ask.
#[derive(SimpleObject)]
pub struct TutorSuggestion {
    /// The question, to be asked as it is.
    question: String,
    /// The section that it is about. Null when it is about all of the course.
    section: Option<CourseSection>,
}

async fn listed(req: &RequestContext, whose: Whose, arguments: Arguments) -> Result<Connection<Conversation>> {
    let viewer = req.viewer();
    viewer.person()?;
    let page = conversation_list(req.db().read(), &viewer, whose, &page_request(arguments)?).await?;
    let total: Total = Arc::new(move |req| {
        Box::pin(async move { Ok(count_conversations(req.db().read(), &req.viewer(), whose).await?) })
    });
    Ok(Connection::new(page.map(Conversation::from), total))
}

async fn of_learners(req: &RequestContext, course: CourseId, arguments: Arguments) -> Result<Connection<Conversation>> {
    check_taught(req.db().read(), &req.viewer(), course).await?;
    listed(req, Whose::Learners(course), arguments).await
}

/// The course, when the viewer sees it.
async fn seen(req: &RequestContext, course: Id<CourseId>) -> Result<Option<CourseId>> {
    let course = course.at(&["courseId"])?;
    Ok(req.loaders.load(CourseById(course)).await?.map(|_| course))
}

async fn suggestions(ctx: &Context<'_>, course: Id<CourseId>) -> Result<Option<Vec<TutorSuggestion>>> {
    let req = ctx.req();
    let Some(course) = seen(req, course).await? else {
        return Ok(None);
    };
    let found = ai::suggestions(req.db().read(), &req.viewer(), course, req.now).await?;
    let mut all = Vec::with_capacity(found.len());
    // Five at most.
    let sections = found.iter().map(|suggestion| req.loaders.load(SectionById(suggestion.section)));
    let sections = futures_util::future::try_join_all(sections).await?;
    for (suggestion, section) in found.iter().zip(sections) {
        all.push(TutorSuggestion { question: suggestion.question.clone(), section: section.map(CourseSection::from) });
    }
    Ok(Some(all))
}

async fn policy(req: &RequestContext, course: Id<CourseId>) -> Result<Option<TutorPolicy>> {
    let Some(course) = seen(req, course).await? else {
        return Ok(None);
    };
    Ok(Some(ai::terms_of(req.db().read(), course).await?.into()))
}
