use kernel::{AuditRecord, Event, Permit, Result, ReviewId, Tx, allow};
use sea_orm::Set;

use crate::{
    ReviewRow,
    found::{found_to_count, works_on},
    opinion::{Opinion, OpinionChange},
    policy::Write,
    review::{self, Model},
    review_revision,
    rules::REVIEW_BY_STAFF,
};

/// What came of an edit: on a stale version the current state goes back to the author.
pub enum Edited {
    Done(ReviewRow),
    Stale(ReviewRow),
}

/// Changes what one said of a course; what it said before is kept for oneself and for moderators. One that is hidden stays
/// so, and waits for a moderator to look at it again.
pub async fn update(
    tx: &mut Tx,
    review: ReviewId,
    expected_version: Option<i32>,
    change: OpinionChange,
) -> Result<Edited> {
    let permit = allow::<Write, _>(&tx.viewer, found_to_count(tx, review).await?)?;
    let before = Opinion::of(&permit);
    let after = change.applied_to(before.clone()).checked()?;
    if works_on(tx, permit.course_id).await? {
        return Err(REVIEW_BY_STAFF.at("id").into());
    }
    if expected_version.is_some_and(|expected| expected != permit.version) {
        return Ok(Edited::Stale(permit.into_row().into()));
    }
    if before == after {
        return Ok(Edited::Done(permit.into_row().into()));
    }
    keep(tx, &permit).await?;
    let changed = rewrite(tx, permit, after).await?;
    if !changed.is_hidden {
        let (from, to) = (Some(before.rating), Some(changed.rating));
        tx.emit(Event::RatingMoved { course: changed.course_id, from, to });
    }
    let record = AuditRecord::new("review.updated", changed.id).change("rating", before.rating, changed.rating);
    tx.record(record.change("version", changed.version - 1, changed.version)).await?;
    Ok(Edited::Done(changed.into()))
}

/// Takes one's review away; its stars don't count any more, and one may write another.
pub async fn delete(tx: &mut Tx, review: ReviewId) -> Result<()> {
    let permit = allow::<Write, _>(&tx.viewer, found_to_count(tx, review).await?)?;
    let deleted: Model = tx.delete(permit).await?;
    if !deleted.is_hidden {
        tx.emit(Event::RatingMoved { course: deleted.course_id, from: Some(deleted.rating), to: None });
    }
    tx.record(AuditRecord::new("review.deleted", deleted.id).with("rating", deleted.rating)).await
}

/// Keeps what it says at present.
async fn keep(tx: &mut Tx, permit: &Permit<Write, Model>) -> Result<()> {
    let row = review_revision::ActiveModel {
        id: Set(tx.new_id()?),
        review_id: Set(permit.id),
        version: Set(permit.version),
        rating: Set(permit.rating),
        title: Set(permit.title.clone()),
        comment: Set(permit.comment.clone()),
        written_at: Set(permit.edited_at.unwrap_or(permit.created_at)),
        ..Default::default()
    };
    tx.insert(permit, row).await?;
    Ok(())
}

async fn rewrite(tx: &Tx, permit: Permit<Write, Model>, opinion: Opinion) -> Result<Model> {
    let (version, now) = (permit.version + 1, tx.now);
    let queued_at = permit.queued_at.or(permit.is_hidden.then_some(now));
    tx.update(permit, |row: &mut review::ActiveModel| {
        row.rating = Set(opinion.rating);
        row.title = Set(opinion.title);
        row.comment = Set(opinion.comment);
        row.version = Set(version);
        row.edited_at = Set(Some(now));
        row.queued_at = Set(queued_at);
    })
    .await
}
