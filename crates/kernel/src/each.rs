use sea_orm::{
    ColumnTrait, DbBackend, ExprTrait, IdenStatic, IntoSimpleExpr, QueryFilter, QueryTrait, Value,
    sea_query::{Alias, ColumnType, Expr, Func, Query, SelectStatement, TableRef},
};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::{Audited, EntityId, Permit, Result, Tx};

impl Tx {
    /// Sets columns of many rows, each to values of its own, in one statement with one parameter. `key` is the id; the values
    /// are numbers, truth values and texts, in the order of `columns`. Answers how many rows were changed.
    #[expect(clippy::disallowed_methods, reason = "one of the places that may")]
    pub async fn set_each<A, P, E: Audited, I: EntityId>(
        &self,
        _: &Permit<A, P>,
        key: E::Column,
        columns: &[E::Column],
        rows: Vec<(I, Vec<Json>)>,
    ) -> Result<u64> {
        if rows.is_empty() {
            return Ok(0);
        }
        self.written.note::<E>();
        let values = given::<E, I>(self.backend(), columns, rows);
        let of = |name: &str| Expr::col((Alias::new("given"), Alias::new(name)));
        let mut update = columns
            .iter()
            .fold(E::update_many(), |update, column| update.col_expr(*column, of(column.as_str())))
            .col_expr(E::UPDATED_AT, Expr::val(self.now))
            .col_expr(E::UPDATED_BY, Expr::val(self.viewer.actor()));
        QueryTrait::query(&mut update).from(TableRef::SubQuery(Box::new(values), "given".into()));
        let done = update.filter(key.into_simple_expr().eq(of("row_id"))).exec(&self.conn).await?;
        Ok(done.rows_affected)
    }
}

/// A table of the values, under the names of their columns, and of the rows' ids as `row_id`.
fn given<E: Audited, I: EntityId>(
    backend: DbBackend,
    columns: &[E::Column],
    rows: Vec<(I, Vec<Json>)>,
) -> SelectStatement {
    let rows = rows.into_iter().map(|(id, values)| {
        let id: Uuid = id.into();
        let mut row = vec![json!(id.simple().to_string())];
        row.extend(values);
        Json::from(row)
    });
    let rows = Json::from(rows.collect::<Vec<_>>());
    let mut given = Query::select();
    match backend {
        DbBackend::Postgres => {
            given.expr_as(Expr::cust("CAST(item ->> 0 AS uuid)"), "row_id");
            for (number, column) in columns.iter().enumerate() {
                given.expr_as(
                    Expr::cust(format!("CAST(item ->> {} AS {})", number + 1, cast::<E>(*column))),
                    column.as_str(),
                );
            }
            let items = Func::cust("jsonb_array_elements").arg(Value::from(rows));
            given.from_function(items, "item");
        }
        _ => {
            given.expr_as(Expr::cust("unhex(json_extract(value, '$[0]'))"), "row_id");
            for (number, column) in columns.iter().enumerate() {
                given.expr_as(Expr::cust(format!("json_extract(value, '$[{}]')", number + 1)), column.as_str());
            }
            given.from_function(Func::cust("json_each").arg(rows.to_string()), "items");
        }
    }
    given.take()
}

fn cast<E: Audited>(column: E::Column) -> &'static str {
    match column.def().get_column_type() {
        ColumnType::Integer => "integer",
        ColumnType::BigInteger => "bigint",
        ColumnType::Boolean => "boolean",
        _ => "text",
    }
}
