use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select};

/// A table with the audit columns. Implemented by `#[kernel::audited]`, never by hand.
pub trait Audited: EntityTrait {
    const CREATED_AT: Self::Column;
    const CREATED_BY: Self::Column;
    const UPDATED_AT: Self::Column;
    const UPDATED_BY: Self::Column;
    const IS_DELETED: Self::Column;
    const DELETED_AT: Self::Column;
    const DELETED_BY: Self::Column;
}

/// Where every read starts: rows that have not been deleted.
pub trait Live: Audited {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that may")]
    fn live() -> Select<Self> {
        Self::find().filter(Self::IS_DELETED.eq(false))
    }

    /// Rows that have been soft-deleted, for those who restore them.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that may")]
    fn deleted() -> Select<Self> {
        Self::find().filter(Self::IS_DELETED.eq(true))
    }
}

impl<E: Audited> Live for E {}
