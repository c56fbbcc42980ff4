//! Whether a code is good, and that it is good once.

use kernel::{AuditRecord, Db, EntityId, Error, Live, Permit, Result, Tx, UserId};
use sea_orm::{ColumnTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, sea_query::Expr};
use subtle::ConstantTimeEq;
use totp_rs::{Builder, Totp};

use crate::Letter;
use crate::{SecretKey, recovery_code, tokens::token_hash, totp_secret};

/// The name that authenticator apps show.
const ISSUER: &str = "Lectern";

/// Uses up a code of the app or a recovery code; false when it is wrong or has been used before.
pub async fn spend<A, P>(
    tx: &mut Tx,
    permit: &Permit<A, P>,
    key: &SecretKey,
    user: UserId,
    code: &str,
) -> Result<bool> {
    let code = plain(code);
    if is_of_an_app(&code) {
        return spend_step(tx, permit, key, user, &code).await;
    }
    spend_recovery(tx, permit, user, &code).await
}

/// RFC 6238 with SHA-1, six digits and half a minute, one step before or after: what every app can do.
pub fn totp(secret: Vec<u8>, account: &str) -> Result<Totp> {
    let totp = Builder::new().with_secret(secret).with_account_name(account).with_issuer(Some(ISSUER)).build();
    totp.map_err(|error| Error::Internal(error.to_string()))
}

/// Which half minute the code belongs to.
pub fn step_of(tx: &Tx, key: &SecretKey, secret: &totp_secret::Model, code: &str) -> Result<Option<i64>> {
    let code = plain(code);
    if !is_of_an_app(&code) {
        return Ok(None);
    }
    let totp = totp(key.open(secret.user_id, &secret.secret)?, "")?;
    Ok(totp.check(&code, tx.now.timestamp().unsigned_abs()).map(u64::cast_signed))
}

/// What is stored of a recovery code; the account is in it, so that one guess is not a guess at all accounts.
pub fn code_hash(user: UserId, code: &str) -> String {
    token_hash(&format!("{}\0{}", user.to_wire(), plain(code)))
}

/// Does the key open what is in the database? Asked at the start, before somebody can't sign in for it.
pub async fn check_key(db: &Db, key: &SecretKey) -> Result<()> {
    let newest = totp_secret::Entity::live().order_by_desc(totp_secret::Column::CreatedAt).one(db.read()).await?;
    newest.map_or(Ok(()), |secret| key.open(secret.user_id, &secret.secret).map(drop))
}

async fn spend_step<A, P>(tx: &Tx, permit: &Permit<A, P>, key: &SecretKey, user: UserId, code: &str) -> Result<bool> {
    use totp_secret::Column;
    let found = totp_secret::Entity::live().filter(Column::UserId.eq(user)).filter(Column::ConfirmedAt.is_not_null());
    let Some(secret) = found.one(&tx.conn).await? else {
        return Ok(false);
    };
    let Some(step) = step_of(tx, key, &secret, code)? else {
        return Ok(false);
    };
    let newer = Column::Id.eq(secret.id).and(Column::LastStep.lt(step));
    let sets = vec![(Column::LastStep, Expr::val(step))];
    Ok(tx.change_where::<_, _, totp_secret::Entity>(permit, newer, sets).await? == 1)
}

async fn spend_recovery<A, P>(tx: &mut Tx, permit: &Permit<A, P>, user: UserId, code: &str) -> Result<bool> {
    use recovery_code::{Column, Entity};
    let hash = code_hash(user, code);
    let unused = Entity::live().filter(Column::UserId.eq(user)).filter(Column::UsedAt.is_null());
    let found = unused.filter(Column::CodeHash.eq(&hash)).one(&tx.conn).await?;
    let Some(found) = found.filter(|found| found.code_hash.as_bytes().ct_eq(hash.as_bytes()).into()) else {
        return Ok(false);
    };
    let still = Column::Id.eq(found.id).and(Column::UsedAt.is_null());
    let sets = vec![(Column::UsedAt, Expr::val(tx.now))];
    if tx.change_where::<_, _, Entity>(permit, still, sets).await? == 0 {
        return Ok(false);
    }
    tx.record(AuditRecord::new("user.recovery_code_used", user).by(user)).await?;
    let left = Entity::live().filter(Column::UserId.eq(user)).filter(Column::UsedAt.is_null()).count(&tx.conn).await?;
    tx.enqueue(&Letter::RecoveryCodeUsed { user, left }).await?;
    Ok(true)
}

/// As people type it: with spaces or a dash, in upper case, with letters for the digits they look like.
fn plain(code: &str) -> String {
    let typed = code.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_lowercase);
    typed
        .map(|c| {
            if c == 'o' {
                '0'
            } else if c == 'i' || c == 'l' {
                '1'
            } else {
                c
            }
        })
        .collect()
}

fn is_of_an_app(code: &str) -> bool {
    code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The last six digits of the appendix of RFC 6238.
    #[test]
    fn codes_are_those_of_the_standard() {
        let totp = totp(b"12345678901234567890".to_vec(), "ada@example.org").unwrap();
        for (time, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(totp.generate(time).to_string(), code);
            assert_eq!(totp.check(code, time), Some(time / 30));
        }
        assert_eq!(
            totp.to_url().unwrap(),
            "otpauth://totp/Lectern:ada%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Lectern"
        );
    }

    #[test]
    fn codes_are_read_as_people_type_them() {
        assert_eq!(plain(" OIL0a-bcdeF "), "0110abcdef");
        assert!(is_of_an_app(&plain("123 456")) && !is_of_an_app("12345") && !is_of_an_app("12345a"));
    }
}
