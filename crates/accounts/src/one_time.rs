//! Tokens that are sent by mail. Only hashes are stored; a token is deleted as it is used, so of two at once one finds it.

use chrono::{DateTime, Duration, Utc};
use kernel::{Db, Permit, Result, Tx, UserId, allow};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect, Set};

use crate::{
    one_time_token::{ActiveModel, Column, Entity, Model, Purpose},
    policy::{Issue, Redeem, Registry, TidyUp},
    rules::TOKEN_INVALID,
    tokens::{opaque, token_hash},
    user,
};

impl Purpose {
    /// How long a token is good. A link that takes over an account lives shortest; one that saves it, longest.
    pub fn lifetime(self) -> Duration {
        match self {
            Self::ResetPassword => Duration::minutes(60),
            Self::VerifyEmail | Self::ConfirmEmail => Duration::hours(24),
            Self::UndoEmail => Duration::days(7),
            Self::CancelDeletion => Duration::days(14),
        }
    }
}

/// A fresh token for the account, good as long as it is after `since`, when it was asked for. Those before it stay good: their letters may arrive later, and the first one is opened.
pub(crate) async fn issue(
    tx: &Tx,
    permit: &Permit<Issue, user::Model>,
    purpose: Purpose,
    email: &str,
    since: DateTime<Utc>,
) -> Result<String> {
    let token = opaque("lectern_once", tx.random()?);
    let row = ActiveModel {
        token_hash: Set(token_hash(&token)),
        user_id: Set(permit.id),
        purpose: Set(purpose),
        email: Set(email.into()),
        issued_at: Set(since),
        expires_at: Set(since + purpose.lifetime()),
    };
    tx.link(permit, vec![row]).await?;
    Ok(token)
}

/// What a good token is about; it stays good.
#[expect(clippy::disallowed_methods, reason = "a token is never soft-deleted")]
async fn peek(db: &Db, token: &str, purpose: Purpose, now: DateTime<Utc>) -> Result<Model> {
    let found = Entity::find_by_id(token_hash(token)).filter(good(purpose, now)).one(db.read()).await?;
    found.ok_or_else(|| TOKEN_INVALID.at("token").into())
}

/// Uses the token up. Answers its account, which may be changed as the token allows, and the token.
#[expect(clippy::disallowed_methods, reason = "a token is never soft-deleted")]
pub(crate) async fn redeem(tx: &Tx, token: &str, purpose: Purpose) -> Result<(Permit<Redeem, user::Model>, Model)> {
    let invalid = || TOKEN_INVALID.at("token");
    let hash = token_hash(token);
    let found = Entity::find_by_id(&hash).filter(good(purpose, tx.now)).one(&tx.conn).await?.ok_or_else(invalid)?;
    // The account before anything of it, as everywhere: two that wait for each other's rows would never end.
    let account = user::Entity::recoverable().filter(user::Column::Id.eq(found.user_id)).lock_exclusive();
    let account = account.one(&tx.conn).await?;
    let permit = allow::<Redeem, _>(&tx.viewer, account.ok_or_else(invalid)?)?;
    // Found is not enough: somebody else may use it in this moment.
    if tx.unlink::<_, _, Entity>(&permit, Column::TokenHash.eq(hash)).await? == 0 {
        return Err(invalid().into());
    }
    Ok((permit, found))
}

/// Deletes the account's tokens of these purposes: what they were sent for is decided.
pub(crate) async fn drop_tokens<A>(tx: &Tx, permit: &Permit<A, user::Model>, purposes: &[Purpose]) -> Result<()> {
    let purposes = Column::Purpose.is_in(purposes.iter().copied());
    tx.unlink::<_, _, Entity>(permit, Column::UserId.eq(permit.id).and(purposes)).await?;
    Ok(())
}

/// Deletes the tokens that undo what was changed at this time or later: a change that is undone takes them with it. Those
/// of the changes before stay, and so does their right to be undone.
pub(crate) async fn drop_undos<A>(tx: &Tx, permit: &Permit<A, user::Model>, since: DateTime<Utc>) -> Result<()> {
    let undo = Column::Purpose.eq(Purpose::UndoEmail).and(Column::IssuedAt.gte(since));
    tx.unlink::<_, _, Entity>(permit, Column::UserId.eq(permit.id).and(undo)).await?;
    Ok(())
}

/// What was asked for with the password or address of before, and is still to be sent, comes to nothing.
pub(crate) async fn void_requests(tx: &Tx, user: UserId) -> Result<()> {
    tx.add::<user::Entity, _>((user::Column::Id, user), &[(user::Column::CredentialsVersion, 1)]).await
}

/// Deletes what is of no use any more; answers how much that was.
pub(crate) async fn purge(tx: &Tx) -> Result<u64> {
    let permit = allow::<TidyUp, _>(&tx.viewer, Registry)?;
    tx.unlink::<_, _, Entity>(&permit, Column::ExpiresAt.lte(tx.now)).await
}

fn good(purpose: Purpose, now: DateTime<Utc>) -> sea_orm::sea_query::Expr {
    Column::Purpose.eq(purpose).and(Column::ExpiresAt.gt(now))
}

/// Whose token this is, when it is good: what has to be known before a new password can be checked.
pub(crate) async fn holder(db: &Db, token: &str, purpose: Purpose, now: DateTime<Utc>) -> Result<user::Model> {
    let found = peek(db, token, purpose, now).await?;
    let account = user::Entity::recoverable().filter(user::Column::Id.eq(found.user_id)).one(db.read()).await?;
    account.ok_or_else(|| TOKEN_INVALID.at("token").into())
}

/// The account that a letter is for, locked; `None` when there is none that could use it.
pub(crate) async fn addressee(tx: &Tx, which: sea_orm::sea_query::Expr) -> Result<Option<Permit<Issue, user::Model>>> {
    let found = user::Entity::recoverable().filter(which).lock_exclusive().one(&tx.conn).await?;
    found.map(|user| allow::<Issue, _>(&tx.viewer, user)).transpose()
}

/// An account by id.
pub(crate) fn of(user: UserId) -> sea_orm::sea_query::Expr {
    user::Column::Id.eq(user)
}
