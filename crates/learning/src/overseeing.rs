//! An enrolment as who runs the course handles it.

use kernel::{AuditRecord, EnrollmentId, EntityId, Error, Permit, Result, Tx, allow};
use sea_orm::{ColumnTrait, QueryFilter};

use crate::{
    enrollment::{Column, Entity, Model},
    policy::{Enrol, Overseen},
};

/// The right to handle the enrolment. The course is held until the transaction ends.
pub async fn oversee(tx: &Tx, id: EnrollmentId) -> Result<Permit<Enrol, Overseen>> {
    let seen = find(tx, id).await?;
    let taught = courses::hold(tx, seen.course_id).await?;
    // As it is now that nobody else changes it.
    let enrollment = find(tx, id).await?;
    allow::<Enrol, _>(&tx.viewer, Overseen { enrollment, taught })
}

async fn find(tx: &Tx, id: EnrollmentId) -> Result<Model> {
    let found = Entity::visible_to(&tx.viewer).filter(Column::Id.eq(id)).one(&tx.conn).await?;
    found.ok_or(Error::NotFound)
}

pub fn told(action: &'static str, enrollment: &Model) -> AuditRecord {
    let record = AuditRecord::new(action, enrollment.id).with("courseId", enrollment.course_id.to_wire());
    record.with("userId", enrollment.user_id.to_wire())
}
