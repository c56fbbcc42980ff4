use courses::course;
use kernel::{AuditRecord, CourseId, EntityId, Error, Event, Permit, Result, Tx, UserId, allow};
use learning::{EnrollmentSource, EnrollmentStatus, enrollment};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, Set};

use crate::{
    ReviewRow,
    found::{counted, works_on},
    opinion::Opinion,
    policy::Submit,
    review::{self, Column, Entity},
    rules::{REVIEW_BY_STAFF, REVIEW_NEEDS_ENROLLMENT, REVIEW_NEEDS_PROGRESS, REVIEW_WHILE_SUSPENDED},
};

/// What came of it: the one there was goes back to its author.
pub enum Submitted {
    Done(ReviewRow),
    Exists(Option<ReviewRow>),
}

/// Says what one thinks of a course. One living review per person and course.
pub async fn submit(tx: &mut Tx, course: CourseId, opinion: Opinion) -> Result<Submitted> {
    let user = tx.viewer.person()?;
    let course = visible(tx, course).await?;
    let opinion = opinion.checked()?;
    let permit = learner(tx, user, &course).await?;
    let row = review::ActiveModel {
        id: Set(tx.new_id()?),
        user_id: Set(user),
        course_id: Set(course.id),
        rating: Set(opinion.rating),
        title: Set(opinion.title),
        comment: Set(opinion.comment),
        is_verified_purchase: Set(permit.source == EnrollmentSource::Purchase),
        queued_at: Set(is_repeated(tx, user, course.id).await?.then_some(tx.now)),
        ..Default::default()
    };
    let Some(review) = tx.insert_unless_taken(&permit, row).await? else {
        return Ok(Submitted::Exists(own(tx, user, course.id).await?.map(ReviewRow::from)));
    };
    tx.emit(Event::RatingMoved { course: course.id, from: None, to: Some(review.rating) });
    let record = AuditRecord::new("review.submitted", review.id).with("courseId", course.id.to_wire());
    tx.record(record.with("rating", review.rating)).await?;
    Ok(Submitted::Done(review.into()))
}

async fn visible(tx: &Tx, course: CourseId) -> Result<course::Model> {
    let found = course::Entity::visible_to(&tx.viewer).filter(course::Column::Id.eq(course));
    counted(found).one(&tx.conn).await?.ok_or(Error::NotFound)
}

/// Who is in the course, or was until their time ended, and has seen enough of it.
async fn learner(tx: &Tx, user: UserId, course: &course::Model) -> Result<Permit<Submit, enrollment::Model>> {
    use EnrollmentStatus::{Active, Completed, Expired};
    use enrollment::Column::{CourseId, Status, UserId};
    if works_on(tx, course.id).await? {
        return Err(REVIEW_BY_STAFF.at("courseId").into());
    }
    let own = enrollment::Entity::visible_to(&tx.viewer).filter(UserId.eq(user)).filter(CourseId.eq(course.id));
    let found = own.filter(Status.is_in([Active, Completed, Expired])).one(&tx.conn).await?;
    let enrollment = found.ok_or(REVIEW_NEEDS_ENROLLMENT.at("courseId"))?;
    if enrollment.suspended_at.is_some() {
        return Err(REVIEW_WHILE_SUSPENDED.at("courseId").into());
    }
    if enrollment.status != Completed && enrollment.progress_percentage < course.review_min_progress {
        let percent = course.review_min_progress / 100;
        let says = format!("You review this course when you have done {percent} percent of it.");
        return Err(REVIEW_NEEDS_PROGRESS.with("courseId", says).into());
    }
    allow::<Submit, _>(&tx.viewer, enrollment)
}

/// Whoever deletes what a moderator has hidden and writes anew is read by a moderator again.
async fn is_repeated(tx: &Tx, user: UserId, course: CourseId) -> Result<bool> {
    use kernel::Live;
    let before = Entity::deleted().filter(Column::UserId.eq(user)).filter(Column::CourseId.eq(course));
    Ok(before.filter(Column::IsHidden.eq(true)).count(&tx.conn).await? > 0)
}

async fn own(tx: &Tx, user: UserId, course: CourseId) -> Result<Option<review::Model>> {
    let own = Entity::visible_to(&tx.viewer).filter(Column::UserId.eq(user)).filter(Column::CourseId.eq(course));
    Ok(own.one(&tx.conn).await?)
}
