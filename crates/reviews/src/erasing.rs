use accounts::may_erase;
use kernel::{Result, Tx, UserId};
use sea_orm::{ColumnTrait, sea_query::Expr};

use crate::{review_report, review_revision, reviews_by};

/// A person has gone: reviews, votes and replies stay for those who read them, by nobody in particular; why they reported
/// others does not, nor what they said before they thought better of it.
pub async fn erase_reviewer(tx: &Tx, user: UserId) -> Result<()> {
    let permit = may_erase(&tx.viewer, user)?;
    let words = vec![(review_report::Column::Reason, Expr::val(""))];
    tx.redact::<_, _, review_report::Entity>(&permit, review_report::Column::UserId.eq(user), words).await?;
    let before = review_revision::Column::ReviewId.in_subquery(reviews_by(user));
    let words =
        [review_revision::Column::Title, review_revision::Column::Comment].map(|column| (column, Expr::val("")));
    tx.redact::<_, _, review_revision::Entity>(&permit, before, words.into()).await?;
    Ok(())
}
