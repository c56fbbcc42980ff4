//! What a course asks of its learners changes while they learn: an author deletes the last thing that somebody had left to do.
//! Nobody does anything then that would complete the course, so it is looked at for them.

use chrono::{DateTime, Utc};
use kernel::{CourseId, EnrollmentId, Job, Live, Result, Tx, allow, dialect};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use serde::{Deserialize, Serialize};

use super::{
    policy::Mark,
    refreshing::{Cause, refresh_all},
};
use crate::{
    EnrollmentStatus,
    enrollment::{Column, Entity, Model},
    entitles,
};

/// Derives the progress in a course anew, and completes it for those who have done all that it asks for by now.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatchUp {
    pub course: CourseId,
    /// Only of this one; without it of all who have begun.
    pub enrollment: Option<EnrollmentId>,
}

impl Job for CatchUp {
    const KIND: &'static str = "catch_up";
}

/// A transaction does so many: others want them, too.
const MOST: u64 = 100;

/// Who was away while the course changed, and may go on from now on.
pub(crate) async fn catch_up(tx: &mut Tx, enrollment: &Model) -> Result<()> {
    if enrollment.status == EnrollmentStatus::Active && enrollment.last_accessed.is_some() {
        tx.enqueue(&CatchUp { course: enrollment.course_id, enrollment: Some(enrollment.id) }).await?;
    }
    Ok(())
}

/// The next of those whose progress a job has to look at, after this one.
pub async fn to_catch_up(
    db: &impl ConnectionTrait,
    job: &CatchUp,
    after: Option<EnrollmentId>,
    now: DateTime<Utc>,
) -> Result<Vec<EnrollmentId>> {
    let active = Entity::live().filter(Column::CourseId.eq(job.course)).filter(Column::LastAccessed.is_not_null());
    let active = active.filter(Column::Status.eq(EnrollmentStatus::Active)).filter(entitles(now));
    let active = active
        .apply_if(job.enrollment, |select, id| select.filter(Column::Id.eq(id)))
        .apply_if(after, |select, after| select.filter(Column::Id.gt(after)));
    let active = active.order_by_asc(Column::Id).limit(MOST).select_only().column(Column::Id);
    Ok(active.into_tuple().all(db).await?)
}

/// Looks at the progress of these.
pub async fn catch_up_with(tx: &mut Tx, ids: &[EnrollmentId]) -> Result<()> {
    tx.take_turns_for(ids).await?;
    // As they are now that nobody else is at them.
    let which = dialect::any_of(tx.backend(), (Entity, Column::Id), ids);
    let active = Entity::live().filter(which).filter(Column::Status.eq(EnrollmentStatus::Active));
    let active = active.filter(entitles(tx.now)).order_by_asc(Column::Id).all(&tx.conn).await?;
    let active = allow::<Mark, _>(&tx.viewer, active)?;
    refresh_all(tx, &active, &active, Cause::Course).await.map(|_| ())
}
