//! What is read of versions: lists carry no snapshots.

use std::collections::HashMap;

use kernel::{
    CourseId, CourseVersionId, Live, Page, PageRequest, Result, Scalar, Sort, UserId, Viewer, allow, by_keys,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DerivePartialModel, QueryFilter, Select,
    prelude::{DateTimeUtc, Json},
};

use crate::{
    course,
    course_version::{Column, Entity},
    policy::Edit,
    taught::look,
};

/// A version as lists show it.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "Entity")]
pub struct VersionRow {
    pub id: CourseVersionId,
    pub course_id: CourseId,
    pub number: i32,
    /// When the course was published so.
    pub created_at: DateTimeUtc,
    /// Who published it so.
    pub created_by: Option<UserId>,
}

/// What a version holds.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "Entity")]
pub struct VersionDetails {
    pub id: CourseVersionId,
    pub snapshot: Json,
}

impl Entity {
    /// The versions of courses that one works on; all for those who manage courses.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        Self::live().filter(course::Entity::taught_ids(viewer, Column::CourseId))
    }
}

/// Versions by id.
pub async fn versions(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[CourseVersionId],
) -> Result<HashMap<CourseVersionId, VersionRow>> {
    by_keys(db, Entity::visible_to(viewer), Column::Id, ids, |row: &VersionRow| row.id).await
}

/// What versions hold.
pub async fn version_details(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[CourseVersionId],
) -> Result<HashMap<CourseVersionId, VersionDetails>> {
    by_keys(db, Entity::visible_to(viewer), Column::Id, ids, |row: &VersionDetails| row.id).await
}

/// The versions of a course, the latest first. Only for those who may change it.
pub async fn versions_of(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    course: CourseId,
    request: &PageRequest,
) -> Result<Page<VersionRow>> {
    allow::<Edit, _>(viewer, look(db, viewer, course).await?)?;
    let sort = Sort::<_, VersionRow>::descending("number")
        .by(Column::Number, |row| Scalar::Int(row.number.into()))
        .by(Column::Id, |row| Scalar::Id(row.id.0));
    kernel::page(db, of_course(viewer, course), &sort, request).await
}

/// How many there are.
pub async fn count_versions(db: &impl ConnectionTrait, viewer: &Viewer, course: CourseId) -> Result<i64> {
    kernel::count(db, of_course(viewer, course)).await
}

fn of_course(viewer: &Viewer, course: CourseId) -> Select<Entity> {
    Entity::visible_to(viewer).filter(Column::CourseId.eq(course))
}
