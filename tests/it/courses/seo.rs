use kernel::{CourseId, EntityId};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

const SEO: &str =
    "course { seo { title description keywords canonicalUrl imageUrl noIndex } } userErrors { code field }";

async fn update(person: &Person, id: &str, seo: Value) -> Answer {
    let query = format!("mutation ($input: UpdateCourseInput!) {{ updateCourse(input: $input) {{ {SEO} }} }}");
    person.ask_with(&query, json!({"input": {"id": id, "seo": seo}})).await
}

fn nothing() -> Value {
    json!({"title": null, "description": null, "keywords": [], "canonicalUrl": null, "imageUrl": null, "noIndex": false})
}

#[on_both]
async fn what_search_engines_are_told_is_kept_as_a_whole(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let query = format!("mutation ($input: CreateCourseInput!) {{ createCourse(input: $input) {{ {SEO} }} }}");
    let seo = json!({"title": " Learn Rust ", "description": "Safely.", "keywords": ["rust", " systems "],
        "canonicalUrl": "https://example.org/rust", "imageUrl": "https://example.org/rust.png", "noIndex": true});
    let made = tomas.ask_with(&query, json!({"input": {"title": "Rust", "seo": seo}})).await;
    let wanted = json!({"title": "Learn Rust", "description": "Safely.", "keywords": ["rust", "systems"],
        "canonicalUrl": "https://example.org/rust", "imageUrl": "https://example.org/rust.png", "noIndex": true});
    assert_eq!(made.at("/createCourse/course/seo"), &wanted);
    let id = tomas.drafts("Go").await;
    let seen =
        "query ($id: ID!) { course(id: $id) { seo { title description keywords canonicalUrl imageUrl noIndex } } }";
    assert_eq!(tomas.ask_with(seen, json!({"id": id})).await.at("/course/seo"), &nothing());
    let some = update(&tomas, &id, json!({"title": "Learn Go"})).await;
    assert_eq!(some.at("/updateCourse/course/seo/title"), "Learn Go");
    // All of it is set: what is left out is empty.
    let others = update(&tomas, &id, json!({"keywords": ["go"]})).await;
    assert_eq!(others.at("/updateCourse/course/seo/title"), &Value::Null);
    assert_eq!(update(&tomas, &id, Value::Null).await.at("/updateCourse/course/seo"), &nothing());
}

#[on_both]
async fn what_is_wrong_with_it_is_said_by_its_path(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let id = tomas.drafts("Rust").await;
    let wrong = json!({"title": "x".repeat(121), "description": "x".repeat(321), "keywords": [""],
        "canonicalUrl": "/rust", "imageUrl": "javascript:alert(1)"});
    let answer = update(&tomas, &id, wrong).await;
    let error = |code: &str, field: &str| json!({"code": code, "field": ["input", "seo", field]});
    assert_eq!(
        answer.at("/updateCourse/userErrors"),
        &json!([
            error("COURSE_SEO_TITLE_TOO_LONG", "title"),
            error("COURSE_SEO_DESCRIPTION_TOO_LONG", "description"),
            error("COURSE_SEO_KEYWORDS_INVALID", "keywords"),
            error("COURSE_SEO_ADDRESS_INVALID", "canonicalUrl"),
            error("COURSE_SEO_ADDRESS_INVALID", "imageUrl"),
        ])
    );
    let many: Vec<_> = (0..21).map(|n| n.to_string()).collect();
    assert_eq!(update(&tomas, &id, json!({"keywords": many})).await.user_errors(), ["COURSE_SEO_KEYWORDS_INVALID"]);
    let longest = json!({"title": "ä".repeat(120), "description": "ä".repeat(320), "keywords": many[..20]});
    assert_eq!(update(&tomas, &id, longest).await.user_errors(), [""; 0]);
}

/// The column was free once.
#[on_both]
async fn what_an_older_version_has_kept_is_read_as_far_as_it_makes_sense(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let id = tomas.drafts("Rust").await;
    let uuid = uuid::Uuid::from(CourseId::from_wire(&id).unwrap());
    let course = crate::conventions::dictionary::uuid_literal(app.db().backend(), uuid);
    let kept = r#"{"title": "Old", "description": 7, "keywords": ["a", 7], "more": {"x": 1}}"#;
    let change = format!("UPDATE courses SET seo_metadata = '{kept}' WHERE id = {course}");
    app.db().write().execute_unprepared(&change).await.unwrap();
    let seen = tomas.ask_with(
        "query ($id: ID!) { course(id: $id) { seo { title description keywords noIndex } } }",
        json!({"id": id}),
    );
    let wanted = json!({"title": "Old", "description": null, "keywords": ["a"], "noIndex": false});
    assert_eq!(seen.await.at("/course/seo"), &wanted);
}
