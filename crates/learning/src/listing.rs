//! Lists of enrolments, narrowed.

use chrono::{DateTime, Utc};
use kernel::{CourseId, Page, PageRequest, Result, UserId, Viewer};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryTrait, Select};

use crate::{
    EnrollmentRow, EnrollmentSource, Standing,
    enrollment::{Column, Entity},
    reading::latest,
};

/// Narrows a list of enrolments; what is not given does not narrow.
#[derive(Clone, Debug, Default)]
pub struct EnrollmentFilter {
    pub status: Option<Standing>,
    pub user: Option<UserId>,
    pub course: Option<CourseId>,
    pub source: Option<EnrollmentSource>,
}

/// One page of the enrolments that the viewer may see, latest first.
pub async fn enrollments(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &EnrollmentFilter,
    now: DateTime<Utc>,
    request: &PageRequest,
) -> Result<Page<EnrollmentRow>> {
    kernel::page(db, narrowed(viewer, filter, now), &latest(), request).await
}

/// How many [`enrollments`] goes through.
pub async fn count_enrollments(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &EnrollmentFilter,
    now: DateTime<Utc>,
) -> Result<i64> {
    kernel::count(db, narrowed(viewer, filter, now)).await
}

fn narrowed(viewer: &Viewer, filter: &EnrollmentFilter, now: DateTime<Utc>) -> Select<Entity> {
    Entity::visible_to(viewer)
        .apply_if(filter.status, |select, status| select.filter(status.holds(now)))
        .apply_if(filter.user, |select, user| select.filter(Column::UserId.eq(user)))
        .apply_if(filter.course, |select, course| select.filter(Column::CourseId.eq(course)))
        .apply_if(filter.source, |select, source| select.filter(Column::Source.eq(source)))
}
