use sea_orm::{EntityTrait, ExprTrait, IntoSimpleExpr, QueryFilter, Select, sea_query::Expr};

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
        Self::find().filter(is_deleted::<Self>(false))
    }

    /// Rows that have been soft-deleted, for those who restore them.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that may")]
    fn deleted() -> Select<Self> {
        Self::find().filter(is_deleted::<Self>(true))
    }
}

impl<E: Audited> Live for E {}

/// The condition on the partial indexes, to the letter: with a parameter in it SQLite would not use them, and PostgreSQL
/// would plan every statement anew.
pub(crate) fn is_deleted<E: Audited>(is_deleted: bool) -> Expr {
    let literal = if is_deleted { "TRUE" } else { "FALSE" };
    E::IS_DELETED.into_simple_expr().eq(Expr::cust(literal))
}
