use async_graphql::{Context, Object, SimpleObject};
use kernel::CourseId;
use learning::progress::analytics::{Funnel, ItemFigures, funnel, item_figures, look_at_learners, time_to_complete};

use super::{
    Enrollment,
    enrollment_filter::{EnrollmentSort, LearnerFilter},
    enrollment_queries::listed,
};
use crate::graphql::{
    context::{Req, RequestContext},
    courses::{
        Course, CourseSection,
        keys::{CourseById, SectionById},
    },
    error::Result,
    id::Id,
    media::{MediaFile, keys::FileById},
    node::one,
    page::{Arguments, Connection},
};

/// A group of fewer people is not told of: too many would know who is in it.
const FEWEST: i64 = 5;

fn shown(people: i64) -> Option<i64> {
    (people >= FEWEST).then_some(people)
}

/// How learners fare in a course. Every number of people is null when it is less than five.
pub struct CourseAnalytics {
    course: CourseId,
    funnel: Funnel,
    median: Option<i64>,
    items: Vec<ItemFigures>,
}

/// How learners fare in a course. Every number of people is null when it is less than five.
#[Object]
impl CourseAnalytics {
    /// How many have come how far.
    async fn funnel(&self) -> CourseFunnel {
        let Funnel { enrolled, started, quarter, half, three_quarters, completed } = self.funnel;
        CourseFunnel {
            enrolled: shown(enrolled),
            started: shown(started),
            quarter: shown(quarter),
            half: shown(half),
            three_quarters: shown(three_quarters),
            completed: shown(completed),
        }
    }

    /// Where they leave: how many have begun and completed each file of its published sections, in order.
    async fn items(&self) -> Vec<ItemAnalytics> {
        self.items.iter().cloned().map(ItemAnalytics).collect()
    }

    /// How long it takes from the enrolment to the completion: half of them took less, in seconds. Null when fewer than five
    /// have completed it.
    async fn median_completion_seconds(&self) -> Option<i64> {
        self.median
    }

    /// The course. Null when you may not see it (any more).
    async fn course(&self, ctx: &Context<'_>) -> Option<Result<Course>> {
        one(ctx, Some(CourseById(self.course))).await
    }
}

/// How many learners have come how far, those who left included.
#[derive(SimpleObject)]
pub struct CourseFunnel {
    /// Have ever enrolled. Null for fewer than five.
    enrolled: Option<i64>,
    /// Have begun. Null for fewer than five.
    started: Option<i64>,
    /// Have done a quarter of it. Null for fewer than five.
    quarter: Option<i64>,
    /// Have done half of it. Null for fewer than five.
    half: Option<i64>,
    /// Have done three quarters of it. Null for fewer than five.
    three_quarters: Option<i64>,
    /// Have completed it. Null for fewer than five.
    completed: Option<i64>,
}

/// How learners fare with a file of a course.
pub struct ItemAnalytics(ItemFigures);

/// How learners fare with a file of a course.
#[Object]
impl ItemAnalytics {
    /// How many have begun it. Null for fewer than five.
    async fn begun(&self) -> Option<i64> {
        shown(self.0.begun)
    }

    /// How many have completed it. Null for fewer than five.
    async fn completed(&self) -> Option<i64> {
        shown(self.0.completed)
    }

    /// The file. Null when you may not see it (any more).
    async fn item(&self, ctx: &Context<'_>) -> Option<Result<MediaFile>> {
        one(ctx, Some(FileById(self.0.media))).await
    }

    /// The section that it stands in. Null when you may not see it (any more).
    async fn section(&self, ctx: &Context<'_>) -> Option<Result<CourseSection>> {
        one(ctx, self.0.section.map(SectionById)).await
    }
}

#[derive(Default)]
pub struct AnalyticsQuery;

#[Object]
impl AnalyticsQuery {
    /// Who takes a course and how far they are: for those who work on it. Null when you may not know.
    #[expect(clippy::too_many_arguments, reason = "Relay's four, and three of the list")]
    async fn learners(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which course.")] course_id: Id<CourseId>,
        #[graphql(desc = "Narrows the list; without it, everybody who ever enrolled.")] filter: Option<LearnerFilter>,
        #[graphql(desc = "How the list is ordered.", default_with = "EnrollmentSort::latest()")] sort: EnrollmentSort,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Enrollment>>> {
        let narrowed = (filter.unwrap_or_default(), sort);
        Some(learners(ctx.req(), course_id, narrowed, (first, after, last, before)).await)
    }

    /// How learners fare in a course, as numbers: for those who work on it. Null when you may not know.
    async fn course_analytics(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which course.")] id: Id<CourseId>,
    ) -> Option<Result<CourseAnalytics>> {
        Some(analytics(ctx.req(), id).await)
    }
}

async fn learners(
    req: &RequestContext,
    course: Id<CourseId>,
    (filter, sort): (LearnerFilter, EnrollmentSort),
    arguments: Arguments,
) -> Result<Connection<Enrollment>> {
    let course = course.at(&["courseId"])?;
    let filter = filter.into_domain(course)?;
    look_at_learners(req.db().read(), &req.viewer(), course).await?;
    listed(req, filter, sort, arguments).await
}

async fn analytics(req: &RequestContext, id: Id<CourseId>) -> Result<CourseAnalytics> {
    let (db, course) = (req.db().read(), id.at(&["id"])?);
    look_at_learners(db, &req.viewer(), course).await?;
    let time = time_to_complete(db, course).await?;
    Ok(CourseAnalytics {
        course,
        funnel: funnel(db, course).await?,
        median: time.median_seconds.filter(|_| time.people >= FEWEST),
        items: item_figures(db, course).await?,
    })
}
