use sea_orm::{
    ColumnTrait, ExprTrait, IdenStatic, IntoSimpleExpr, QueryFilter, QueryTrait, Value,
    sea_query::{Alias, Expr, SelectStatement, TableRef},
};

use crate::{Audited, Result, Tx};

impl Tx {
    /// As [`Self::add`], but only while this holds of the row; answers whether it did. The database decides, so that of
    /// many at once none passes a limit.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that may")]
    pub async fn add_if<E, I>(&self, key: (E::Column, I), amounts: &[(E::Column, i64)], holds: Expr) -> Result<bool>
    where
        E: Audited,
        I: Into<Value>,
    {
        self.written.note::<E>();
        let (column, id) = key;
        let update = amounts.iter().fold(E::update_many(), |update, (column, amount)| {
            update.col_expr(*column, column.into_simple_expr().add(*amount))
        });
        let done = update.filter(column.eq(id)).filter(holds).exec(&self.conn).await?;
        Ok(done.rows_affected > 0)
    }

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
