use sea_orm::ConnectionTrait;
use serde_json::json;
use testkit::{Person, TestApp, on_both};

async fn titles(app: &TestApp, filter: &str) -> Vec<String> {
    let query = format!(
        "{{ courses(sort: {{field: TITLE, direction: ASC}}, filter: {filter}) {{ totalCount nodes {{ title }} }} }}"
    );
    let answer = app.ask(&query).await;
    let nodes = answer.at("/courses/nodes").as_array().unwrap();
    assert_eq!(answer.at("/courses/totalCount"), nodes.len(), "{filter}");
    nodes.iter().map(|node| node["title"].as_str().unwrap().to_string()).collect()
}

async fn publishes(teacher: &Person, title: &str, change: serde_json::Value) {
    let mut input = change;
    input["id"] = teacher.publishes(title).await.into();
    let query = "mutation ($input: UpdateCourseInput!) { updateCourse(input: $input) { userErrors { code } } }";
    assert_eq!(teacher.ask_with(query, json!({"input": input})).await.user_errors(), [""; 0]);
}

#[on_both]
async fn a_language_without_a_region_is_that_of_every_region(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    for (title, language) in [("Europe", "pt"), ("Brazil", "pt-BR"), ("Poland", "pl")] {
        publishes(&teacher, title, json!({"language": language})).await;
    }
    assert_eq!(titles(&app, "{language: \"pt\"}").await, ["Brazil", "Europe"]);
    assert_eq!(titles(&app, "{language: \"pt-BR\"}").await, ["Brazil"]);
    assert_eq!(titles(&app, "{language: \"p\"}").await, [""; 0]);
    assert_eq!(titles(&app, "{language: \"p%\"}").await, [""; 0]);
}

#[on_both]
async fn a_duration_has_two_ends_that_are_part_of_it(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    for (title, seconds) in [("Short", 60), ("Long", 7200)] {
        teacher.publishes(title).await;
        let set = format!("UPDATE courses SET duration = {seconds} WHERE title = '{title}'");
        app.db().write().execute_unprepared(&set).await.unwrap();
    }
    for (filter, found) in [
        ("{minDurationSeconds: 60}", &["Long", "Short"][..]),
        ("{minDurationSeconds: 61}", &["Long"]),
        ("{maxDurationSeconds: 60}", &["Short"]),
        ("{minDurationSeconds: 61, maxDurationSeconds: 7199}", &[]),
        ("{minDurationSeconds: -5, maxDurationSeconds: 2147483647}", &["Long", "Short"]),
    ] {
        assert_eq!(titles(&app, filter).await, found, "{filter}");
    }
}

/// Discounts come and go with the clock.
#[on_both]
async fn a_price_is_what_a_course_costs_at_present(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    teacher.publishes("Course").await;
    let set = "UPDATE courses SET price = 10000, discount_price = 500, currency = 'EUR'";
    app.db().write().execute_unprepared(set).await.unwrap();
    let below = |amount: &str| format!("{{maxPrice: {{amount: \"{amount}\", currency: \"EUR\"}}}}");
    let ranges = "{ courseFacets { prices { ranges { minPrice { amount } } } } }";
    let range = async || app.ask(ranges).await.at("/courseFacets/prices/ranges/0/minPrice/amount").clone();
    assert_eq!((titles(&app, &below("50")).await.len(), range().await), (1, json!("5.00")));
    let course = teacher.ask("{ courses { nodes { id } } }").await.at("/courses/nodes/0/id").clone();
    let end = format!("mutation {{ endDiscount(input: {{courseId: {course}}}) {{ userErrors {{ code }} }} }}");
    assert_eq!(teacher.ask(&end).await.user_errors(), [""; 0]);
    assert_eq!((titles(&app, &below("50")).await.len(), range().await), (0, json!("100.00")));
}
