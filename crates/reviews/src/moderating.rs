use accounts::Letter;
use courses::course;
use kernel::{AuditRecord, Event, Live, Permit, Result, ReviewId, Tx, allow};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, Set, sea_query::Expr};

use crate::{
    ReviewRow,
    found::{found_to_count, works_on},
    opinion::checked_reason,
    policy::Moderate,
    review::{self, Model},
    review_moderation::{self, ModerationAction},
    review_report,
    rules::{REVIEW_HIDDEN, REVIEW_MODERATOR_PARTIAL, REVIEW_NOT_HIDDEN, REVIEW_NOT_REPORTED},
};

use ModerationAction::{DismissReports, Hide, Restore};

/// Decides on a review. Its author is told what happens to it, and why; the numbers of the course follow.
pub async fn moderate(tx: &mut Tx, review: ReviewId, action: ModerationAction, reason: &str) -> Result<ReviewRow> {
    let permit = allow::<Moderate, _>(&tx.viewer, found_to_count(tx, review).await?)?;
    let reason = checked_reason(reason)?;
    if tx.viewer.is(permit.user_id) || works_on(tx, permit.course_id).await? {
        return Err(REVIEW_MODERATOR_PARTIAL.at("reviewId").into());
    }
    check(&permit, action)?;
    note(tx, &permit, action, &reason).await?;
    if action != Restore {
        settle(tx, &permit).await?;
    }
    let before = permit.is_hidden;
    let decided = decide(tx, permit, action, &reason).await?;
    follow(tx, &decided, action, &reason).await?;
    let record = AuditRecord::new(recorded(action), review).change("isHidden", before, decided.is_hidden);
    tx.record(record.reason(reason)).await?;
    Ok(decided.into())
}

fn check(review: &Model, action: ModerationAction) -> Result<()> {
    let nothing_to_do = match action {
        Hide => review.is_hidden.then_some(REVIEW_HIDDEN),
        Restore => (!review.is_hidden).then_some(REVIEW_NOT_HIDDEN),
        DismissReports => (review.reported_count == 0 && review.queued_at.is_none()).then_some(REVIEW_NOT_REPORTED),
    };
    nothing_to_do.map_or(Ok(()), |rule| Err(rule.at("action").into()))
}

fn recorded(action: ModerationAction) -> &'static str {
    match action {
        Hide => "review.hidden",
        Restore => "review.restored",
        DismissReports => "review.reports_dismissed",
    }
}

/// For the author, and for moderators after this one.
async fn note(tx: &mut Tx, permit: &Permit<Moderate, Model>, action: ModerationAction, reason: &str) -> Result<()> {
    let row = review_moderation::ActiveModel {
        id: Set(tx.new_id()?),
        review_id: Set(permit.id),
        action: Set(action),
        reason: Set(reason.into()),
        ..Default::default()
    };
    tx.insert(permit, row).await?;
    Ok(())
}

/// What was reported is decided on, and does not count any more.
async fn settle(tx: &Tx, permit: &Permit<Moderate, Model>) -> Result<()> {
    use review_report::Column::{ReviewId, SettledAt};
    let open = ReviewId.eq(permit.id).and(SettledAt.is_null());
    tx.change_where::<_, _, review_report::Entity>(permit, open, vec![(SettledAt, Expr::val(tx.now))]).await?;
    Ok(())
}

async fn decide(tx: &Tx, permit: Permit<Moderate, Model>, action: ModerationAction, reason: &str) -> Result<Model> {
    let now = tx.now;
    tx.update(permit, |row: &mut review::ActiveModel| {
        row.queued_at = Set(None);
        if action != Restore {
            row.reported_count = Set(0);
        }
        if action != DismissReports {
            let is_hidden = action == Hide;
            row.is_hidden = Set(is_hidden);
            row.hidden_at = Set(is_hidden.then_some(now));
            row.hidden_reason = Set(if is_hidden { reason.into() } else { String::new() });
        }
    })
    .await
}

/// The numbers of the course, and a letter.
async fn follow(tx: &mut Tx, review: &Model, action: ModerationAction, reason: &str) -> Result<()> {
    let (from, to) = match action {
        Hide => (Some(review.rating), None),
        Restore => (None, Some(review.rating)),
        DismissReports => return Ok(()),
    };
    tx.emit(Event::RatingMoved { course: review.course_id, from, to });
    let course = course::Entity::live().filter(course::Column::Id.eq(review.course_id)).one(&tx.conn).await?;
    let course = course.map(|course| course.title).unwrap_or_default();
    let (user, reason) = (review.user_id, reason.to_string());
    let letter = match action {
        Hide => Letter::ReviewHidden { user, course, reason },
        _ => Letter::ReviewRestored { user, course, reason },
    };
    tx.enqueue(&letter).await?;
    Ok(())
}
