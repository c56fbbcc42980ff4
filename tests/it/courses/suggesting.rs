use kernel::Viewer;
use serde_json::{Value, json};
use testkit::{TestApp, on_both};

async fn suggested(app: &TestApp, viewer: &Viewer, search: &str) -> Value {
    let query = "query ($search: String!) { courseSearchSuggestion(search: $search) }";
    app.ask_as(viewer, query, json!({"search": search})).await.at("/courseSearchSuggestion").clone()
}

#[on_both]
async fn a_search_that_finds_nothing_is_mended(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    teacher.publishes("Python for Beginners").await;
    teacher.publishes("Pottery").await;
    for (search, meant) in [
        ("pyhton", json!("python")),
        ("PYTHN", json!("python")),
        ("pottrey", json!("pottery")),
        ("pythno for begnners", json!("python for beginners")),
        ("python for begginers", json!("python for beginners")),
        // It finds something, or nothing is close, or both words are right and never together.
        ("python", Value::Null),
        ("pyth", Value::Null),
        ("pyzzzzz", Value::Null),
        ("python pottery", Value::Null),
        ("", Value::Null),
        ("🚀", Value::Null),
        ("'\"%_", Value::Null),
    ] {
        assert_eq!(suggested(&app, &Viewer::Anonymous, search).await, meant, "{search}");
    }
    suggested(&app, &Viewer::Anonymous, &"x".repeat(10_000)).await;
}

/// The words of a draft are nobody else's to hear.
#[on_both]
async fn nothing_is_suggested_that_one_may_not_see(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    teacher.drafts("Skunkworks").await;
    assert_eq!(suggested(&app, &Viewer::Anonymous, "skunkwroks").await, Value::Null);
    assert_eq!(suggested(&app, &teacher.viewer, "skunkwroks").await, "skunkworks");
}
