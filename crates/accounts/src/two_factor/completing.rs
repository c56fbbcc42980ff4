use kernel::{Live, Permit, Result, Tx, UserId, allow};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, sea_query::Expr};

use super::codes::spend;
use crate::{
    Device, SecretKey, Throttled, Tokens,
    policy::{Challenged, Meet},
    signing_in::sign_in,
    throttling,
    tokens::token_hash,
    two_factor_challenge::{Column, Entity},
};

/// The codes that may be shown for one challenge.
const MAX_ATTEMPTS: i32 = 5;

/// What came of meeting a challenge. Not an error: a wrong code counts, and that must be committed.
pub enum Completed {
    Done {
        user: UserId,
        tokens: Tokens,
    },
    CodeWrong,
    /// Unknown, expired, used, or too many wrong codes were shown for it.
    Invalid,
}

/// Exchanges a challenge and a code for a session. Of many at the same time one wins.
pub async fn complete_two_factor(
    tx: &mut Tx,
    key: &SecretKey,
    token: &str,
    code: &str,
    device: Device,
) -> Result<Completed> {
    let found = Entity::live().filter(Column::TokenHash.eq(token_hash(token))).one(&tx.conn).await?;
    let Some(challenge) = found else {
        return Ok(Completed::Invalid);
    };
    let permit = allow::<Meet, _>(&tx.viewer, Challenged(challenge))?;
    // From here on others with the same challenge wait for this transaction.
    if !change(tx, &permit, (Column::Attempts, Expr::col(Column::Attempts).add(1))).await? {
        return Ok(Completed::Invalid);
    }
    let user = permit.0.user_id;
    let attempt = Throttled::Code { user, session: None };
    throttling::reserve(tx, &attempt).await?;
    if !spend(tx, &permit, key, user, code).await? {
        return Ok(Completed::CodeWrong);
    }
    // The last of five attempts may be the right one: that it was counted must not stand in its way.
    let used = vec![(Column::UsedAt, Expr::val(tx.now))];
    tx.change_where::<_, _, Entity>(&permit, Column::Id.eq(permit.0.id), used).await?;
    throttling::give_back(tx, &attempt).await?;
    Ok(Completed::Done { user, tokens: sign_in(tx, user, device).await? })
}

/// Changes the challenge if it can still be met.
async fn change(tx: &Tx, permit: &Permit<Meet, Challenged>, set: (Column, Expr)) -> Result<bool> {
    let open = Column::Id
        .eq(permit.0.id)
        .and(Column::UsedAt.is_null())
        .and(Column::ExpiresAt.gt(tx.now))
        .and(Column::Attempts.lt(MAX_ATTEMPTS));
    Ok(tx.change_where::<_, _, Entity>(permit, open, vec![set]).await? == 1)
}
