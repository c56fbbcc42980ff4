use kernel::{AuditRecord, EntityId, Error, Permit, Result, ReviewId, ReviewReplyId, Tx, allow};
use sea_orm::{ColumnTrait, IntoActiveModel, QueryFilter, Set};

use crate::{
    ReplyRow,
    found::{found, teaches},
    opinion::checked_reply,
    policy::{Answer, OfCourse},
    review_reply::{ActiveModel, Column, Entity, Model},
};

/// What came of it: the one there was goes back to who works on the course.
pub enum Replied {
    Done(ReplyRow),
    Exists(Option<ReplyRow>),
}

/// Answers a review for the course. One living reply per review.
pub async fn reply(tx: &mut Tx, review: ReviewId, comment: &str) -> Result<Replied> {
    let user = tx.viewer.person()?;
    let row = found(tx, review).await?;
    let is_taught = teaches(tx, row.course_id).await?;
    let permit = allow::<Answer, _>(&tx.viewer, OfCourse { row, is_taught })?;
    let row = ActiveModel {
        id: Set(tx.new_id()?),
        review_id: Set(review),
        user_id: Set(user),
        comment: Set(checked_reply(comment)?),
        ..Default::default()
    };
    let Some(reply) = tx.insert_unless_taken(&permit, row).await? else {
        let there = Entity::visible_to(&tx.viewer).filter(Column::ReviewId.eq(review)).one(&tx.conn).await?;
        return Ok(Replied::Exists(there.map(ReplyRow::from)));
    };
    tx.record(AuditRecord::new("review.replied", review).with("replyId", reply.id.to_wire())).await?;
    Ok(Replied::Done(reply.into()))
}

/// Changes the reply: everybody who works on the course may, it is the course's.
pub async fn update_reply(tx: &mut Tx, reply: ReviewReplyId, comment: &str) -> Result<ReplyRow> {
    let permit = answered(tx, reply).await?;
    let comment = checked_reply(comment)?;
    if comment == permit.row.comment {
        return Ok(permit.into_row().row.into());
    }
    let now = tx.now;
    let changed = tx
        .update(permit, |row: &mut ActiveModel| {
            row.comment = Set(comment);
            row.edited_at = Set(Some(now));
        })
        .await?;
    tx.record(trace("review.reply_updated", &changed)).await?;
    Ok(changed.into())
}

/// Takes the reply away.
pub async fn delete_reply(tx: &mut Tx, reply: ReviewReplyId) -> Result<ReviewId> {
    let permit = answered(tx, reply).await?;
    let deleted: Model = tx.delete(permit).await?;
    tx.record(trace("review.reply_deleted", &deleted)).await?;
    Ok(deleted.review_id)
}

/// The reply, read when the review is locked: nobody changes it meanwhile.
async fn answered(tx: &Tx, reply: ReviewReplyId) -> Result<Permit<Answer, OfCourse<Model>>> {
    let find = async || {
        let found = Entity::visible_to(&tx.viewer).filter(Column::Id.eq(reply)).one(&tx.conn).await?;
        found.ok_or(Error::NotFound)
    };
    let review = found(tx, find().await?.review_id).await?;
    let (row, is_taught) = (find().await?, teaches(tx, review.course_id).await?);
    allow::<Answer, _>(&tx.viewer, OfCourse { row, is_taught })
}

fn trace(action: &'static str, reply: &Model) -> AuditRecord {
    AuditRecord::new(action, reply.review_id).with("replyId", reply.id.to_wire())
}

impl IntoActiveModel<ActiveModel> for OfCourse<Model> {
    fn into_active_model(self) -> ActiveModel {
        self.row.into_active_model()
    }
}
