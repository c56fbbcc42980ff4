use kernel::{AuditRecord, Permit, Result, ReviewId, Tx};
use sea_orm::{ActiveEnum, ColumnTrait, ExprTrait, Set, sea_query::Expr};

use crate::{
    opinion::checked_report,
    policy::Judge,
    review::{Column, Entity, Model},
    review_report::{self, ReportKind},
    rules::{REVIEW_HIDDEN, REVIEW_REPORT_EXISTS},
    voting::judged,
};

/// So many reports put a review before a moderator. No number of them hides it.
pub const REPORTS_TO_QUEUE: i32 = 3;

/// Says that a review should not stand. Once per person and review, whatever came of it.
pub async fn report(tx: &mut Tx, review: ReviewId, kind: ReportKind, text: &str) -> Result<()> {
    let user = tx.viewer.person()?;
    let permit = judged(tx, review).await?;
    if permit.is_hidden {
        return Err(REVIEW_HIDDEN.at("reviewId").into());
    }
    let row = review_report::ActiveModel {
        id: Set(tx.new_id()?),
        review_id: Set(review),
        user_id: Set(user),
        reason: Set(checked_report(text, kind == ReportKind::Other)?),
        kind: Set(kind),
        ..Default::default()
    };
    if tx.insert_unless_taken(&permit, row).await?.is_none() {
        return Err(REVIEW_REPORT_EXISTS.at("reviewId").into());
    }
    tx.add::<Entity, _>((Column::Id, review), &[(Column::ReportedCount, 1)]).await?;
    tx.record(AuditRecord::new("review.reported", review).with("kind", kind.to_value())).await?;
    queue(tx, &permit).await
}

/// Whoever brings the number about that is needed, and nobody after them.
async fn queue(tx: &mut Tx, permit: &Permit<Judge, Model>) -> Result<()> {
    let is_due = Column::QueuedAt.is_null().and(Column::ReportedCount.gte(REPORTS_TO_QUEUE));
    let since = vec![(Column::QueuedAt, Expr::val(tx.now))];
    if tx.redact::<_, _, Entity>(permit, Column::Id.eq(permit.id).and(is_due), since).await? > 0 {
        tx.record(AuditRecord::new("review.queued", permit.id)).await?;
    }
    Ok(())
}
