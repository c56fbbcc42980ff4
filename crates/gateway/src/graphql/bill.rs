use async_graphql::Value;
use serde_json::json;

use super::{Limits, guard::Shape};
use crate::rates::Left;

/// What an operation was counted as, beside what is allowed; what is left of the minute where that is limited.
pub fn bill(shape: &Shape, limits: &Limits, left: Option<Left>) -> Value {
    let one = |used: u64, limit: u64| json!({"used": used, "limit": limit});
    let rate = left.map(|left| json!({"limit": left.limit, "remaining": left.remaining}));
    let bill = json!({
        "cost": shape.cost,
        "limit": limits.cost,
        "perMinute": rate,
        "depth": one(shape.depth, limits.depth),
        "selections": one(shape.selections, limits.selections),
        "aliases": one(shape.aliases, limits.aliases),
        "directives": one(shape.directives, limits.directives),
    });
    Value::from_json(bill).unwrap_or_default()
}
