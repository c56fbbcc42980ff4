//! Accounts, and what belongs to them.

use accounts::{
    account_deletion, api_token, api_token_permission, data_export, held_address, idempotency_key, one_time_token,
    rate_bucket, recovery_code, role, role_permission, spent_refresh_token, throttle, totp_secret,
    two_factor_challenge, user, user_role, user_session,
};
use kernel::{Tx, UserId};
use sea_orm::Set;

use super::{SOMEBODY, id, link, put};

pub(super) async fn add(tx: &Tx) {
    let user: UserId = id(SOMEBODY);
    let row = user::ActiveModel {
        id: Set(user),
        email: Set("Ada@Example.org".into()),
        email_key: Set("ada@example.org".into()),
        username: Set(Some("Ada".into())),
        username_key: Set(Some("ada".into())),
        date_joined: Set(tx.now),
        ..Default::default()
    };
    put(tx, row).await;
    let row = role::ActiveModel {
        id: Set(id(1)),
        name: Set("reader".into()),
        display_name: Set("Reader".into()),
        ..Default::default()
    };
    put(tx, row).await;
    let row = role_permission::ActiveModel { role_id: Set(id(1)), permission: Set("courses.create".into()) };
    link(tx, row).await;
    let row = user_role::ActiveModel {
        id: Set(id(1)),
        user_id: Set(user),
        role_id: Set(id(1)),
        assigned_at: Set(tx.now),
        assigned_by: Set(Some(user)),
    };
    link(tx, row).await;
    session(tx, user).await;
    api_token(tx, user).await;
    privacy(tx, user).await;
    second_factor(tx, user).await;
}

async fn second_factor(tx: &Tx, user: UserId) {
    let row = totp_secret::ActiveModel {
        id: Set(id(1)),
        user_id: Set(user),
        secret: Set("sealed".into()),
        ..Default::default()
    };
    put(tx, row).await;
    let row = recovery_code::ActiveModel {
        id: Set(id(1)),
        user_id: Set(user),
        code_hash: Set("hash".into()),
        ..Default::default()
    };
    put(tx, row).await;
    let row = two_factor_challenge::ActiveModel {
        id: Set(id(1)),
        user_id: Set(user),
        token_hash: Set("hash".into()),
        expires_at: Set(tx.now),
        ..Default::default()
    };
    put(tx, row).await;
}

async fn privacy(tx: &Tx, user: UserId) {
    let row = one_time_token::ActiveModel {
        token_hash: Set("hash".into()),
        user_id: Set(user),
        purpose: Set(one_time_token::Purpose::VerifyEmail),
        email: Set("ada@example.org".into()),
        issued_at: Set(tx.now),
        expires_at: Set(tx.now),
    };
    link(tx, row).await;
    let row = held_address::ActiveModel {
        email_key: Set("old@example.org".into()),
        user_id: Set(user),
        held_until: Set(tx.now),
    };
    link(tx, row).await;
    let row = idempotency_key::ActiveModel {
        key_hash: Set("key".into()),
        user_id: Set(user),
        body_mark: Set("mark".into()),
        answer: Set(Some("sealed".into())),
        claimed_at: Set(tx.now),
        expires_at: Set(tx.now),
    };
    link(tx, row).await;
    let row = data_export::ActiveModel {
        id: Set(id(1)),
        user_id: Set(user),
        status: Set(data_export::ExportStatus::Running),
        size_bytes: Set(0),
        ..Default::default()
    };
    put(tx, row).await;
    let row = account_deletion::ActiveModel {
        user_id: Set(user),
        requested_at: Set(tx.now),
        due_at: Set(tx.now),
        heir_id: Set(Some(user)),
    };
    link(tx, row).await;
}

async fn session(tx: &Tx, user: UserId) {
    let row = user_session::ActiveModel {
        id: Set(id(1)),
        user_id: Set(user),
        session_key: Set("key".into()),
        access_token: Set("access".into()),
        refresh_token: Set("refresh".into()),
        expires_at: Set(tx.now),
        refresh_expires_at: Set(tx.now),
        last_activity: Set(tx.now),
        ..Default::default()
    };
    put(tx, row).await;
    let row = spent_refresh_token::ActiveModel {
        token_hash: Set("spent".into()),
        session_id: Set(id(1)),
        spent_at: Set(tx.now),
    };
    link(tx, row).await;
    link(tx, kernel::write_mark::ActiveModel { actor: Set(id(1)), mark: Set(1) }).await;
    link(tx, rate_bucket::ActiveModel { key_hash: Set("key".into()), full_at: Set(1) }).await;
    let row = throttle::ActiveModel { key_hash: Set("key".into()), resets_at: Set(tx.now), ..Default::default() };
    link(tx, row).await;
}

async fn api_token(tx: &Tx, user: UserId) {
    let row = api_token::ActiveModel {
        id: Set(id(1)),
        user_id: Set(user),
        name: Set("A program".into()),
        token_hash: Set("token".into()),
        expires_at: Set(Some(tx.now)),
        last_used_at: Set(Some(tx.now)),
        revoked_at: Set(Some(tx.now)),
        ..Default::default()
    };
    put(tx, row).await;
    let row = api_token_permission::ActiveModel { token_id: Set(id(1)), permission: Set("courses.create".into()) };
    link(tx, row).await;
}
