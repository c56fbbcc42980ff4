use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, IntoSimpleExpr, Order, Value, sea_query::Expr};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Error, Result};

/// One value that rows are ordered by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Scalar {
    #[serde(rename = "i")]
    Int(i64),
    #[serde(rename = "s")]
    Text(String),
    #[serde(rename = "t")]
    Time(DateTime<Utc>),
    #[serde(rename = "u")]
    Id(Uuid),
}

impl From<Scalar> for Value {
    fn from(scalar: Scalar) -> Self {
        match scalar {
            Scalar::Int(value) => value.into(),
            Scalar::Text(value) => value.into(),
            Scalar::Time(value) => value.into(),
            Scalar::Id(value) => value.into(),
        }
    }
}

/// Reads a key from a row.
type Get<R> = fn(&R) -> Scalar;

/// What rows are ordered by.
#[derive(Clone)]
enum By<E: EntityTrait> {
    Column(E::Column),
    /// What the statement computes: keys of this kind.
    Computed(Expr, fn(&Scalar) -> bool),
}

impl<E: EntityTrait> By<E> {
    fn expr(&self) -> Expr {
        match self {
            Self::Column(column) => column.into_simple_expr(),
            Self::Computed(expr, _) => expr.clone(),
        }
    }

    fn save(&self, key: Scalar) -> Expr {
        let value = Expr::val(Value::from(key));
        match self {
            Self::Column(column) => column.save_as(value),
            Self::Computed(..) => value,
        }
    }

    fn suits(&self, key: &Scalar) -> bool {
        match self {
            Self::Column(column) => suits::<E>(*column, key),
            Self::Computed(_, is_kind) => is_storable(key) && is_kind(key),
        }
    }
}

/// A total order over rows `R` of entity `E`: its last key is the id, so that no two rows are equal. All keys run in
/// one direction, which makes "after this row" one row comparison that an index answers.
#[derive(Clone)]
pub struct Sort<E: EntityTrait, R> {
    name: &'static str,
    order: Order,
    keys: Vec<(By<E>, Get<R>)>,
}

impl<E: EntityTrait, R> Sort<E, R> {
    /// `name` goes into cursors: one made for another sort is refused.
    pub fn ascending(name: &'static str) -> Self {
        Self { name, order: Order::Asc, keys: vec![] }
    }

    pub fn descending(name: &'static str) -> Self {
        Self { name, order: Order::Desc, keys: vec![] }
    }

    /// Adds a key; the last one has to be the id.
    pub fn by(mut self, column: E::Column, of: Get<R>) -> Self {
        self.keys.push((By::Column(column), of));
        self
    }

    /// Adds a whole number that the statement computes.
    pub fn by_number(mut self, number: Expr, of: Get<R>) -> Self {
        self.keys.push((By::Computed(number, |key| matches!(key, Scalar::Int(_))), of));
        self
    }

    /// Adds a text that the statement computes.
    pub fn by_text(mut self, text: Expr, of: Get<R>) -> Self {
        self.keys.push((By::Computed(text, |key| matches!(key, Scalar::Text(_))), of));
        self
    }

    /// Adds a time that the statement computes.
    pub fn by_time(mut self, time: Expr, of: Get<R>) -> Self {
        self.keys.push((By::Computed(time, |key| matches!(key, Scalar::Time(_))), of));
        self
    }

    pub(crate) fn orders(&self, backward: bool) -> impl Iterator<Item = (Expr, Order)> {
        let order = if backward { reverse(&self.order) } else { self.order.clone() };
        self.keys.iter().map(move |(by, _)| (by.expr(), order.clone()))
    }

    pub(crate) fn cursor(&self, row: &R) -> Cursor {
        let descending = self.order == Order::Desc;
        Cursor { sort: self.name, descending, keys: self.keys.iter().map(|(_, of)| of(row)).collect() }
    }

    /// The rows strictly after this cursor, or strictly before it.
    pub(crate) fn beyond(&self, cursor: &str, before: bool, field: &'static str) -> Result<Expr> {
        let keys = self.decode(cursor).ok_or_else(|| {
            Error::bad_input(field, "not a cursor of this list and sort: take one from `pageInfo` or `edges`")
        })?;
        let row = Expr::tuple(self.keys.iter().map(|(by, _)| by.expr()));
        let mark = Expr::tuple(self.keys.iter().zip(keys).map(|((by, _), key)| by.save(key)));
        let greater = (self.order == Order::Asc) != before;
        Ok(if greater { row.gt(mark) } else { row.lt(mark) })
    }

    fn decode(&self, cursor: &str) -> Option<Vec<Scalar>> {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (sort, descending, keys): (String, bool, Vec<Scalar>) = serde_json::from_slice(&bytes).ok()?;
        let fits = sort == self.name
            && descending == (self.order == Order::Desc)
            && keys.len() == self.keys.len()
            && self.keys.iter().zip(&keys).all(|((by, _), key)| by.suits(key));
        fits.then_some(keys)
    }
}

/// A cursor that somebody edited may carry a value of another type, which PostgreSQL would not compare, or one that it
/// can't hold.
fn suits<E: EntityTrait>(column: E::Column, key: &Scalar) -> bool {
    use sea_orm::sea_query::ColumnType;
    is_storable(key)
        && matches!(
            (column.def().get_column_type(), key),
            (ColumnType::Integer | ColumnType::BigInteger, Scalar::Int(_))
                | (ColumnType::String(_) | ColumnType::Text, Scalar::Text(_))
                | (ColumnType::Timestamp | ColumnType::TimestampWithTimeZone | ColumnType::DateTime, Scalar::Time(_))
                | (ColumnType::Uuid, Scalar::Id(_))
        )
}

fn is_storable(key: &Scalar) -> bool {
    use chrono::Datelike;
    match key {
        Scalar::Text(text) => !text.contains('\0'),
        Scalar::Time(time) => (1..=9999).contains(&time.year()),
        Scalar::Int(_) | Scalar::Id(_) => true,
    }
}

fn reverse(order: &Order) -> Order {
    if *order == Order::Asc { Order::Desc } else { Order::Asc }
}

/// Where a row stands in a list. Opaque to clients.
#[derive(Clone, Debug)]
pub struct Cursor {
    sort: &'static str,
    descending: bool,
    keys: Vec<Scalar>,
}

impl Cursor {
    /// The cursor as clients see it.
    pub fn encode(&self) -> String {
        let json = serde_json::json!([self.sort, self.descending, self.keys]);
        URL_SAFE_NO_PAD.encode(json.to_string())
    }
}
