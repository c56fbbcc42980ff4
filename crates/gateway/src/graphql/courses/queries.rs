use std::sync::Arc;

use async_graphql::{Context, Object};
use courses::{CourseRow, reading};
use kernel::{CategoryId, CourseId, Error, Page};

use super::{
    Course, CourseCategory,
    category_tree::{self, CategoryInTree},
    facets::CourseFacets,
    filter::{CourseFilter, CourseSort},
    keys::{CategoryById, CourseById, DetailsOfCourse},
};
use crate::graphql::{
    accounts::keys::ProfileById,
    context::{Req, RequestContext},
    error::Result,
    id::Id,
    page::{Arguments, Connection, page_request},
};

#[derive(Default)]
pub struct CourseQuery;

#[Object]
impl CourseQuery {
    /// The courses you may see: published ones, your own and those you are enrolled in. Null when they can't be read.
    #[expect(clippy::too_many_arguments, reason = "Relay's four, and three of the list")]
    async fn courses(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Narrows the list; without it, everything you may see.")] filter: Option<CourseFilter>,
        #[graphql(
            desc = "How the list is ordered; when nothing is said, by relevance with a search, else by popularity."
        )]
        sort: Option<CourseSort>,
        #[graphql(
            desc = "Words that all have to be in the title, the tags, the short description, the description or the name of who teaches, in upper or lower case, with or without accents. The last one may be only a beginning; more than ten are left out. On PostgreSQL words are also found by their stem in the course's language."
        )]
        search: Option<String>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Course>>> {
        Some(catalogue(ctx.req(), filter.unwrap_or_default(), sort, search, (first, after, last, before)).await)
    }

    /// What a list of courses could be narrowed to, for the courses you may see. Null when the filter is not a good one.
    async fn course_facets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the list is narrowed to already.")] filter: Option<CourseFilter>,
        #[graphql(desc = "What is searched for, as in `courses`.")] search: Option<String>,
    ) -> Option<Result<CourseFacets>> {
        let filter = filter.unwrap_or_default().into_domain(search, ctx.req().now);
        Some(filter.map(CourseFacets).map_err(Into::into))
    }

    /// What may have been meant by a search that finds nothing: words that are nowhere replaced by the closest ones in titles
    /// and short descriptions. Null when the search finds something, when nothing close does, and when that can't be read.
    async fn course_search_suggestion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was searched for.")] search: String,
    ) -> Option<Result<String>> {
        let req = ctx.req();
        let meant = courses::suggest(req.db().read(), &req.viewer(), &kernel::Words::of(&search)).await;
        meant.map_err(Into::into).transpose()
    }

    /// The course with this id or slug. Null when there is none, or not for you.
    async fn course(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id. Give this or `slug`.")] id: Option<Id<CourseId>>,
        #[graphql(desc = "Its slug. Give this or `id`.")] slug: Option<String>,
    ) -> Option<Result<Course>> {
        course(ctx, id, slug).await.transpose()
    }

    /// The category with this id or slug. Null when there is none, or not for you.
    async fn category(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id. Give this or `slug`.")] id: Option<Id<CategoryId>>,
        #[graphql(desc = "Its slug. Give this or `id`.")] slug: Option<String>,
    ) -> Option<Result<CourseCategory>> {
        category(ctx.req(), id, slug).await.transpose()
    }

    /// The categories at the top, in order. All below them are read with them. Null when they can't be read.
    async fn categories(&self, ctx: &Context<'_>) -> Option<Result<Vec<CourseCategory>>> {
        Some(category_tree::top(ctx.req()).await)
    }

    /// All categories in the order of the tree, each before those below it: the whole tree in one list, however deep it is.
    /// Null when they can't be read.
    async fn category_tree(&self, ctx: &Context<'_>) -> Option<Result<Vec<CategoryInTree>>> {
        Some(category_tree::all(ctx.req()).await)
    }

    /// Published courses, the most popular first. Null when they can't be read.
    async fn popular_courses(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Course>>> {
        Some(popular(ctx.req(), false, (first, after, last, before)).await)
    }

    /// Published courses without a price, the most popular first. Null when they can't be read.
    async fn free_courses(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Course>>> {
        Some(popular(ctx.req(), true, (first, after, last, before)).await)
    }

    /// The courses you own or are on the staff of, in any status, newest first. Needs a sign-in. Null when they can't be
    /// read.
    async fn my_taught_courses(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Course>>> {
        Some(staffed(ctx.req(), (first, after, last, before)).await)
    }
}

async fn catalogue(
    req: &RequestContext,
    filter: CourseFilter,
    sort: Option<CourseSort>,
    search: Option<String>,
    arguments: Arguments,
) -> Result<Connection<Course>> {
    let request = page_request(arguments)?;
    let filter = filter.into_domain(search, req.now)?;
    let page =
        courses::catalogue(req.db().read(), &req.viewer(), &filter, CourseSort::into_domain(sort), &request).await?;
    Ok(connection(page, move |req| {
        let filter = filter.clone();
        Box::pin(async move { Ok(courses::count_catalogue(req.db().read(), &req.viewer(), &filter).await?) })
    }))
}

async fn popular(req: &RequestContext, only_free: bool, arguments: Arguments) -> Result<Connection<Course>> {
    let page = reading::popular(req.db().read(), only_free, &page_request(arguments)?).await?;
    Ok(connection(page, move |req| {
        Box::pin(async move { Ok(reading::count_popular(req.db().read(), only_free).await?) })
    }))
}

async fn staffed(req: &RequestContext, arguments: Arguments) -> Result<Connection<Course>> {
    let me = req.viewer().person()?;
    let page = reading::staffed(req.db().read(), me, &page_request(arguments)?).await?;
    Ok(connection(page, move |req| Box::pin(async move { Ok(reading::count_staffed(req.db().read(), me).await?) })))
}

fn connection<F>(page: Page<CourseRow>, total: F) -> Connection<Course>
where
    F: for<'a> Fn(&'a RequestContext) -> futures_util::future::BoxFuture<'a, Result<i64>> + Send + Sync + 'static,
{
    Connection::new(page.map(Course::from), Arc::new(total))
}

/// The heavy columns that everybody may read.
const HEAVY: [&str; 5] = ["description", "learningOutcomes", "prerequisites", "seo", "targetAudience"];

async fn course(ctx: &Context<'_>, id: Option<Id<CourseId>>, slug: Option<String>) -> Result<Option<Course>> {
    let req = ctx.req();
    match (id, slug) {
        (Some(id), None) => Ok(req.loaders.load(CourseById(id.at(&["id"])?)).await?.map(Course::from)),
        (None, Some(slug)) if HEAVY.iter().any(|field| ctx.look_ahead().field(field).exists()) => {
            page(req, &slug).await
        }
        (None, Some(slug)) => {
            Ok(reading::course_by_slug(req.db().read(), &req.viewer(), &slug).await?.map(Course::from))
        }
        _ => Err(either().into()),
    }
}

/// Reads what a course's page is sure to ask for next along with the course.
async fn page(req: &RequestContext, slug: &str) -> Result<Option<Course>> {
    let Some(page) = reading::course_page_by_slug(req.db().read(), &req.viewer(), slug).await? else {
        return Ok(None);
    };
    req.loaders.prime(DetailsOfCourse(page.course.id), Arc::new(page.details));
    if let Some(instructor) = page.instructor {
        req.loaders.prime(ProfileById(instructor.id), Arc::new(instructor));
    }
    Ok(Some(page.course.into()))
}

async fn category(
    req: &RequestContext,
    id: Option<Id<CategoryId>>,
    slug: Option<String>,
) -> Result<Option<CourseCategory>> {
    match (id, slug) {
        (Some(id), None) => Ok(req.loaders.load(CategoryById(id.at(&["id"])?)).await?.map(CourseCategory::from)),
        (None, Some(slug)) => {
            Ok(reading::category_by_slug(req.db().read(), &req.viewer(), &slug).await?.map(CourseCategory::from))
        }
        _ => Err(either().into()),
    }
}

fn either() -> Error {
    Error::bad_input("id", "give either `id` or `slug`")
}
