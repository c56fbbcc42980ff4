//! What an answer stands on, when that is not there any more as it was, or not for whoever asked.

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use testkit::{TestApp, on_both};

use super::{Class, OWNERSHIP, asks, changes_section, ids, seen};

const QUESTION: &str = "Who is the owner of a value?";

async fn is_stale(class: &Class, message: &str) -> Value {
    seen(&class.ada, message).await["citations"][0]["stale"].clone()
}

#[on_both]
async fn what_one_may_not_open_any_more_is_stale(app: TestApp) {
    let class = Class::open(&app).await;
    let (message, _) = ids(&asks(&class.ada, &class.course, None, QUESTION).await);
    app.run_jobs().await;
    assert_eq!(is_stale(&class, &message).await, false);
    let published = async |is: bool| changes_section(&class.tomas, &class.ownership, json!({"isPublished": is})).await;
    published(false).await;
    assert_eq!(is_stale(&class, &message).await, true, "the section is closed");
    published(true).await;
    assert_eq!(is_stale(&class, &message).await, false, "it is open again, and says the same");
    let sets = async |what: &str| app.db().write().execute_unprepared(what).await.unwrap();
    sets("UPDATE enrollments SET suspended_at = enrolled_at").await;
    assert_eq!(is_stale(&class, &message).await, true, "one does not learn there now");
    sets("UPDATE enrollments SET suspended_at = NULL").await;
    assert_eq!(is_stale(&class, &message).await, false);
    sets("UPDATE courses SET is_deleted = TRUE").await;
    assert_eq!(is_stale(&class, &message).await, true, "the course is gone");
}

#[on_both]
async fn what_a_program_reads_of_it_has_the_ids_of_the_api(app: TestApp) {
    let class = Class::open(&app).await;
    let (message, _) = ids(&asks(&class.ada, &class.course, None, QUESTION).await);
    let query = "query ($id: ID!) { node(id: $id) { ... on AiChat { contextData } } }";
    let told = async || class.ada.ask_with(query, json!({"id": message})).await.at("/node/contextData").clone();
    assert_eq!(told().await, json!({}), "nothing yet");
    app.run_jobs().await;
    let citation = json!({"number": 1, "kind": "SECTION", "title": "Ownership", "quote": OWNERSHIP, "version": 1,
        "sectionId": class.ownership, "mediaId": null, "startOffset": 0, "endOffset": OWNERSHIP.chars().count()});
    assert_eq!(told().await, json!({"citations": [citation]}));
}
