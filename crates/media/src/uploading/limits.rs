use accounts::user;
use chrono::Duration;
use kernel::{Error, Live, Permit, Result, Tx, UserId, allow};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, QuerySelect, Select, sea_query::Expr};

use crate::{
    UploadStatus, media_file,
    policy::BringIn,
    rules::{UPLOAD_QUOTA_EXCEEDED, UPLOADS_TOO_MANY},
    storage::NOWHERE,
    upload,
};

const MIB: i64 = 1 << 20;
/// Every store lists so many parts in one answer.
const MOST_PARTS: i64 = 1000;

/// How much may be brought in. Sizes are in bytes.
#[derive(Clone, Debug)]
pub struct UploadLimits {
    pub largest: i64,
    /// The largest picture of a course or a person.
    pub largest_picture: i64,
    /// A part has at least so many, but for the last.
    pub part: i64,
    /// All that a person keeps and is about to bring.
    pub quota: i64,
    /// The most uploads that a person has open at a time.
    pub most_open: u64,
    /// After this an upload that was not completed is given up.
    pub lasts: Duration,
}

impl Default for UploadLimits {
    fn default() -> Self {
        Self {
            largest: 10 << 30,
            largest_picture: 5 * MIB,
            part: 8 * MIB,
            quota: 20 << 30,
            most_open: 20,
            lasts: Duration::hours(24),
        }
    }
}

impl UploadLimits {
    /// How long the parts of a file are: whole mebibytes, and not more parts than are listed at once.
    pub(super) fn part_of(&self, size: i64) -> i64 {
        self.part.max(divided_up(divided_up(size, MOST_PARTS), MIB) * MIB)
    }
}

/// Of numbers that are not negative.
fn divided_up(number: i64, by: i64) -> i64 {
    (number + by - 1) / by
}

/// The viewer's account, or that of who answers for the program, locked until the transaction ends: of two files that come
/// at once, the second sees the first.
pub(super) async fn account(tx: &Tx) -> Result<Permit<BringIn, user::Model>> {
    let id = tx.viewer.actor().ok_or(Error::Unauthenticated)?;
    let found = user::Entity::live().filter(user::Column::Id.eq(id)).lock_exclusive().one(&tx.conn).await?;
    allow::<BringIn, _>(&tx.viewer, found.ok_or(Error::NotFound)?)
}

/// Is there room for so much more, of which this field of the input speaks? The account has to be locked.
pub(super) async fn check_room(
    tx: &Tx,
    user: UserId,
    (size, field): (i64, &'static str),
    limits: &UploadLimits,
) -> Result<()> {
    let kept = media_file::Entity::live().filter(media_file::Column::UserId.eq(user));
    let kept = kept.filter(media_file::Column::StorageProvider.ne(NOWHERE));
    let coming = on_their_way(user);
    let taken = sum(tx, kept, media_file::Column::FileSize).await? + sum(tx, coming, upload::Column::FileSize).await?;
    if taken.saturating_add(size) > limits.quota {
        return Err(UPLOAD_QUOTA_EXCEEDED.at(field).into());
    }
    Ok(())
}

/// Refuses what a person has no room for. Their account is locked until the transaction ends.
pub async fn make_room(tx: &Tx, user: UserId, (size, field): (i64, &'static str), limits: &UploadLimits) -> Result<()> {
    let found = user::Entity::live().filter(user::Column::Id.eq(user)).lock_exclusive().one(&tx.conn).await?;
    check_room(tx, found.ok_or(Error::NotFound)?.id, (size, field), limits).await
}

/// May one more be opened? The account has to be locked.
pub(super) async fn check_open(tx: &Tx, user: UserId, limits: &UploadLimits) -> Result<()> {
    if on_their_way(user).count(&tx.conn).await? >= limits.most_open {
        return Err(UPLOADS_TOO_MANY.into());
    }
    Ok(())
}

fn on_their_way(user: UserId) -> Select<upload::Entity> {
    use upload::Column::{Status, UserId};
    let living = Status.is_in([UploadStatus::Open, UploadStatus::Verifying]);
    upload::Entity::live().filter(UserId.eq(user)).filter(living)
}

async fn sum<E: sea_orm::EntityTrait>(tx: &Tx, rows: Select<E>, size: E::Column) -> Result<i64> {
    use sea_orm::{ExprTrait, sea_query::Func};
    // PostgreSQL's sum of large numbers is larger still.
    let sum = Expr::expr(Func::coalesce([size.sum(), Expr::val(0)])).cast_as("bigint");
    let sums: Option<i64> = rows.select_only().column_as(sum, "bytes").into_tuple().one(&tx.conn).await?;
    Ok(sums.unwrap_or_default())
}
