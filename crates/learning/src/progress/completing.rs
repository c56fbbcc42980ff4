use courses::{CompletionPolicy, course};
use kernel::{AuditRecord, CourseId, EntityId, Error, Live, MediaId, Permit, Result, Tx, allow};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, QuerySelect, Set};

use super::{
    items::timed,
    policy::Learn,
    recording::enrollments,
    refreshing::refresh,
    rules::{ITEM_COURSE_COMPLETED, ITEM_IS_WATCHED, ITEM_NOT_FOUND},
};
use crate::{
    CourseProgressRow, EnrollmentStatus, enrollment, item_completion,
    item_completion::{Column, Entity},
};

/// Says that one has done with an item. Where recordings are completed by watching, not with one of those. Said twice, it is
/// said once.
pub async fn complete_item(tx: &mut Tx, course: CourseId, item: MediaId) -> Result<CourseProgressRow> {
    let learner = learner(tx, course).await?;
    sayable(tx, course, item).await?;
    let row = item_completion::ActiveModel {
        id: Set(tx.new_id()?),
        user_id: Set(learner.user_id),
        course_id: Set(course),
        media_id: Set(Some(item)),
        quiz_id: Set(None),
        ..Default::default()
    };
    if tx.insert_unless_taken(&learner, row).await?.is_some() {
        let record = AuditRecord::new("enrollment.item_completed", learner.id);
        tx.record(record.with("itemId", item.to_wire())).await?;
    }
    Ok(refresh(tx, &learner, &learner).await?.into())
}

/// Takes that back, as long as the course is not completed.
pub async fn uncomplete_item(tx: &mut Tx, course: CourseId, item: MediaId) -> Result<CourseProgressRow> {
    let learner = learner(tx, course).await?;
    sayable(tx, course, item).await?;
    if learner.status == EnrollmentStatus::Completed {
        return Err(ITEM_COURSE_COMPLETED.at("itemId").into());
    }
    let said = Column::UserId.eq(learner.user_id).and(Column::CourseId.eq(course)).and(Column::MediaId.eq(item));
    if tx.delete_where::<_, _, Entity>(&learner, said).await? > 0 {
        let record = AuditRecord::new("enrollment.item_uncompleted", learner.id);
        tx.record(record.with("itemId", item.to_wire())).await?;
    }
    Ok(refresh(tx, &learner, &learner).await?.into())
}

/// The right to go on in a course that one sees.
async fn learner(tx: &Tx, course: CourseId) -> Result<Permit<Learn, enrollment::Model>> {
    tx.viewer.person()?;
    let seen = course::Entity::visible_to(&tx.viewer).filter(course::Column::Id.eq(course)).one(&tx.conn).await?;
    seen.ok_or(Error::NotFound)?;
    let own = enrollments(tx, &[course]).await?.into_iter().next().ok_or(Error::Denied)?;
    allow::<Learn, _>(&tx.viewer, own)
}

/// Is the item one of the course that is completed by one's word?
async fn sayable(tx: &Tx, course: CourseId, item: MediaId) -> Result<()> {
    let found = media::reading::files(&tx.conn, &tx.viewer, &[item]).await?.remove(&item);
    let file = found.filter(|file| file.course_id == Some(course)).ok_or(ITEM_NOT_FOUND.at("itemId"))?;
    let policy = course::Entity::live().filter(course::Column::Id.eq(course)).select_only();
    let policy: Option<CompletionPolicy> =
        policy.column(course::Column::CompletionPolicy).into_tuple().one(&tx.conn).await?;
    if policy != Some(CompletionPolicy::Manual) && timed(file.file_type, file.duration).is_some() {
        return Err(ITEM_IS_WATCHED.at("itemId").into());
    }
    Ok(())
}
