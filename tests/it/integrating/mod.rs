//! What programs of others are told of what happens here.

mod feed;
mod killing;
mod webhooks;

use kernel::Permission;
use serde_json::{Value, json};
use testkit::{Person, TestApp};

/// Somebody whose programs may follow what happens.
async fn integrator(app: &TestApp) -> Person {
    app.with_permissions("Ines", &[Permission::EventsRead]).await
}

/// Events of these types after this cursor, at most so many, and where they end.
async fn read(person: &Person, types: &[&str], after: Option<String>, first: i32) -> (Vec<Value>, Option<String>) {
    let query = "query ($types: [String!], $after: String, $first: Int) {
        events(types: $types, after: $after, first: $first) {
            nodes { id type objectType objectId changedFields actorId happenedAt } pageInfo { endCursor } } }";
    let answer = person.ask_with(query, json!({"types": types, "after": after, "first": first})).await;
    let nodes = answer.at("/events/nodes").as_array().unwrap().clone();
    let end = answer.at("/events/pageInfo/endCursor").as_str().map(String::from);
    (nodes, end.or(after))
}
