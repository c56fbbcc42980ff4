//! Batched reads: what loaders ask for.

use std::collections::HashMap;

use accounts::{ProfileRow, user};
use kernel::{
    CategoryId, CourseExportId, CourseId, CourseImportId, Page, PageRequest, Result, SectionId, Sort, UserId, Viewer,
    by_keys, lists_of,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DerivePartialModel, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
};

use crate::{
    CategoryRow, CourseDetails, CourseRow, CourseSort, SectionRow, StaffRow, TaughtRow, catalogue::newest, course,
    course_category, course_export, course_import, course_prerequisite, course_section, course_staff, course_tag,
};

/// Courses by id.
pub async fn courses(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[CourseId],
) -> Result<HashMap<CourseId, CourseRow>> {
    by_keys(db, course::Entity::visible_to(viewer), course::Column::Id, ids, |row: &CourseRow| row.id).await
}

/// The heavy columns of courses.
pub async fn course_details(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[CourseId],
) -> Result<HashMap<CourseId, CourseDetails>> {
    by_keys(db, course::Entity::visible_to(viewer), course::Column::Id, ids, |row: &CourseDetails| row.id).await
}

/// Of which of these courses the viewer sees everything.
pub async fn taught_courses(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[CourseId],
) -> Result<HashMap<CourseId, TaughtRow>> {
    by_keys(db, course::Entity::taught_by(viewer), course::Column::Id, ids, |row: &TaughtRow| row.id).await
}

/// The courses that a person owns or is on the staff of, newest first.
pub async fn staffed(db: &impl ConnectionTrait, user: UserId, request: &PageRequest) -> Result<Page<CourseRow>> {
    kernel::page(db, course::Entity::staffed_by(user), &newest(), request).await
}

/// How many courses [`staffed`] goes through.
pub async fn count_staffed(db: &impl ConnectionTrait, user: UserId) -> Result<i64> {
    kernel::count(db, course::Entity::staffed_by(user)).await
}

/// Who works on each course beside its owner, in the order they came in.
pub async fn staff_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    courses: &[CourseId],
) -> Result<HashMap<CourseId, Vec<StaffRow>>> {
    use course_staff::Column::{CourseId as Course, CreatedAt, Id};
    let of = (Course, (|row| row.course_id) as fn(&StaffRow) -> CourseId);
    lists_of(db, course_staff::Entity::visible_to(viewer), of, courses, &[CreatedAt, Id]).await
}

/// The course with this slug.
pub async fn course_by_slug(db: &impl ConnectionTrait, viewer: &Viewer, slug: &str) -> Result<Option<CourseRow>> {
    let found = course::Entity::visible_to(viewer).filter(course::Column::Slug.eq(slug));
    Ok(found.into_partial_model().one(db).await?)
}

/// A course with its heavy columns and whose it is.
#[derive(DerivePartialModel)]
#[sea_orm(entity = "course::Entity")]
pub struct CoursePage {
    #[sea_orm(nested)]
    pub course: CourseRow,
    #[sea_orm(nested)]
    pub details: CourseDetails,
    /// None when the account is not active.
    #[sea_orm(nested)]
    pub instructor: Option<ProfileRow>,
}

/// The same for who shows its page: in one statement what would be three.
pub async fn course_page_by_slug(db: &impl ConnectionTrait, viewer: &Viewer, slug: &str) -> Result<Option<CoursePage>> {
    let whose = course::Entity::belongs_to(user::Entity).from(course::Column::InstructorId).to(user::Column::Id);
    let instructor = whose.on_condition(|_, _| user::Entity::is_public().into()).into();
    let found = course::Entity::visible_to(viewer).join(JoinType::LeftJoin, instructor);
    Ok(found.filter(course::Column::Slug.eq(slug)).into_partial_model().one(db).await?)
}

/// Categories by id.
pub async fn categories(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[CategoryId],
) -> Result<HashMap<CategoryId, CategoryRow>> {
    by_keys(db, course_category::Entity::visible_to(viewer), course_category::Column::Id, ids, |row: &CategoryRow| {
        row.id
    })
    .await
}

/// The category with this slug.
pub async fn category_by_slug(db: &impl ConnectionTrait, viewer: &Viewer, slug: &str) -> Result<Option<CategoryRow>> {
    let found = course_category::Entity::visible_to(viewer).filter(course_category::Column::Slug.eq(slug));
    Ok(found.into_partial_model().one(db).await?)
}

/// Every category, in the order its siblings stand in: the whole tree in one statement.
pub async fn category_tree(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<Vec<CategoryRow>> {
    use course_category::Column::{Id, Name, Order};
    let all = course_category::Entity::visible_to(viewer).order_by_asc(Order).order_by_asc(Name).order_by_asc(Id);
    Ok(all.into_partial_model().all(db).await?)
}

/// The categories directly below each of these, in order.
pub async fn children_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    parents: &[CategoryId],
) -> Result<HashMap<CategoryId, Vec<CategoryRow>>> {
    use course_category::Column::{Id, Name, Order, ParentId};
    let of = (ParentId, (|row| row.parent_id.unwrap_or(row.id)) as fn(&CategoryRow) -> CategoryId);
    lists_of(db, course_category::Entity::visible_to(viewer), of, parents, &[Order, Name, Id]).await
}

/// Sections by id.
pub async fn sections(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[SectionId],
) -> Result<HashMap<SectionId, SectionRow>> {
    by_keys(db, course_section::Entity::visible_to(viewer), course_section::Column::Id, ids, |row: &SectionRow| row.id)
        .await
}

/// The sections of each course, in order.
pub async fn sections_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    courses: &[CourseId],
) -> Result<HashMap<CourseId, Vec<SectionRow>>> {
    use course_section::Column::{CourseId as Course, CreatedAt, Id, Order};
    let of = (Course, (|row| row.course_id) as fn(&SectionRow) -> CourseId);
    lists_of(db, course_section::Entity::visible_to(viewer), of, courses, &[Order, CreatedAt, Id]).await
}

/// The courses that each course asks for, in order.
pub async fn prerequisites_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    courses: &[CourseId],
) -> Result<HashMap<CourseId, Vec<CourseId>>> {
    use course_prerequisite::{
        Column::{CourseId as Course, Order},
        Entity, Model,
    };
    let of = (Course, (|row| row.course_id) as fn(&Model) -> CourseId);
    let links = lists_of(db, Entity::visible_to(viewer), of, courses, &[Order]).await?;
    let ids = |links: Vec<Model>| links.into_iter().map(|link| link.prerequisite_id).collect();
    Ok(links.into_iter().map(|(course, links)| (course, ids(links))).collect())
}

/// The tags of each course, in alphabetical order.
pub async fn tags_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    courses: &[CourseId],
) -> Result<HashMap<CourseId, Vec<String>>> {
    let of = (course_tag::Column::CourseId, (|row| row.course_id) as fn(&course_tag::Model) -> CourseId);
    let links = lists_of(db, course_tag::Entity::visible_to(viewer), of, courses, &[course_tag::Column::Tag]).await?;
    Ok(links.into_iter().map(|(course, links)| (course, links.into_iter().map(|link| link.tag).collect())).collect())
}

/// The specification's managers `popular` and `free_courses`, the most popular first.
pub async fn popular(db: &impl ConnectionTrait, only_free: bool, request: &PageRequest) -> Result<Page<CourseRow>> {
    kernel::page(db, published(only_free), &CourseSort::POPULAR.keys(), request).await
}

/// How many courses [`popular`] goes through.
pub async fn count_popular(db: &impl ConnectionTrait, only_free: bool) -> Result<i64> {
    kernel::count(db, published(only_free)).await
}

fn published(only_free: bool) -> sea_orm::Select<course::Entity> {
    if only_free { course::Entity::free_courses() } else { course::Entity::published() }
}

fn popular_first() -> Sort<course::Entity, CourseRow> {
    CourseSort::POPULAR.keys()
}

kernel::edges! {
    /// The courses of instructors, newest first.
    courses_of_instructors, count_courses_of_instructors: CourseRow => UserId, course::Entity, InstructorId, |row| row.instructor_id, newest;
    /// The courses that stand directly in categories, the most popular first.
    courses_of_categories, count_courses_of_categories: CourseRow => CategoryId, course::Entity, CategoryId, |row| row.category_id.unwrap_or(CategoryId(row.id.0)), popular_first;
}

/// Packages of courses, by id.
pub async fn exports(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[CourseExportId],
) -> Result<HashMap<CourseExportId, course_export::Model>> {
    use course_export::{Column, Entity, Model};
    by_keys(db, Entity::visible_to(viewer), Column::Id, ids, |row: &Model| row.id).await
}

/// Packages that are made into courses, by id.
pub async fn imports(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[CourseImportId],
) -> Result<HashMap<CourseImportId, course_import::Model>> {
    use course_import::{Column, Entity, Model};
    by_keys(db, Entity::visible_to(viewer), Column::Id, ids, |row: &Model| row.id).await
}
