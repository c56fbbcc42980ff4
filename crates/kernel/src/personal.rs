//! All rows about a person, as they are stored: what a copy of one's data is made of.

use sea_orm::{
    ConnectionTrait, EntityTrait, IdenStatic, Iterable, ModelTrait, QueryFilter, Value as Stored,
    sea_query::{Expr, sea_value_to_json_value},
};
use serde_json::{Map, Value};

use crate::Result;

/// The rows that `which` describes, deleted ones too, with all columns but the hidden ones. For the person they are about.
#[expect(clippy::disallowed_methods, reason = "what is deleted softly is still kept, and so belongs into the copy")]
pub async fn personal_rows<E: EntityTrait>(
    db: &impl ConnectionTrait,
    which: Expr,
    hidden: &[E::Column],
) -> Result<Vec<Value>>
where
    E::Model: Send + Sync,
{
    let hidden: Vec<&str> = hidden.iter().map(IdenStatic::as_str).collect();
    let rows = E::find().filter(which).all(db).await?;
    Ok(rows.iter().map(|row| Value::Object(shown::<E>(row, &hidden))).collect())
}

fn shown<E: EntityTrait>(row: &E::Model, hidden: &[&str]) -> Map<String, Value> {
    let columns = E::Column::iter().filter(|column| !hidden.contains(&column.as_str()));
    columns.map(|column| (column.as_str().into(), as_json(&row.get(column)))).collect()
}

/// SeaORM's own way writes times as SQL does, in apostrophes.
fn as_json(value: &Stored) -> Value {
    match value {
        Stored::ChronoDateTimeUtc(time) => time.as_ref().map(|time| time.to_rfc3339()).into(),
        value => sea_value_to_json_value(value),
    }
}
