use sea_orm::{
    ExprTrait, IdenStatic, IntoSimpleExpr, QueryFilter, QueryTrait,
    sea_query::{Alias, Expr, SelectStatement, TableRef},
};

use crate::{Audited, Result, Tx};

impl Tx {
    /// As [`Self::add`], for many rows in one statement: `amounts` selects, under the name of `key` and of each counter,
    /// which row and how much.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that may")]
    pub async fn add_all<E: Audited>(
        &self,
        key: E::Column,
        amounts: SelectStatement,
        counters: &[E::Column],
    ) -> Result<u64> {
        self.written.note::<E>();
        let amount = |column: &E::Column| Expr::col((Alias::new("amounts"), Alias::new(column.as_str())));
        let mut update = counters.iter().fold(E::update_many(), |update, column| {
            update.col_expr(*column, column.into_simple_expr().add(amount(column)))
        });
        QueryTrait::query(&mut update).from(TableRef::SubQuery(Box::new(amounts), "amounts".into()));
        let done = update.filter(key.into_simple_expr().eq(amount(&key))).exec(&self.conn).await?;
        Ok(done.rows_affected)
    }
}
