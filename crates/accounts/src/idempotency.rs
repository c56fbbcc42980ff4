//! Asking twice and having it done once. Who asks makes up a key; it is taken in the transaction of what was asked, so that
//! the unique index decides between two at once, and what failed leaves none. The answer follows when it is known, sealed:
//! it may hold what only the asker may see.

use chrono::{DateTime, Duration, Utc};
use kernel::{EntityId, Error, Result, Tx, UserId, Viewer, allow};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, Set, sea_query::Expr, sea_query::OnConflict};

use crate::{
    SecretKey,
    idempotency_key::{ActiveModel, Column, Entity, Model},
    policy::{Ask, Own, Registry, TidyUp},
    rules::IDEMPOTENCY_CONFLICT,
    token_hash,
};

/// How long a key stands for what was asked with it.
const KEPT: Duration = Duration::hours(24);
/// No operation takes so long: whose answer is not there by then will never have one.
const RUNS: Duration = Duration::minutes(1);
/// The most characters of a key.
pub const LONGEST: usize = 255;

/// The code of an answer that is not there yet.
pub const IN_PROGRESS: &str = "IDEMPOTENCY_IN_PROGRESS";
/// The code of an answer that will never be there.
pub const ANSWER_LOST: &str = "IDEMPOTENCY_ANSWER_LOST";

/// Something that is asked with a key.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    key_hash: String,
    body_mark: String,
    owner: UserId,
}

impl Asked {
    /// `None` for those who have no account: their keys would be everybody's.
    pub fn new(secret: &SecretKey, viewer: &Viewer, key: &str, body: &str) -> Option<Self> {
        let (owner, who) = match viewer {
            Viewer::User(signed_in) => (signed_in.user, signed_in.user.to_wire()),
            Viewer::Service(service) => (service.owner, service.token.to_wire()),
            Viewer::Anonymous | Viewer::System => return None,
        };
        // No text holds U+0000.
        let key_hash = token_hash(&format!("idempotency\0{who}\0{key}"));
        Some(Self { key_hash, body_mark: secret.sign(&format!("idempotency\0{body}")), owner })
    }

    fn row(&self, tx: &Tx, answer: Option<String>) -> ActiveModel {
        ActiveModel {
            key_hash: Set(self.key_hash.clone()),
            user_id: Set(self.owner),
            body_mark: Set(self.body_mark.clone()),
            answer: Set(answer),
            claimed_at: Set(tx.now),
            expires_at: Set(tx.now + KEPT),
        }
    }
}

/// What was answered the first time; `None` when it was not asked yet, or something else was: then [`claim`] decides.
pub async fn answered(
    db: &impl ConnectionTrait,
    secret: &SecretKey,
    asked: &Asked,
    now: DateTime<Utc>,
) -> Result<Option<String>> {
    let Some(row) = find(db, asked, now).await?.filter(|row| row.body_mark == asked.body_mark) else {
        return Ok(None);
    };
    let Some(sealed) = &row.answer else {
        return Err(unanswered(&row, now));
    };
    let answer = String::from_utf8(secret.open(asked.owner, sealed)?);
    answer.map(Some).map_err(|_| Error::Internal("a kept answer is no text".into()))
}

/// Takes the key, as the first thing that a transaction does. Who comes second waits for the first to commit and is told
/// of it then; when the first fails, the key is free.
pub async fn claim(tx: &Tx, asked: &Asked) -> Result<()> {
    let permit = allow::<Ask, _>(&tx.viewer, Own(asked.owner))?;
    let columns = [Column::UserId, Column::BodyMark, Column::Answer, Column::ClaimedAt, Column::ExpiresAt];
    let mut anew = OnConflict::column(Column::KeyHash);
    anew.update_columns(columns).action_and_where(Expr::col((Entity, Column::ExpiresAt)).lte(tx.now));
    if tx.put(&permit, asked.row(tx, None), anew).await? {
        return Ok(());
    }
    match find(&tx.conn, asked, tx.now).await? {
        Some(row) if row.body_mark != asked.body_mark => Err(IDEMPOTENCY_CONFLICT.at("idempotencyKey").into()),
        Some(row) => Err(unanswered(&row, tx.now)),
        None => Err(in_progress()),
    }
}

/// Keeps the answer of what was asked.
pub async fn keep(tx: &Tx, secret: &SecretKey, asked: &Asked, answer: &str) -> Result<()> {
    let permit = allow::<Ask, _>(&tx.viewer, Own(asked.owner))?;
    let sealed = secret.seal(tx, asked.owner, answer.as_bytes())?;
    let mut there = OnConflict::column(Column::KeyHash);
    there.update_column(Column::Answer);
    tx.put(&permit, asked.row(tx, Some(sealed)), there).await?;
    Ok(())
}

/// Lets go of the key: what was asked came to nothing in the end.
pub async fn let_go(tx: &Tx, asked: &Asked) -> Result<()> {
    let permit = allow::<Ask, _>(&tx.viewer, Own(asked.owner))?;
    let own = Column::KeyHash.eq(asked.key_hash.as_str()).and(Column::BodyMark.eq(asked.body_mark.as_str()));
    tx.unlink::<_, _, Entity>(&permit, own).await?;
    Ok(())
}

/// Forgets keys whose time is over; answers how many.
pub(crate) async fn purge(tx: &Tx) -> Result<u64> {
    let permit = allow::<TidyUp, _>(&tx.viewer, Registry)?;
    tx.unlink::<_, _, Entity>(&permit, Column::ExpiresAt.lte(tx.now)).await
}

#[expect(clippy::disallowed_methods, reason = "a key is never soft-deleted")]
async fn find(db: &impl ConnectionTrait, asked: &Asked, now: DateTime<Utc>) -> Result<Option<Model>> {
    let row = Entity::find_by_id(asked.key_hash.as_str()).one(db).await?;
    Ok(row.filter(|row| row.expires_at > now))
}

fn unanswered(row: &Model, now: DateTime<Utc>) -> Error {
    if now - row.claimed_at < RUNS {
        return in_progress();
    }
    Error::Exhausted {
        code: ANSWER_LOST,
        message: "This was done, but its answer was lost: look at what came of it.".into(),
        retry_after: None,
    }
}

fn in_progress() -> Error {
    Error::Exhausted {
        code: IN_PROGRESS,
        message: "The same request runs at this moment, or has just ended: ask again for its answer.".into(),
        retry_after: Some(1),
    }
}
