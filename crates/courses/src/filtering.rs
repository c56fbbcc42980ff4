use chrono::{DateTime, Utc};
use kernel::{CategoryId, UserId, Viewer, Words, dialect};
use sea_orm::{
    ColumnTrait, DbBackend, EntityTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait, Select, sea_query::Expr,
};

use crate::{
    CourseStatus, DifficultyLevel,
    course::{Column, Entity},
    course_tag, effective_price, searching,
};

/// Narrows the catalogue; what is not given does not narrow.
#[derive(Clone, Debug, Default)]
pub struct CourseFilter {
    /// When it is: discounts come and go.
    pub now: DateTime<Utc>,
    /// This category and those below it.
    pub category: Option<CategoryId>,
    pub instructor: Option<UserId>,
    pub tag: Option<String>,
    pub difficulty: Option<DifficultyLevel>,
    /// A language; without a region, that of every region.
    pub language: Option<String>,
    pub status: Option<CourseStatus>,
    pub is_free: Option<bool>,
    /// In minor units, both ends included.
    pub min_price: Option<i64>,
    pub max_price: Option<i64>,
    /// Of the price bounds.
    pub currency: Option<String>,
    /// In hundredths of a star.
    pub min_rating: Option<i32>,
    /// In seconds, both ends included.
    pub min_duration: Option<i32>,
    pub max_duration: Option<i32>,
    /// Words that the course has to be found by.
    pub search: Option<Words>,
}

/// What the viewer may see and the filter leaves.
pub(crate) fn narrowed(backend: DbBackend, viewer: &Viewer, filter: &CourseFilter) -> Select<Entity> {
    let base = filter
        .instructor
        .map_or_else(|| Entity::visible_to(viewer), |instructor| Entity::by_instructor(viewer, instructor));
    let base = base
        .apply_if(filter.category, |select, category| {
            select.filter(dialect::at_or_below(backend, Column::CategoryId, TREE, category))
        })
        .apply_if(filter.tag.clone(), |select, tag| select.filter(tagged(tag)))
        .apply_if(filter.search.as_ref(), |select, words| select.filter(searching::is_found(backend, words)));
    measured(described(base, filter), filter)
}

/// The table of categories and its column for the parent.
pub(crate) const TREE: (&str, &str) = ("course_categories", "parent_id");

fn described(select: Select<Entity>, filter: &CourseFilter) -> Select<Entity> {
    select
        .apply_if(filter.difficulty, |select, level| select.filter(Column::Difficulty.eq(level)))
        .apply_if(filter.language.as_deref(), |select, language| select.filter(taught_in(language)))
        .apply_if(filter.status, |select, status| select.filter(Column::Status.eq(status)))
        .apply_if(filter.is_free, |select, is_free| select.filter(Column::IsFree.eq(is_free)))
        .apply_if(filter.currency.clone(), |select, currency| select.filter(Column::Currency.eq(currency)))
}

fn measured(select: Select<Entity>, filter: &CourseFilter) -> Select<Entity> {
    select
        .apply_if(filter.min_price, |select, price| select.filter(effective_price(filter.now).gte(price)))
        .apply_if(filter.max_price, |select, price| select.filter(effective_price(filter.now).lte(price)))
        .apply_if(filter.min_rating, |select, rating| select.filter(Column::RatingAverage.gte(rating)))
        .apply_if(filter.min_duration, |select, seconds| select.filter(Column::Duration.gte(seconds)))
        .apply_if(filter.max_duration, |select, seconds| select.filter(Column::Duration.lte(seconds)))
}

/// Whoever asks for Portuguese is content with that of Brazil; whoever asks for that of Brazil is not with another.
fn taught_in(language: &str) -> Expr {
    let exactly = Column::Language.eq(language);
    if language.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return exactly.or(Column::Language.starts_with(format!("{language}-")));
    }
    exactly
}

#[expect(clippy::disallowed_methods, reason = "a link is never soft-deleted, and the course is filtered outside")]
fn tagged(tag: String) -> Expr {
    let courses = course_tag::Entity::find()
        .filter(course_tag::Column::Tag.eq(tag))
        .select_only()
        .column(course_tag::Column::CourseId);
    Column::Id.in_subquery(courses.into_query())
}
