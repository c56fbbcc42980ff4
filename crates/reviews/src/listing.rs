//! Lists of reviews, in the orders that people read them in.

use kernel::{CourseId, Error, Page, PageRequest, Permission, Result, Scalar, Sort, Viewer};
use sea_orm::{
    ColumnTrait, ConnectionTrait, ExprTrait, IntoSimpleExpr, QueryFilter, QueryTrait, Select, sea_query::Expr,
};

use crate::{
    ReviewRow,
    review::{Column, Entity},
};

/// In which order a course's reviews are read; ties by age and id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReviewOrder {
    Helpful,
    Newest,
    Highest,
    Lowest,
}

/// Which reviews of which course.
#[derive(Clone, Copy, Debug)]
pub struct ReviewList {
    pub course: CourseId,
    /// Only with so many stars.
    pub rating: Option<i32>,
    pub order: ReviewOrder,
}

impl ReviewOrder {
    fn keys(self) -> Sort<Entity, ReviewRow> {
        let sort = match self {
            Self::Helpful => Sort::<_, ReviewRow>::descending("helpful")
                .by(Column::HelpfulScore, |row| Scalar::Int(row.helpful_score.into())),
            Self::Newest => Sort::descending("newest"),
            Self::Highest => Sort::descending("highest").by(Column::Rating, stars),
            Self::Lowest => Sort::ascending("lowest").by(Column::Rating, stars),
        };
        sort.by(Column::CreatedAt, |row| Scalar::Time(row.created_at)).by(Column::Id, |row| Scalar::Id(row.id.0))
    }
}

fn stars(row: &ReviewRow) -> Scalar {
    Scalar::Int(row.rating.into())
}

/// One page of a course's reviews.
pub async fn course_reviews(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    list: &ReviewList,
    request: &PageRequest,
) -> Result<Page<ReviewRow>> {
    kernel::page(db, narrowed(viewer, list)?, &list.order.keys(), request).await
}

/// How many reviews the list has.
pub async fn count_course_reviews(db: &impl ConnectionTrait, viewer: &Viewer, list: &ReviewList) -> Result<i64> {
    kernel::count(db, narrowed(viewer, list)?).await
}

fn narrowed(viewer: &Viewer, list: &ReviewList) -> Result<Select<Entity>> {
    if list.rating.is_some_and(|rating| !(1..=5).contains(&rating)) {
        return Err(Error::bad_input("rating", "a rating is 1 to 5 stars"));
    }
    let of_course = Entity::visible_to(viewer).filter(Column::CourseId.eq(list.course));
    Ok(of_course.apply_if(list.rating, |select, rating| select.filter(Column::Rating.eq(rating))))
}

/// One page of what waits for a moderator: the most reported first, of these the one that has waited longest.
pub async fn moderation_queue(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    request: &PageRequest,
) -> Result<Page<ReviewRow>> {
    let most = Expr::val(0).sub(Column::ReportedCount.into_simple_expr());
    let sort = Sort::<_, ReviewRow>::ascending("queue")
        .by_number(most, |row| Scalar::Int(-i64::from(row.reported_count)))
        .by(Column::QueuedAt, |row| Scalar::Time(row.queued_at.unwrap_or(row.created_at)))
        .by(Column::Id, |row| Scalar::Id(row.id.0));
    kernel::page(db, queued(viewer)?, &sort, request).await
}

/// How many wait.
pub async fn count_moderation_queue(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<i64> {
    kernel::count(db, queued(viewer)?).await
}

fn queued(viewer: &Viewer) -> Result<Select<Entity>> {
    if !viewer.has(Permission::ReviewsModerate) {
        return Err(Error::Denied);
    }
    Ok(Entity::visible_to(viewer).filter(Column::QueuedAt.is_not_null()))
}
