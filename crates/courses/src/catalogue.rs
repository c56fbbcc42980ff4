use kernel::{CategoryId, Page, PageRequest, Result, Scalar, Sort, UserId, Viewer, dialect};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::Expr,
};

use crate::{
    CourseRow, CourseStatus, DifficultyLevel,
    course::{Column, Entity},
    course_tag,
};

/// Narrows the catalogue; what is not given does not narrow.
#[derive(Clone, Debug, Default)]
pub struct CourseFilter {
    /// This category and those below it.
    pub category: Option<CategoryId>,
    pub instructor: Option<UserId>,
    pub tag: Option<String>,
    pub difficulty: Option<DifficultyLevel>,
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
    /// Words in the title or the short description.
    pub search: Option<String>,
}

/// What the catalogue is ordered by; ties by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CourseOrder {
    /// The specification's manager `popular`: learners, then rating.
    Popularity,
    Rating,
    Newest,
    Price,
    Title,
}

/// An order and its direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CourseSort {
    pub order: CourseOrder,
    pub direction: SortDirection,
}

/// Least first or greatest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SortDirection {
    Ascending,
    Descending,
}

impl CourseSort {
    /// The most popular first.
    pub const POPULAR: Self = Self { order: CourseOrder::Popularity, direction: SortDirection::Descending };
    /// The newest first.
    pub const NEWEST: Self = Self { order: CourseOrder::Newest, direction: SortDirection::Descending };

    pub(crate) fn keys(self) -> Sort<Entity, CourseRow> {
        let sort = match self.direction {
            SortDirection::Ascending => Sort::<Entity, CourseRow>::ascending,
            SortDirection::Descending => Sort::<Entity, CourseRow>::descending,
        };
        let sort = match self.order {
            CourseOrder::Popularity => sort("popularity")
                .by(Column::EnrollmentCount, |row| Scalar::Int(row.enrollment_count.into()))
                .by(Column::RatingAverage, rating),
            CourseOrder::Rating => sort("rating").by(Column::RatingAverage, rating),
            CourseOrder::Newest => sort("newest").by(Column::CreatedAt, |row| Scalar::Time(row.created_at)),
            CourseOrder::Price => sort("price").by(Column::Price, |row| Scalar::Int(row.price)),
            CourseOrder::Title => sort("title").by(Column::Title, |row| Scalar::Text(row.title.clone())),
        };
        sort.by(Column::Id, |row| Scalar::Id(row.id.0))
    }
}

fn rating(row: &CourseRow) -> Scalar {
    Scalar::Int(row.rating_average.into())
}

/// One page of the courses that the viewer may see.
pub async fn catalogue(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &CourseFilter,
    sort: CourseSort,
    request: &PageRequest,
) -> Result<Page<CourseRow>> {
    kernel::page(db, narrowed(db.get_database_backend(), viewer, filter), &sort.keys(), request).await
}

/// How many courses the filter leaves.
pub async fn count_catalogue(db: &impl ConnectionTrait, viewer: &Viewer, filter: &CourseFilter) -> Result<i64> {
    kernel::count(db, narrowed(db.get_database_backend(), viewer, filter)).await
}

pub(crate) fn newest() -> Sort<Entity, CourseRow> {
    CourseSort::NEWEST.keys()
}

/// The table of categories and its column for the parent.
const TREE: (&str, &str) = ("course_categories", "parent_id");

fn narrowed(backend: DbBackend, viewer: &Viewer, filter: &CourseFilter) -> Select<Entity> {
    let base = filter
        .instructor
        .map_or_else(|| Entity::visible_to(viewer), |instructor| Entity::by_instructor(viewer, instructor));
    base.apply_if(filter.category, |select, category| {
        select.filter(dialect::at_or_below(backend, Column::CategoryId, TREE, category))
    })
    .apply_if(filter.tag.clone(), |select, tag| select.filter(tagged(tag)))
    .apply_if(filter.difficulty, |select, level| select.filter(Column::Difficulty.eq(level)))
    .apply_if(filter.language.clone(), |select, language| select.filter(Column::Language.eq(language)))
    .apply_if(filter.status, |select, status| select.filter(Column::Status.eq(status)))
    .apply_if(filter.is_free, |select, is_free| select.filter(Column::IsFree.eq(is_free)))
    .apply_if(filter.currency.clone(), |select, currency| select.filter(Column::Currency.eq(currency)))
    .apply_if(filter.min_price, |select, price| select.filter(Column::Price.gte(price)))
    .apply_if(filter.max_price, |select, price| select.filter(Column::Price.lte(price)))
    .apply_if(filter.min_rating, |select, rating| select.filter(Column::RatingAverage.gte(rating)))
    .apply_if(filter.search.clone(), |select, words| {
        words.split_whitespace().fold(select, |select, word| select.filter(says(word)))
    })
}

/// Every word has to be somewhere.
fn says(word: &str) -> Expr {
    dialect::contains(Column::Title, word).or(dialect::contains(Column::ShortDescription, word))
}

#[expect(clippy::disallowed_methods, reason = "a link is never soft-deleted, and the course is filtered outside")]
fn tagged(tag: String) -> Expr {
    let courses = course_tag::Entity::find()
        .filter(course_tag::Column::Tag.eq(tag))
        .select_only()
        .column(course_tag::Column::CourseId);
    Column::Id.in_subquery(courses.into_query())
}
