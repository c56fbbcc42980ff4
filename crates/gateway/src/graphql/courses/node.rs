use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use courses::{CourseDetails, CourseRow, Seo};
use kernel::{CourseId, EntityId, Permission, UserId, Viewer};

use super::{
    CourseCategory, CourseSection,
    edges::CourseEdges,
    enums::{CompletionPolicy, CourseStatus, DifficultyLevel},
    keys::{CategoryById, DetailsOfCourse, SectionsOfCourse, StaffOfCourse, TagsOfCourse, TaughtCourse},
    prerequisites,
    pricing::CourseDiscount,
    seo::CourseSeo,
    staff::CourseStaff,
};
use crate::graphql::{
    accounts::PublicProfile,
    context::Req,
    error::Result,
    learning::CourseSeats,
    node::{list, node_type, one},
    reviews::{RatingSummary, Review, own_review},
    scalars::{Json, Locale, Money, hundredths, texts},
};

node_type! {
    /// A course.
    Course(CourseRow)
}

impl Course {
    async fn details<T>(&self, ctx: &Context<'_>, of: impl FnOnce(&CourseDetails) -> T) -> Option<Result<T>> {
        let details: Result<Option<Arc<CourseDetails>>> = ctx.req().loaders.load(DetailsOfCourse(self.0.id)).await;
        details.map(|details| details.map(|details| of(&details))).transpose()
    }

    /// Does the viewer see everything of this course: its owner, its staff, those who manage all courses? What belongs to
    /// none is seen by the last.
    pub async fn is_taught(ctx: &Context<'_>, course: Option<CourseId>) -> Result<bool> {
        let viewer = ctx.req().viewer();
        match course {
            _ if viewer == Viewer::Anonymous => Ok(false),
            _ if viewer.has(Permission::CoursesManage) => Ok(true),
            None => Ok(false),
            Some(course) => Ok(ctx.req().loaders.load(TaughtCourse(course)).await?.is_some()),
        }
    }

    /// The heavy columns that only the course's authors see.
    async fn authored<T>(&self, ctx: &Context<'_>, of: impl FnOnce(&CourseDetails) -> T) -> Option<Result<T>> {
        match Self::is_taught(ctx, Some(self.0.id)).await {
            Ok(true) => self.details(ctx, of).await,
            Ok(false) => None,
            Err(error) => Some(Err(error)),
        }
    }
}

/// A person that only those see who work on the course.
pub async fn staff_only(
    ctx: &Context<'_>,
    course: Option<CourseId>,
    user: Option<UserId>,
) -> Option<Result<PublicProfile>> {
    let user = user?;
    match Course::is_taught(ctx, course).await {
        Ok(true) => PublicProfile::load(ctx, Some(user)).await,
        Ok(false) => None,
        Err(error) => Some(Err(error)),
    }
}

/// A course. Everybody sees published ones and their curriculum; others are seen by their owner and staff, by who is
/// enrolled in them and with the permission `courses.manage`.
#[Object]
impl Course {
    /// Names this course among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// The title.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// The name in addresses: `rust-from-zero`. Unique among courses.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// What the course is about, in a sentence or two; may be empty.
    async fn short_description(&self) -> &str {
        &self.0.short_description
    }

    /// What the course is about, at length. Null when it can't be read.
    async fn description(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        self.details(ctx, |details| details.description.clone()).await
    }

    /// The path of the course's picture. Null when there is none.
    async fn thumbnail(&self) -> Option<&str> {
        self.0.thumbnail.as_deref()
    }

    /// The address of a video that shows what to expect; may be empty.
    async fn preview_video_url(&self) -> &str {
        &self.0.preview_video_url
    }

    /// What the course costs, discounts aside.
    async fn price(&self) -> Money {
        Money::from_minor(self.0.price, &self.0.currency)
    }

    /// What the course costs at this moment: its discount while that holds, its price otherwise.
    async fn effective_price(&self, ctx: &Context<'_>) -> Money {
        Money::from_minor(self.0.price_at(ctx.req().now), &self.0.currency)
    }

    /// A lower price for a while. Everybody sees it while it holds, the course's authors before that, too. Null without one.
    async fn discount(&self, ctx: &Context<'_>) -> Option<Result<CourseDiscount>> {
        let now = ctx.req().now;
        let discount = CourseDiscount::of(&self.0, now)?;
        if self.0.is_discounted(now) {
            return Some(Ok(discount));
        }
        match Self::is_taught(ctx, Some(self.0.id)).await {
            Ok(is_taught) => is_taught.then_some(Ok(discount)),
            Err(error) => Some(Err(error)),
        }
    }

    /// Does it cost nothing, discounts aside?
    async fn is_free(&self) -> bool {
        self.0.is_free
    }

    /// How long all its videos and recordings take, in seconds.
    async fn duration_seconds(&self) -> i32 {
        self.0.duration
    }

    /// How much it asks for.
    async fn difficulty(&self) -> DifficultyLevel {
        self.0.difficulty.into()
    }

    /// How learners complete what is in it.
    async fn completion_policy(&self) -> CompletionPolicy {
        self.0.completion_policy.into()
    }

    /// The language it is taught in.
    async fn language(&self) -> Locale {
        Locale(self.0.language.clone())
    }

    /// What it is found by, in alphabetical order. Null when they can't be read.
    async fn tags(&self, ctx: &Context<'_>) -> Option<Result<Vec<String>>> {
        let tags = ctx.req().loaders.load(TagsOfCourse(self.0.id)).await;
        Some(tags.map(|tags| tags.map_or_else(Vec::new, |tags| tags.to_vec())))
    }

    /// What one should know beforehand, in words. Null when it can't be read.
    async fn prerequisites(&self, ctx: &Context<'_>) -> Option<Result<Vec<String>>> {
        self.details(ctx, |details| texts(&details.prerequisites)).await
    }

    /// What one will be able to do. Null when it can't be read.
    async fn learning_outcomes(&self, ctx: &Context<'_>) -> Option<Result<Vec<String>>> {
        self.details(ctx, |details| texts(&details.learning_outcomes)).await
    }

    /// For whom it is made. Null when it can't be read.
    async fn target_audience(&self, ctx: &Context<'_>) -> Option<Result<Vec<String>>> {
        self.details(ctx, |details| texts(&details.target_audience)).await
    }

    /// How the course is built, as its authoring tool keeps it. Only for its authors. Null for others and when there is
    /// none.
    async fn course_structure(&self, ctx: &Context<'_>) -> Option<Result<Json>> {
        self.authored(ctx, |details| details.course_structure.clone().map(Json)).await.and_then(Result::transpose)
    }

    /// What integrators keep with the course. Only for its authors; null for others.
    async fn metadata(&self, ctx: &Context<'_>) -> Option<Result<Json>> {
        self.authored(ctx, |details| Json(details.metadata.clone())).await
    }

    /// What search engines and those who share a link are told. Null when it can't be read.
    async fn seo(&self, ctx: &Context<'_>) -> Option<Result<CourseSeo>> {
        self.details(ctx, |details| CourseSeo(Seo::read(&details.seo_metadata))).await
    }

    /// How many people learn or have learnt here: enrolments that are active or completed.
    async fn enrollment_count(&self) -> i32 {
        self.0.enrollment_count
    }

    /// How many people take it at present: enrolments that are active. Those whose time is over count until their seats are
    /// given back, as in `enrollmentCount`.
    async fn active_enrollment_count(&self) -> i32 {
        self.0.enrollment_count - self.0.completion_count
    }

    /// How many people have completed it.
    async fn completion_count(&self) -> i32 {
        self.0.completion_count
    }

    /// The mean of its ratings, from 1 to 5. Null without ratings.
    async fn rating_average(&self) -> Option<f64> {
        (self.0.rating_count > 0).then(|| hundredths(self.0.rating_average))
    }

    /// How many ratings it has.
    async fn rating_count(&self) -> i32 {
        self.0.rating_count
    }

    /// Its ratings in numbers.
    async fn rating_summary(&self) -> RatingSummary {
        RatingSummary::from(&*self.0)
    }

    /// How much of it, in percent, one has to have done before one reviews it.
    async fn review_min_progress(&self) -> i32 {
        self.0.review_min_progress / 100
    }

    /// Your review of it, hidden or not. Null when you have written none.
    async fn viewer_review(&self, ctx: &Context<'_>) -> Option<Result<Review>> {
        own_review(ctx, self.0.id).await
    }

    /// Where it stands.
    async fn status(&self) -> CourseStatus {
        self.0.status.into()
    }

    /// Does everybody see it?
    async fn is_published(&self) -> bool {
        self.0.is_published
    }

    /// When it was first published. Null before.
    async fn published_at(&self) -> Option<DateTime<Utc>> {
        self.0.published_at
    }

    /// Counts its edits: pass it as `expectedVersion` when you change the course.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// Who created it. Only for its authors; null for others and when nobody in particular did.
    async fn created_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        staff_only(ctx, Some(self.0.id), self.0.created_by).await
    }

    /// Who last changed it. Only for its authors; null for others and when nobody in particular did.
    async fn updated_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        staff_only(ctx, Some(self.0.id), self.0.updated_by).await
    }

    // Edges.

    /// Whose it is: every course has one owner. Null when the account is not active.
    async fn instructor(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, Some(self.0.instructor_id)).await
    }

    /// Who works on it beside its owner, in the order they came in. Null when they can't be read.
    async fn staff(&self, ctx: &Context<'_>) -> Option<Result<Vec<CourseStaff>>> {
        list(ctx, StaffOfCourse(self.0.id)).await
    }

    /// The courses that one should have taken before, in order, as far as you may see them. Null when they can't be read.
    async fn prerequisite_courses(&self, ctx: &Context<'_>) -> Option<Result<Vec<Course>>> {
        Some(prerequisites::of_course(ctx.req(), self.0.id).await)
    }

    /// Where it stands in the catalogue. Null without a category, or when that is not active.
    async fn category(&self, ctx: &Context<'_>) -> Option<Result<CourseCategory>> {
        one(ctx, self.0.category_id.map(CategoryById)).await
    }

    /// Its sections, in order; those that are not published only for its authors. Null when they can't be read.
    async fn sections(&self, ctx: &Context<'_>) -> Option<Result<Vec<CourseSection>>> {
        list(ctx, SectionsOfCourse(self.0.id)).await
    }

    /// How one gets in, and whether one is.
    #[graphql(flatten)]
    async fn seats(&self) -> CourseSeats {
        CourseSeats(self.0.clone())
    }

    /// What belongs to the course elsewhere.
    #[graphql(flatten)]
    async fn edges(&self) -> CourseEdges {
        CourseEdges(self.0.id)
    }
}
