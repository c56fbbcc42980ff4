use std::sync::Arc;

use async_graphql::{Context, Object};
use kernel::CourseId;
use reviews::{ReviewList, count_course_reviews, count_moderation_queue};

use super::{
    Review,
    enums::ReviewSort,
    keys::{ReviewCountOfUser, ReviewsOfUser},
};
use crate::graphql::{
    context::{Req, RequestContext},
    courses::keys::CourseById,
    error::Result,
    id::Id,
    page::{Arguments, Connection, Total, edge, page_request},
};

#[derive(Default)]
pub struct ReviewQuery;

#[Object]
impl ReviewQuery {
    /// What people think of a course: reviews that nobody has hidden, and your own. Null when there is no such course, or
    /// not for you.
    #[expect(clippy::too_many_arguments, reason = "Relay's four, and three of the list")]
    async fn course_reviews(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The course.")] course_id: Id<CourseId>,
        #[graphql(desc = "How the list is ordered.", default_with = "ReviewSort::Helpful")] sort: ReviewSort,
        #[graphql(desc = "Only those with so many stars, 1 to 5.")] rating: Option<i32>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Review>>> {
        course_reviews(ctx.req(), (course_id, sort, rating), (first, after, last, before)).await.transpose()
    }

    /// The reviews that you wrote, newest first, hidden ones, too. Needs a sign-in. Null when they can't be read.
    async fn my_reviews(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Review>>> {
        match ctx.req().viewer().person() {
            Ok(user) => edge(ctx, user, (first, after, last, before), ReviewsOfUser, ReviewCountOfUser).await,
            Err(error) => Some(Err(error.into())),
        }
    }

    /// The reviews that wait for a moderator: those that three people have reported, those that were edited when hidden, and
    /// those that follow on a hidden one. The most reported first, and of these the one that has waited longest. Null when
    /// you may not.
    async fn moderation_queue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Review>>> {
        Some(queue(ctx.req(), (first, after, last, before)).await)
    }
}

async fn course_reviews(
    req: &RequestContext,
    (course, sort, rating): (Id<CourseId>, ReviewSort, Option<i32>),
    arguments: Arguments,
) -> Result<Option<Connection<Review>>> {
    let course = course.at(&["courseId"])?;
    let request = page_request(arguments)?;
    if req.loaders.load(CourseById(course)).await?.is_none() {
        return Ok(None);
    }
    let list = ReviewList { course, rating, order: sort.into() };
    let page = reviews::course_reviews(req.db().read(), &req.viewer(), &list, &request).await?;
    let total: Total = Arc::new(move |req| {
        Box::pin(async move { Ok(count_course_reviews(req.db().read(), &req.viewer(), &list).await?) })
    });
    Ok(Some(Connection::new(page.map(Review::from), total)))
}

async fn queue(req: &RequestContext, arguments: Arguments) -> Result<Connection<Review>> {
    let request = page_request(arguments)?;
    let page = reviews::moderation_queue(req.db().read(), &req.viewer(), &request).await?;
    let total: Total =
        Arc::new(|req| Box::pin(async move { Ok(count_moderation_queue(req.db().read(), &req.viewer()).await?) }));
    Ok(Connection::new(page.map(Review::from), total))
}
