//! The end of an account: its row stays, for other people's rows point to it, and says nothing about anybody any more.

use kernel::{AuditRecord, Event, Live, Permit, Result, Tx, UserId, Viewer, allow};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::Expr};
use serde_json::json;

use crate::{
    BuiltIn, Letter, UserStatus, account_deletion,
    administrators::keep_an_administrator,
    api_token, api_token_permission, data_export, held_address, idempotency_key, one_time_token,
    policy::{Erase, Own},
    recovery_code, role, spent_refresh_token, totp_secret, two_factor_challenge, user, user_role, user_session,
};

/// What every crate asks for before it erases what it has of a person.
pub fn may_erase(viewer: &Viewer, user: UserId) -> Result<Permit<Erase, Own>> {
    allow::<Erase, _>(viewer, Own(user))
}

/// Erases an account whose deletion is due; otherwise does nothing: its owner has changed their mind.
#[expect(clippy::disallowed_methods, reason = "a request is never soft-deleted")]
pub async fn erase_account(tx: &mut Tx, user: UserId) -> Result<()> {
    let permit = may_erase(&tx.viewer, user)?;
    // The account before anything of it, as everywhere: two that wait for each other's rows would never end.
    let found = user::Entity::live().filter(user::Column::Id.eq(user)).lock_exclusive().one(&tx.conn).await?;
    let due = account_deletion::Entity::find_by_id(user).filter(account_deletion::Column::DueAt.lte(tx.now));
    let (Some(found), Some(deletion)) = (found, due.one(&tx.conn).await?) else {
        return Ok(());
    };
    keep_an_administrator(tx, user).await?;
    unlink_all(tx, &permit, user).await?;
    tx.redact::<_, _, user::Entity>(&permit, user::Column::Id.eq(user), nobody(tx, user)).await?;
    let heir = match deletion.heir_id {
        Some(heir) if is_here(tx, heir).await? => Some(heir),
        _ => steward(tx).await?,
    };
    tx.emit(Event::SessionsEnded { user });
    tx.record(AuditRecord::new("user.erased", user)).await?;
    tx.emit(Event::AccountErased { user, heir });
    tx.enqueue(&Letter::AccountDeleted { email: found.email, name: found.full_name }).await?;
    Ok(())
}

/// Whatever lets one in, says where one has been, or was made for oneself alone.
async fn unlink_all(tx: &Tx, permit: &Permit<Erase, Own>, user: UserId) -> Result<()> {
    let sessions = of::<user_session::Entity>(user_session::Column::UserId.eq(user), user_session::Column::Id);
    let spent = spent_refresh_token::Column::SessionId.in_subquery(sessions);
    tx.unlink::<_, _, spent_refresh_token::Entity>(permit, spent).await?;
    tx.unlink::<_, _, user_session::Entity>(permit, user_session::Column::UserId.eq(user)).await?;
    let tokens = of::<api_token::Entity>(api_token::Column::UserId.eq(user), api_token::Column::Id);
    let scopes = api_token_permission::Column::TokenId.in_subquery(tokens);
    tx.unlink::<_, _, api_token_permission::Entity>(permit, scopes).await?;
    tx.unlink::<_, _, api_token::Entity>(permit, api_token::Column::UserId.eq(user)).await?;
    tx.unlink::<_, _, totp_secret::Entity>(permit, totp_secret::Column::UserId.eq(user)).await?;
    tx.unlink::<_, _, recovery_code::Entity>(permit, recovery_code::Column::UserId.eq(user)).await?;
    tx.unlink::<_, _, two_factor_challenge::Entity>(permit, two_factor_challenge::Column::UserId.eq(user)).await?;
    tx.unlink::<_, _, user_role::Entity>(permit, user_role::Column::UserId.eq(user)).await?;
    tx.unlink::<_, _, one_time_token::Entity>(permit, one_time_token::Column::UserId.eq(user)).await?;
    tx.unlink::<_, _, held_address::Entity>(permit, held_address::Column::UserId.eq(user)).await?;
    tx.unlink::<_, _, idempotency_key::Entity>(permit, idempotency_key::Column::UserId.eq(user)).await?;
    tx.unlink::<_, _, data_export::Entity>(permit, data_export::Column::UserId.eq(user)).await?;
    tx.unlink::<_, _, account_deletion::Entity>(permit, account_deletion::Column::UserId.eq(user)).await?;
    Ok(())
}

/// The ids of all rows of a person, deleted ones too.
#[expect(clippy::disallowed_methods, reason = "erasing leaves nothing behind")]
fn of<E: EntityTrait>(which: Expr, id: E::Column) -> sea_orm::sea_query::SelectStatement {
    E::find().filter(which).select_only().column(id).into_query()
}

fn nobody(tx: &Tx, user: UserId) -> Vec<(user::Column, Expr)> {
    use user::Column::*;
    // A name that no mail reaches: RFC 2606.
    let email = format!("{}@deleted.invalid", kernel::EntityId::to_wire(user));
    vec![
        (Email, Expr::val(email.clone())),
        (EmailKey, Expr::val(email)),
        (Username, Expr::val(None::<String>)),
        (UsernameKey, Expr::val(None::<String>)),
        (Password, Expr::val(None::<String>)),
        (FullName, Expr::val("")),
        (DisplayName, Expr::val("")),
        (Avatar, Expr::val(None::<String>)),
        (Phone, Expr::val("")),
        (Bio, Expr::val("")),
        (Status, Expr::val(UserStatus::Inactive)),
        (EmailVerified, Expr::val(false)),
        (PhoneVerified, Expr::val(false)),
        (TwoFactorEnabled, Expr::val(false)),
        (Metadata, Expr::val(json!({}))),
        (Preferences, Expr::val(json!({}))),
        (LastLoginIp, Expr::val(None::<String>)),
        (LastLoginDevice, Expr::val("")),
        (IsSuperuser, Expr::val(false)),
        (IsStaff, Expr::val(false)),
        (IsActive, Expr::val(false)),
        (IsDeleted, Expr::val(true)),
        (DeletedAt, Expr::val(tx.now)),
    ]
}

async fn is_here(tx: &Tx, user: UserId) -> Result<bool> {
    Ok(user::Entity::active_users().filter(user::Column::Id.eq(user)).one(&tx.conn).await?.is_some())
}

/// Who looks after what nobody was named for: the administrator who has been here longest.
async fn steward(tx: &Tx) -> Result<Option<UserId>> {
    let admin = role::Entity::live()
        .filter(role::Column::Name.eq(BuiltIn::Admin.name()))
        .select_only()
        .column(role::Column::Id)
        .into_query();
    let holders = of::<user_role::Entity>(user_role::Column::RoleId.in_subquery(admin), user_role::Column::UserId);
    let runs = user::Column::IsSuperuser.eq(true).or(user::Column::Id.in_subquery(holders));
    let first = user::Entity::active_users().filter(runs).order_by_asc(user::Column::DateJoined);
    Ok(first.order_by_asc(user::Column::Id).one(&tx.conn).await?.map(|user| user.id))
}
