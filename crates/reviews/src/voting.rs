use kernel::{AuditRecord, Permit, Result, ReviewId, Tx, UserId, allow};
use sea_orm::{ColumnTrait, ExprTrait, IntoSimpleExpr, QueryFilter, Set, sea_query::Expr};

use crate::{
    found::{found, works_on},
    policy::Judge,
    review::{Column, Entity, Model},
    review_vote,
    rules::{REVIEW_BY_STAFF, REVIEW_HIDDEN, REVIEW_IS_OWN},
    scoring::helpful_score,
};

/// Says whether a review helps; one vote per person, and the last one counts.
pub async fn vote(tx: &mut Tx, review: ReviewId, is_helpful: bool) -> Result<()> {
    let user = tx.viewer.person()?;
    let permit = votable(tx, review).await?;
    let before = vote_of(tx, review, user).await?;
    let was_helpful = before.as_ref().map(|vote| vote.is_helpful);
    match before {
        Some(vote) if vote.is_helpful == is_helpful => return Ok(()),
        Some(vote) => {
            let own = allow::<Judge, _>(&tx.viewer, vote)?;
            tx.update(own, |row: &mut review_vote::ActiveModel| row.is_helpful = Set(is_helpful)).await?;
        }
        None => cast(tx, &permit, user, is_helpful).await?,
    }
    count(tx, &permit, was_helpful, Some(is_helpful)).await?;
    tx.record(AuditRecord::new("review.voted", review).change("isHelpful", was_helpful, is_helpful)).await
}

/// Takes one's vote back; without one there is nothing to do.
pub async fn remove_vote(tx: &mut Tx, review: ReviewId) -> Result<()> {
    let user = tx.viewer.person()?;
    let permit = judged(tx, review).await?;
    let Some(vote) = vote_of(tx, review, user).await? else {
        return Ok(());
    };
    let is_helpful = vote.is_helpful;
    let _: review_vote::Model = tx.delete(allow::<Judge, _>(&tx.viewer, vote)?).await?;
    count(tx, &permit, Some(is_helpful), None).await?;
    tx.record(AuditRecord::new("review.vote_removed", review).change("isHelpful", is_helpful, None::<bool>)).await
}

async fn votable(tx: &Tx, review: ReviewId) -> Result<Permit<Judge, Model>> {
    let permit = judged(tx, review).await?;
    if permit.is_hidden {
        return Err(REVIEW_HIDDEN.at("reviewId").into());
    }
    if works_on(tx, permit.course_id).await? {
        return Err(REVIEW_BY_STAFF.at("reviewId").into());
    }
    Ok(permit)
}

/// Somebody else's review.
pub(crate) async fn judged(tx: &Tx, review: ReviewId) -> Result<Permit<Judge, Model>> {
    let review = found(tx, review).await?;
    if tx.viewer.is(review.user_id) {
        return Err(REVIEW_IS_OWN.at("reviewId").into());
    }
    allow::<Judge, _>(&tx.viewer, review)
}

async fn vote_of(tx: &Tx, review: ReviewId, user: UserId) -> Result<Option<review_vote::Model>> {
    use review_vote::Column::{ReviewId, UserId};
    let own = review_vote::Entity::visible_to(&tx.viewer).filter(ReviewId.eq(review)).filter(UserId.eq(user));
    Ok(own.one(&tx.conn).await?)
}

async fn cast(tx: &mut Tx, permit: &Permit<Judge, Model>, user: UserId, is_helpful: bool) -> Result<()> {
    let row = review_vote::ActiveModel {
        id: Set(tx.new_id()?),
        review_id: Set(permit.id),
        user_id: Set(user),
        is_helpful: Set(is_helpful),
        ..Default::default()
    };
    tx.insert(permit, row).await?;
    Ok(())
}

/// Moves the counts and what they are worth in one statement. The review is locked, so that they are what was read; SQLite
/// has no square root, or the score would be a column that the database computes. No stamp: what it says has not changed.
async fn count(tx: &Tx, permit: &Permit<Judge, Model>, from: Option<bool>, to: Option<bool>) -> Result<()> {
    let moved = |kind| i32::from(to == Some(kind)) - i32::from(from == Some(kind));
    let (helpful, unhelpful) = (moved(true), moved(false));
    let score = helpful_score(permit.helpful_count + helpful, permit.unhelpful_count + unhelpful);
    let sets = vec![
        (Column::HelpfulCount, Column::HelpfulCount.into_simple_expr().add(helpful)),
        (Column::UnhelpfulCount, Column::UnhelpfulCount.into_simple_expr().add(unhelpful)),
        (Column::HelpfulScore, Expr::val(score)),
    ];
    tx.redact::<_, _, Entity>(permit, Column::Id.eq(permit.id), sets).await?;
    Ok(())
}
