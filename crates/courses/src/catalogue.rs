use kernel::{Page, PageRequest, Result, Scalar, Sort, Viewer};
use sea_orm::ConnectionTrait;

use crate::{
    CourseFilter, CourseRow,
    course::{Column, Entity},
    filtering::narrowed,
    searching,
};

/// What the catalogue is ordered by; ties by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CourseOrder {
    /// How well the course answers the search; without one, as [`Self::Popularity`].
    Relevance,
    /// The specification's manager `popular`: learners, then rating.
    Popularity,
    /// By a mean that is weighed against few ratings: `course.rating_score`.
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

    /// The best answers to the search first.
    pub const RELEVANT: Self = Self { order: CourseOrder::Relevance, direction: SortDirection::Descending };

    pub(crate) fn begin<R>(self, name: &'static str) -> Sort<Entity, R> {
        match self.direction {
            SortDirection::Ascending => Sort::ascending(name),
            SortDirection::Descending => Sort::descending(name),
        }
    }

    pub(crate) fn keys(self) -> Sort<Entity, CourseRow> {
        let sort = |name| self.begin::<CourseRow>(name);
        let sort = match self.order {
            CourseOrder::Popularity | CourseOrder::Relevance => sort("popularity")
                .by(Column::EnrollmentCount, |row| Scalar::Int(row.enrollment_count.into()))
                .by(Column::RatingScore, rating),
            CourseOrder::Rating => sort("rating").by(Column::RatingScore, rating),
            CourseOrder::Newest => sort("newest").by(Column::CreatedAt, |row| Scalar::Time(row.created_at)),
            CourseOrder::Price => sort("price").by(Column::Price, |row| Scalar::Int(row.price)),
            CourseOrder::Title => sort("title").by(Column::Title, |row| Scalar::Text(row.title.clone())),
        };
        sort.by(Column::Id, |row| Scalar::Id(row.id.0))
    }
}

fn rating(row: &CourseRow) -> Scalar {
    Scalar::Int(row.rating_score.into())
}

/// One page of the courses that the viewer may see.
pub async fn catalogue(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &CourseFilter,
    sort: CourseSort,
    request: &PageRequest,
) -> Result<Page<CourseRow>> {
    if let (Some(words), CourseOrder::Relevance) = (&filter.search, sort.order) {
        return searching::by_relevance(db, viewer, (filter, words), sort, request).await;
    }
    kernel::page(db, narrowed(db.get_database_backend(), viewer, filter), &sort.keys(), request).await
}

/// How many courses the filter leaves.
pub async fn count_catalogue(db: &impl ConnectionTrait, viewer: &Viewer, filter: &CourseFilter) -> Result<i64> {
    kernel::count(db, narrowed(db.get_database_backend(), viewer, filter)).await
}

pub(crate) fn newest() -> Sort<Entity, CourseRow> {
    CourseSort::NEWEST.keys()
}
