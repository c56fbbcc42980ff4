use std::collections::{BTreeSet, HashMap};

use kernel::{
    AuditRecord, CourseId, EnrollmentId, EntityId, Error, Event, Live, Permit, Result, SectionId, Tx, UserId, dialect,
};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, QueryOrder, Set, sea_query::Expr};

use super::{items::standings, standing::Standing};
use crate::{EnrollmentRow, EnrollmentStatus, course_progress, enrollment};

/// Derives anew what is kept of somebody's way through a course, and completes it when all is done. To be called by who has the
/// turn for the enrolment: then nobody else has done something meanwhile that is not seen here.
pub async fn refresh<A, P>(
    tx: &mut Tx,
    permit: &Permit<A, P>,
    enrollment: &enrollment::Model,
) -> Result<course_progress::Model> {
    let whole = refresh_all(tx, permit, std::slice::from_ref(enrollment), Cause::Learner).await?.pop();
    whole.ok_or_else(|| Error::Internal("a course without progress of the whole".into()))
}

/// What moved the progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The learner did something.
    Learner,
    /// The course became another one: nobody was at it.
    Course,
}

/// As [`refresh`], of many at once: a fixed number of statements, and those of each completion. In the order of the enrolments.
pub async fn refresh_all<A, P>(
    tx: &mut Tx,
    permit: &Permit<A, P>,
    enrollments: &[enrollment::Model],
    cause: Cause,
) -> Result<Vec<course_progress::Model>> {
    match cause {
        Cause::Learner => refresh_with(tx, permit, enrollments, &[]).await,
        Cause::Course => refresh_with(tx, permit, &[], enrollments).await,
    }
}

/// As [`refresh_all`], of those whose learner did something, and then of those that only follow from it.
pub async fn refresh_with<A, P>(
    tx: &mut Tx,
    permit: &Permit<A, P>,
    at_it: &[enrollment::Model],
    others: &[enrollment::Model],
) -> Result<Vec<course_progress::Model>> {
    let enrollments = &[at_it, others].concat();
    if enrollments.is_empty() {
        return Ok(vec![]);
    }
    let ids: Vec<EnrollmentId> = enrollments.iter().map(|enrollment| enrollment.id).collect();
    let mut found = standings(&tx.conn, &ids).await?;
    let with_standing = |enrollment: &enrollment::Model| {
        let is_over = enrollment.status == EnrollmentStatus::Completed;
        found.remove(&enrollment.id).unwrap_or_else(|| Standing::empty(is_over))
    };
    let standings: Vec<Standing> = enrollments.iter().map(with_standing).collect();
    let whole = keep(tx, permit, (at_it, others), &standings).await?;
    let done = enrollments.iter().zip(&standings);
    let may = |of: &enrollment::Model| EnrollmentRow::from(of.clone()).is_entitled(tx.now);
    let done = done.filter(|(of, standing)| standing.is_complete() && of.status == EnrollmentStatus::Active && may(of));
    let done: Vec<&enrollment::Model> = done.map(|(enrollment, _)| enrollment).collect();
    // Before the enrolments' rows: all who move the seats of a course come one after the other.
    for course in done.iter().map(|enrollment| enrollment.course_id).collect::<BTreeSet<CourseId>>() {
        courses::hold(tx, course).await?;
    }
    note(tx, permit, &ids[..at_it.len()], Cause::Learner).await?;
    note(tx, permit, &ids[at_it.len()..], Cause::Course).await?;
    for enrollment in done {
        complete(tx, permit, enrollment).await?;
    }
    Ok(whole)
}

/// Writes what differs: the row of the whole course whenever the learner was at it, because it says when something last moved.
async fn keep<A, P>(
    tx: &mut Tx,
    permit: &Permit<A, P>,
    (at_it, others): (&[enrollment::Model], &[enrollment::Model]),
    standings: &[Standing],
) -> Result<Vec<course_progress::Model>> {
    use course_progress::Column::{CompletionPercentage, LastUpdated, LastVideoId, TotalWatchTime};
    let kept = kept(tx, &[at_it, others].concat()).await?;
    let (mut rows, mut whole) = (vec![], vec![]);
    let causes = at_it.iter().map(|it| (it, Cause::Learner)).chain(others.iter().map(|it| (it, Cause::Course)));
    for ((enrollment, cause), standing) in causes.zip(standings) {
        for section in std::iter::once(None).chain(standing.touched_sections().into_iter().map(Some)) {
            let there = kept.get(&(enrollment.user_id, enrollment.course_id, section));
            let row = derived(tx, enrollment, standing, section, there)?;
            let is_news = there.map_or(row.completion_percentage > 0 || row.total_watch_time > 0, |there| {
                (there.completion_percentage, there.total_watch_time, there.last_video_id)
                    != (row.completion_percentage, row.total_watch_time, row.last_video_id)
            });
            if section.is_none() {
                whole.push(row.clone());
            }
            if is_news || (section.is_none() && (cause == Cause::Learner || there.is_none())) {
                rows.push(row);
            }
        }
    }
    let rows = rows.into_iter().map(active).collect();
    let columns = vec![CompletionPercentage, LastUpdated, LastVideoId, TotalWatchTime];
    tx.put_all(permit, rows, columns).await?;
    Ok(whole)
}

/// One's own progress in the whole of these courses, as it is kept.
pub(super) async fn whole_courses(tx: &Tx, courses: &[CourseId]) -> Result<Vec<course_progress::Model>> {
    use course_progress::{
        Column::{CourseId, SectionId, UserId},
        Entity,
    };
    if courses.is_empty() {
        return Ok(vec![]);
    }
    let which = dialect::any_of(tx.backend(), (Entity, CourseId), courses);
    let own = Entity::live().filter(UserId.eq(tx.viewer.id())).filter(SectionId.is_null()).filter(which);
    Ok(own.order_by_asc(CourseId).all(&tx.conn).await?)
}

/// Whose progress in which part of what: no section stands for the whole course.
type Key = (UserId, CourseId, Option<SectionId>);

/// What is kept so far.
async fn kept(tx: &Tx, enrollments: &[enrollment::Model]) -> Result<HashMap<Key, course_progress::Model>> {
    use course_progress::{
        Column::{CourseId, UserId},
        Entity,
    };
    let users: Vec<_> = enrollments.iter().map(|enrollment| enrollment.user_id).collect();
    let courses: Vec<_> = enrollments.iter().map(|enrollment| enrollment.course_id).collect();
    let of_users = dialect::any_of(tx.backend(), (Entity, UserId), &users);
    let of_courses = dialect::any_of(tx.backend(), (Entity, CourseId), &courses);
    let rows = Entity::live().filter(of_users).filter(of_courses).all(&tx.conn).await?.into_iter();
    Ok(rows.map(|row| ((row.user_id, row.course_id, row.section_id), row)).collect())
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

/// On the enrolments: how far, and that somebody was at it, when they were. What is completed stays the whole.
async fn note<A, P>(tx: &Tx, permit: &Permit<A, P>, enrollments: &[EnrollmentId], cause: Cause) -> Result<()> {
    use enrollment::{
        Column::{Id, LastAccessed, ProgressPercentage},
        Entity,
    };
    if enrollments.is_empty() {
        return Ok(());
    }
    let mut sets = vec![(ProgressPercentage, Expr::cust(AS_KEPT))];
    if cause == Cause::Learner {
        sets.push((LastAccessed, Expr::val(tx.now)));
    }
    let which = dialect::any_of(tx.backend(), (Entity, Id), enrollments);
    tx.change_unseen::<_, _, Entity>(permit, which, sets).await?;
    Ok(())
}

/// What [`keep`] has written of the whole course.
const AS_KEPT: &str = "(SELECT p.completion_percentage FROM course_progress p WHERE p.user_id = enrollments.user_id \
    AND p.course_id = enrollments.course_id AND p.section_id IS NULL AND p.is_deleted = FALSE)";

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
