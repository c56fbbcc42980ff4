use kernel::{AuditRecord, Permit, Result, Tx, UserId};
use sea_orm::{ColumnTrait, Set};

use super::codes::{code_hash, spend};
use crate::{
    SecretKey,
    editing::own_account,
    recovery_code::{ActiveModel, Column, Entity},
    rules::{TWO_FACTOR_CODE_WRONG, TWO_FACTOR_OFF},
};

const CODES: usize = 10;
/// Crockford's base32: without the letters that look like digits.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Replaces the viewer's recovery codes: the old ones are dead.
pub async fn regenerate_recovery_codes(tx: &mut Tx, key: &SecretKey, code: &str) -> Result<Vec<String>> {
    let permit = own_account(tx).await?;
    if !permit.two_factor_enabled {
        return Err(TWO_FACTOR_OFF.into());
    }
    let user = permit.id;
    if !spend(tx, &permit, key, user, code).await? {
        return Err(TWO_FACTOR_CODE_WRONG.at("code").into());
    }
    tx.record(AuditRecord::new("user.recovery_codes_replaced", user)).await?;
    new_codes(tx, &permit, user).await
}

/// Shown once; only hashes are stored.
pub async fn new_codes<A, P>(tx: &mut Tx, permit: &Permit<A, P>, user: UserId) -> Result<Vec<String>> {
    forget_codes(tx, permit, user).await?;
    let mut codes = Vec::with_capacity(CODES);
    for _ in 0..CODES {
        let code = code(tx.random()?);
        let row = ActiveModel {
            id: Set(tx.new_id()?),
            user_id: Set(user),
            code_hash: Set(code_hash(user, &code)),
            ..Default::default()
        };
        tx.insert(permit, row).await?;
        codes.push(code);
    }
    Ok(codes)
}

/// Not only marked: what was a secret is not kept.
pub async fn forget_codes<A, P>(tx: &Tx, permit: &Permit<A, P>, user: UserId) -> Result<()> {
    tx.unlink::<_, _, Entity>(permit, Column::UserId.eq(user)).await?;
    Ok(())
}

/// 80 bits, out of reach for whoever has the hashes and time: `5k3x-q9d0-zt4m-8w2c`.
fn code(random: [u8; 16]) -> String {
    let letters = random.map(|byte| ALPHABET[usize::from(byte & 31)] as char);
    let groups = letters.chunks(4).map(String::from_iter);
    groups.collect::<Vec<_>>().join("-")
}
