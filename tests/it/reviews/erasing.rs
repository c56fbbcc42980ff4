use serde_json::{Value, json};
use testkit::{TestApp, on_both};

use super::{does, learner, moderator, numbers, reports, reviews, votes};

/// What others read stays, by nobody; what only few could read goes.
#[on_both]
async fn who_has_gone_leaves_stars_and_words_and_no_name(app: TestApp) {
    let course = app.instructor("Tomas").await.publishes("Rust").await;
    let (ada, ben, mod_) =
        (learner(&app, "Ada", &course).await, learner(&app, "Ben", &course).await, moderator(&app, "Mo").await);
    let (of_ada, of_ben) = (reviews(&ada, &course, 5).await, reviews(&ben, &course, 1).await);
    does(&ada, "updateReview", json!({"id": of_ada, "comment": "Second words."}), "").await.data();
    votes(&ada, &of_ben, true).await.data();
    reports(&ada, &of_ben).await.data();
    app.erases(&ada).await;
    assert_eq!(numbers(&app, &course).await, json!([3.0, 2, [1, 0, 0, 0, 1]]));
    let query = "query ($a: ID!, $b: ID!) { a: node(id: $a) { ... on Review { comment author { name } revisions { nodes { title comment } } } }
        b: node(id: $b) { ... on Review { helpfulCount reportedCount reports { nodes { text reporter { name } } } } } }";
    let seen = mod_.ask_with(query, json!({"a": of_ada, "b": of_ben})).await;
    let a = json!({"comment": "Second words.", "author": null, "revisions": {"nodes": [{"title": "", "comment": ""}]}});
    let b =
        json!({"helpfulCount": 1, "reportedCount": 1, "reports": {"nodes": [{"text": "", "reporter": Value::Null}]}});
    assert_eq!(seen.data(), &json!({"a": a, "b": b}));
}
