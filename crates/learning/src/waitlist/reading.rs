//! What is read of waitlists.

use std::collections::HashMap;

use kernel::{
    CourseId, Live, Page, PageRequest, Result, Scalar, Sort, UserId, Viewer, WaitlistEntryId, by_keys, dialect,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, FromQueryResult, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Asterisk, Func, Order, Query, WindowStatement},
};

use super::WaitlistRow;
use crate::waitlist_entry::{Column, Entity};

/// Places on waitlists by id.
pub async fn entries(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[WaitlistEntryId],
) -> Result<HashMap<WaitlistEntryId, WaitlistRow>> {
    by_keys(db, Entity::visible_to(viewer), Column::Id, ids, |row: &WaitlistRow| row.id).await
}

/// The viewer's own place on the list of each course, while they are on it.
pub async fn own_entries(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    courses: &[CourseId],
) -> Result<HashMap<CourseId, WaitlistRow>> {
    let own = on_lists(viewer).filter(Column::UserId.eq(viewer.id()));
    by_keys(db, own, Column::CourseId, courses, |row: &WaitlistRow| row.course_id).await
}

/// Where each stands among those of its course who have no offer, from 1.
pub async fn positions(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[WaitlistEntryId],
) -> Result<HashMap<WaitlistEntryId, i64>> {
    #[derive(FromQueryResult)]
    struct Numbered {
        id: WaitlistEntryId,
        position: i64,
    }
    let backend = db.get_database_backend();
    let seen = Entity::visible_to(viewer).filter(dialect::any_of(backend, (Entity, Column::Id), ids));
    let lists = seen.select_only().column(Column::CourseId).into_query();
    let mut order = WindowStatement::partition_by((Entity, Column::CourseId));
    order.order_by((Entity, Column::JoinedAt), Order::Asc).order_by((Entity, Column::Id), Order::Asc);
    // Those before one count, whether one may see them or not.
    let mut numbered = Entity::live()
        .filter(Column::EndedAt.is_null())
        .filter(Column::OfferedAt.is_null())
        .filter(Column::CourseId.in_subquery(lists))
        .select_only()
        .column(Column::Id)
        .into_query();
    numbered.expr_window_as(Func::cust("row_number"), order, "position");
    let mut query = Query::select();
    query.column(Asterisk).from_subquery(numbered, "numbered");
    query.and_where(dialect::any_of(backend, "id", ids));
    let rows = Numbered::find_by_statement(backend.build(&query)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.position)).collect())
}

/// The lists that this person is on, the longest wait first.
pub async fn waits_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    user: UserId,
    request: &PageRequest,
) -> Result<Page<WaitlistRow>> {
    kernel::page(db, on_lists(viewer).filter(Column::UserId.eq(user)), &first_come(), request).await
}

/// How many [`waits_of`] goes through.
pub async fn count_waits_of(db: &impl ConnectionTrait, viewer: &Viewer, user: UserId) -> Result<i64> {
    kernel::count(db, on_lists(viewer).filter(Column::UserId.eq(user))).await
}

/// Who waits for a seat in a course, in their order.
pub async fn list_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    course: CourseId,
    request: &PageRequest,
) -> Result<Page<WaitlistRow>> {
    kernel::page(db, on_lists(viewer).filter(Column::CourseId.eq(course)), &first_come(), request).await
}

/// How many [`list_of`] goes through.
pub async fn count_list_of(db: &impl ConnectionTrait, viewer: &Viewer, course: CourseId) -> Result<i64> {
    kernel::count(db, on_lists(viewer).filter(Column::CourseId.eq(course))).await
}

fn on_lists(viewer: &Viewer) -> Select<Entity> {
    Entity::visible_to(viewer).filter(Column::EndedAt.is_null())
}

fn first_come() -> Sort<Entity, WaitlistRow> {
    Sort::<_, WaitlistRow>::ascending("first_come")
        .by(Column::JoinedAt, |row| Scalar::Time(row.joined_at))
        .by(Column::Id, |row| Scalar::Id(row.id.0))
}
