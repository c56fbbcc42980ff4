use kernel::{
    AuditRecord, CourseId, Error, Live, Page, PageRequest, Permission, Result, Scalar, Sort, Tx, UserId, Viewer, allow,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DerivePartialModel, QueryFilter, QuerySelect, Select, Set, prelude::DateTimeUtc,
};
use serde_json::Value;

use crate::{
    CourseRow, CourseStatus, Edited, Target,
    course::{ActiveModel, Column, Entity, Model},
    policy::Own,
    publishing::is_stale,
    rules::{COURSE_HAS_LEARNERS, COURSE_SLUG_TAKEN},
    slugs::free_slugs,
    taught::{Taught, own},
};

/// Deletes a course. Who is enrolled loses it, so that with learners it is only deleted by force; archiving it would let
/// them go on. It can be restored.
pub async fn delete(tx: &mut Tx, target: Target, force: bool) -> Result<Edited> {
    let permit = own(tx, target.course).await?;
    if is_stale(&permit, target) {
        return Ok(Edited::Stale(permit.into_row().course.into()));
    }
    if permit.enrollment_count > 0 && !force {
        return Err(COURSE_HAS_LEARNERS.at("id").into());
    }
    let course: Model = tx.delete(permit).await?;
    tx.record(AuditRecord::new("course.deleted", course.id).change("title", &*course.title, Value::Null)).await?;
    Ok(Edited::Done(course.into()))
}

/// Brings a deleted course back as it was, in the same status; under the next free slug, when another has its slug now.
pub async fn restore(tx: &mut Tx, course: CourseId) -> Result<CourseRow> {
    let found = Entity::deleted_for(&tx.viewer).filter(Column::Id.eq(course)).lock_exclusive().one(&tx.conn).await?;
    let course = Taught { course: found.ok_or(Error::NotFound)?, role: None };
    let permit = allow::<Own, _>(&tx.viewer, course)?;
    let version = permit.version + 1;
    for slug in free_slugs(&permit.slug) {
        let restored = tx
            .update_unless_taken(&permit, |row: &mut ActiveModel| {
                row.slug = Set(slug);
                row.version = Set(version);
                row.is_deleted = Set(false);
                row.deleted_at = Set(None);
                row.deleted_by = Set(None);
            })
            .await?;
        if let Some(course) = restored {
            let record = AuditRecord::new("course.restored", course.id).with("title", &*course.title);
            tx.record(record.change("slug", &*permit.slug, &*course.slug)).await?;
            return Ok(course.into());
        }
    }
    Err(COURSE_SLUG_TAKEN.at("id").into())
}

impl Entity {
    /// One's own deleted courses; all for those who manage courses.
    pub fn deleted_for(viewer: &Viewer) -> Select<Self> {
        if viewer.has(Permission::CoursesManage) {
            return Self::deleted();
        }
        Self::deleted().filter(Column::InstructorId.eq(viewer.id()))
    }
}

/// A deleted course, as far as one has to know it to bring it back.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "Entity")]
pub struct DeletedCourseRow {
    pub id: CourseId,
    pub title: String,
    pub status: CourseStatus,
    pub deleted_at: Option<DateTimeUtc>,
    pub deleted_by: Option<UserId>,
    /// Stands for the time of the deletion where that is not known.
    pub updated_at: DateTimeUtc,
}

/// The deleted courses that the viewer may restore, the last deleted first.
pub async fn deleted_courses(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    request: &PageRequest,
) -> Result<Page<DeletedCourseRow>> {
    let sort = Sort::<_, DeletedCourseRow>::descending("deleted")
        .by(Column::DeletedAt, |row| Scalar::Time(row.deleted_at.unwrap_or(row.updated_at)))
        .by(Column::Id, |row| Scalar::Id(row.id.0));
    kernel::page(db, Entity::deleted_for(viewer), &sort, request).await
}

/// How many there are.
pub async fn count_deleted(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<i64> {
    kernel::count(db, Entity::deleted_for(viewer)).await
}
