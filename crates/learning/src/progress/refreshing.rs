use kernel::{AuditRecord, EntityId, Event, Live, Permit, Result, SectionId, Tx};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, Set, sea_query::Expr};

use super::{items::standings, standing::Standing};
use crate::{EnrollmentStatus, course_progress, enrollment};

/// Derives anew what is kept of somebody's way through a course, and completes it when all is done. To be called by who has the
/// turn for the enrolment: then nobody else has done something meanwhile that is not seen here.
pub async fn refresh<A, P>(
    tx: &mut Tx,
    permit: &Permit<A, P>,
    enrollment: &enrollment::Model,
) -> Result<course_progress::Model> {
    let found = standings(&tx.conn, &[enrollment.id]).await?.remove(&enrollment.id);
    let standing = found.unwrap_or_else(|| Standing::empty(enrollment.status == EnrollmentStatus::Completed));
    let whole = keep(tx, permit, enrollment, &standing).await?;
    let completes = standing.is_complete() && enrollment.status == EnrollmentStatus::Active;
    if completes {
        // Before the enrolment's row: all who move the seats of a course come one after the other.
        courses::hold(tx, enrollment.course_id).await?;
    }
    note(tx, permit, enrollment, &standing).await?;
    if completes {
        complete(tx, permit, enrollment).await?;
    }
    Ok(whole)
}

/// Writes what differs: the row of the whole course always, because it says when something last moved.
async fn keep<A, P>(
    tx: &mut Tx,
    permit: &Permit<A, P>,
    enrollment: &enrollment::Model,
    standing: &Standing,
) -> Result<course_progress::Model> {
    use course_progress::Column::{CompletionPercentage, CourseId, LastUpdated, LastVideoId, TotalWatchTime, UserId};
    let of = course_progress::Entity::live().filter(UserId.eq(enrollment.user_id));
    let kept = of.filter(CourseId.eq(enrollment.course_id)).all(&tx.conn).await?;
    let (mut rows, mut whole) = (vec![], None);
    for section in std::iter::once(None).chain(standing.sections().into_iter().map(Some)) {
        let there = kept.iter().find(|row| row.section_id == section);
        let row = derived(tx, enrollment, standing, section, there)?;
        let is_news = there.map_or(row.completion_percentage > 0 || row.total_watch_time > 0, |there| {
            (there.completion_percentage, there.total_watch_time, there.last_video_id)
                != (row.completion_percentage, row.total_watch_time, row.last_video_id)
        });
        if section.is_none() {
            whole = Some(row.clone());
        }
        if is_news || section.is_none() {
            rows.push(row);
        }
    }
    let rows = rows.into_iter().map(active).collect();
    let columns = vec![CompletionPercentage, LastUpdated, LastVideoId, TotalWatchTime];
    tx.put_all(permit, rows, columns).await?;
    whole.ok_or_else(|| kernel::Error::Internal("a course without progress of the whole".into()))
}

/// One row as it is to be.
fn derived(
    tx: &mut Tx,
    enrollment: &enrollment::Model,
    standing: &Standing,
    section: Option<SectionId>,
    there: Option<&course_progress::Model>,
) -> Result<course_progress::Model> {
    let last = standing.last(section).and_then(|item| item.thing.media());
    Ok(course_progress::Model {
        id: there.map_or_else(|| tx.new_id(), |there| Ok(there.id))?,
        user_id: enrollment.user_id,
        course_id: enrollment.course_id,
        section_id: section,
        last_video_id: last.or_else(|| there.and_then(|there| there.last_video_id)),
        total_watch_time: standing.watch_time(section),
        completion_percentage: standing.percentage(section),
        last_updated: tx.now,
        created_at: there.map_or(tx.now, |there| there.created_at),
        created_by: there.map_or(tx.viewer.actor(), |there| there.created_by),
        updated_at: tx.now,
        updated_by: tx.viewer.actor(),
        is_deleted: false,
        deleted_at: None,
        deleted_by: None,
    })
}

fn active(row: course_progress::Model) -> course_progress::ActiveModel {
    course_progress::ActiveModel {
        id: Set(row.id),
        user_id: Set(row.user_id),
        course_id: Set(row.course_id),
        section_id: Set(row.section_id),
        last_video_id: Set(row.last_video_id),
        total_watch_time: Set(row.total_watch_time),
        completion_percentage: Set(row.completion_percentage),
        last_updated: Set(row.last_updated),
        ..Default::default()
    }
}

/// On the enrolment: how far, and that somebody was at it. What is completed stays the whole.
async fn note<A, P>(tx: &Tx, permit: &Permit<A, P>, enrollment: &enrollment::Model, standing: &Standing) -> Result<()> {
    use enrollment::Column::{Id, LastAccessed, ProgressPercentage};
    let sets = vec![(ProgressPercentage, Expr::val(standing.percentage(None))), (LastAccessed, Expr::val(tx.now))];
    tx.change_unseen::<_, _, enrollment::Entity>(permit, Id.eq(enrollment.id), sets).await?;
    Ok(())
}

/// Once: whoever finds the enrolment active completes it, and nobody after them.
async fn complete<A, P>(tx: &mut Tx, permit: &Permit<A, P>, enrollment: &enrollment::Model) -> Result<()> {
    use enrollment::Column::{CompletedAt, Id, Status};
    let (id, user, course) = (enrollment.id, enrollment.user_id, enrollment.course_id);
    let active = Id.eq(id).and(Status.eq(EnrollmentStatus::Active));
    let sets = vec![(Status, Expr::val(EnrollmentStatus::Completed)), (CompletedAt, Expr::val(tx.now))];
    if tx.change_where::<_, _, enrollment::Entity>(permit, active, sets).await? == 0 {
        return Ok(());
    }
    tx.record(AuditRecord::new("enrollment.completed", id).with("courseId", course.to_wire())).await?;
    tx.emit(Event::CourseCompleted { enrollment: id, user, course });
    tx.emit(Event::EnrollmentsMoved { course, enrolled: 0, completed: 1 });
    Ok(())
}
