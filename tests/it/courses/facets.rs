use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use testkit::{Person, TestApp, on_both};

const ALL: &str = "
    categories { category { name } count } tags { tag count } difficulties { difficulty count }
    languages { language count } instructors { instructor { name } count } ratings { minRating count }
    durations { minDurationSeconds maxDurationSeconds count }
    prices { freeCount paidCount ranges { minPrice { amount currency } maxPrice { amount } count } }";

async fn facets(app: &TestApp, arguments: &str, fields: &str) -> Value {
    let arguments = if arguments.is_empty() { String::new() } else { format!("({arguments})") };
    app.ask(&format!("{{ courseFacets{arguments} {{ {fields} }} }}")).await.at("/courseFacets").clone()
}

async fn publishes(app: &TestApp, teacher: &Person, title: &str, (seconds, stars): (i32, i32), change: Value) {
    let mut input = change;
    input["id"] = teacher.publishes(title).await.into();
    let query = "mutation ($input: UpdateCourseInput!) { updateCourse(input: $input) { userErrors { code } } }";
    assert_eq!(teacher.ask_with(query, json!({"input": input})).await.user_errors(), [""; 0]);
    let rated = format!(
        "UPDATE courses SET duration = {seconds}, rating_count = {}, rating_sum = {stars} WHERE title = '{title}'",
        stars.min(1)
    );
    app.db().write().execute_unprepared(&rated).await.unwrap();
}

async fn school(app: &TestApp) {
    let (tomas, eve) = (app.instructor("Tomas").await, app.instructor("Eve").await);
    let code = super::categories::add(app, "Code", None, 0, true).await;
    let rust = super::categories::add(app, "Rust", Some(&code), 0, true).await;
    super::categories::add(app, "Hidden", None, 0, false).await;
    let price = |amount: &str, currency: &str| json!({"amount": amount, "currency": currency});
    publishes(app, &tomas, "Alpha", (60, 5), json!({"categoryId": code, "tags": ["x", "y"]})).await;
    let beta = json!({"categoryId": rust, "tags": ["x"], "difficulty": "ADVANCED", "price": price("4.99", "EUR")});
    publishes(app, &tomas, "Beta", (3_600, 4), beta).await;
    let gamma = json!({"categoryId": rust, "language": "de", "price": price("5.00", "EUR")});
    publishes(app, &eve, "Gamma", (70_000, 3), gamma).await;
    publishes(app, &tomas, "Delta", (0, 0), json!({"price": price("20000", "USD")})).await;
    let hide = "UPDATE courses SET category_id = (SELECT id FROM course_categories WHERE slug = 'hidden') WHERE title = 'Delta'";
    app.db().write().execute_unprepared(hide).await.unwrap();
    tomas.drafts("Draft").await;
}

#[on_both]
async fn every_dimension_is_counted(app: TestApp) {
    school(&app).await;
    let price = |amount: &str, currency: &str| json!({"amount": amount, "currency": currency});
    let expected = json!({
        "categories": [
            {"category": {"name": "Code"}, "count": 3},
            {"category": {"name": "Rust"}, "count": 2},
        ],
        "tags": [{"tag": "x", "count": 2}, {"tag": "y", "count": 1}],
        "difficulties": [{"difficulty": "BEGINNER", "count": 3}, {"difficulty": "ADVANCED", "count": 1}],
        "languages": [{"language": "en", "count": 3}, {"language": "de", "count": 1}],
        "instructors": [
            {"instructor": {"name": "Tomas"}, "count": 3},
            {"instructor": {"name": "Eve"}, "count": 1},
        ],
        "ratings": [
            {"minRating": 4.5, "count": 1}, {"minRating": 4.0, "count": 2},
            {"minRating": 3.5, "count": 2}, {"minRating": 3.0, "count": 3},
        ],
        "durations": [
            {"minDurationSeconds": 0, "maxDurationSeconds": 3599, "count": 2},
            {"minDurationSeconds": 3600, "maxDurationSeconds": 10799, "count": 1},
            {"minDurationSeconds": 61200, "maxDurationSeconds": null, "count": 1},
        ],
        "prices": {"freeCount": 1, "paidCount": 3, "ranges": [
            {"minPrice": price("0.00", "EUR"), "maxPrice": {"amount": "4.99"}, "count": 1},
            {"minPrice": price("5.00", "EUR"), "maxPrice": {"amount": "9.99"}, "count": 1},
            {"minPrice": price("0.00", "USD"), "maxPrice": {"amount": "4.99"}, "count": 1},
            {"minPrice": price("10000.00", "USD"), "maxPrice": null, "count": 1},
        ]},
    });
    assert_eq!(facets(&app, "", ALL).await, expected);
}

#[on_both]
async fn a_dimension_is_counted_without_its_own_part_of_the_filter(app: TestApp) {
    school(&app).await;
    let rust = app.ask("{ category(slug: \"rust\") { id } }").await.at("/category/id").clone();
    let tags = json!([{"tag": "x", "count": 2}, {"tag": "y", "count": 1}]);
    for (filter, field, without) in [
        (format!("categoryId: {rust}"), "categories { count }", json!([{"count": 3}, {"count": 2}])),
        ("tag: \"y\"".into(), "tags { tag count }", tags),
        ("difficulty: ADVANCED".into(), "difficulties { count }", json!([{"count": 3}, {"count": 1}])),
        ("language: \"de\"".into(), "languages { count }", json!([{"count": 3}, {"count": 1}])),
        ("minRating: 5".into(), "ratings { count }", json!([{"count": 1}, {"count": 2}, {"count": 2}, {"count": 3}])),
        ("minDurationSeconds: 61200".into(), "durations { count }", json!([{"count": 2}, {"count": 1}, {"count": 1}])),
        ("isFree: true".into(), "prices { freeCount paidCount }", json!({"freeCount": 1, "paidCount": 3})),
    ] {
        let name = field.split(' ').next().unwrap();
        let filter = format!("filter: {{{filter}}}");
        assert_eq!(facets(&app, &filter, field).await[name], without, "{filter}");
        // The other dimensions follow it.
        let total: i64 = 4;
        let other = if name == "languages" { "difficulties" } else { "languages" };
        let others = facets(&app, &filter, &format!("{other} {{ count }}")).await;
        let narrowed: i64 =
            others[other].as_array().unwrap().iter().map(|facet| facet["count"].as_i64().unwrap()).sum();
        assert!(narrowed < total, "{filter}: {others}");
    }
}

/// What a facet promises, the list keeps.
#[on_both]
async fn a_count_is_what_the_filter_then_finds(app: TestApp) {
    school(&app).await;
    let found = async |filter: String| {
        let answer = app.ask(&format!("{{ courses(filter: {{{filter}}}) {{ totalCount }} }}")).await;
        answer.at("/courses/totalCount").clone()
    };
    let all =
        facets(&app, "", &ALL.replace("category { name }", "category { id }").replace("{ name }", "{ id }")).await;
    for facet in all["categories"].as_array().unwrap() {
        assert_eq!(found(format!("categoryId: {}", facet["category"]["id"])).await, facet["count"], "{facet}");
    }
    for facet in all["instructors"].as_array().unwrap() {
        assert_eq!(found(format!("instructorId: {}", facet["instructor"]["id"])).await, facet["count"], "{facet}");
    }
    for facet in all["ratings"].as_array().unwrap() {
        assert_eq!(found(format!("minRating: {}", facet["minRating"])).await, facet["count"], "{facet}");
    }
    for facet in all["durations"].as_array().unwrap() {
        let (min, max) = (&facet["minDurationSeconds"], &facet["maxDurationSeconds"]);
        let filter = format!("minDurationSeconds: {min}, maxDurationSeconds: {max}");
        assert_eq!(found(filter).await, facet["count"], "{facet}");
    }
    for facet in all["prices"]["ranges"].as_array().unwrap() {
        let currency = &facet["minPrice"]["currency"];
        let money = |amount: &Value| format!("{{amount: {amount}, currency: {currency}}}");
        let max = facet["maxPrice"].get("amount").map(|amount| format!(", maxPrice: {}", money(amount)));
        let filter = format!("minPrice: {}{}", money(&facet["minPrice"]["amount"]), max.unwrap_or_default());
        assert_eq!(found(filter).await, facet["count"], "{facet}");
    }
}

#[on_both]
async fn a_search_narrows_every_dimension(app: TestApp) {
    school(&app).await;
    let found = facets(&app, "search: \"gam\"", ALL).await;
    assert_eq!(found["languages"], json!([{"language": "de", "count": 1}]));
    assert_eq!(found["categories"][0]["count"], 1);
    assert_eq!(found["tags"], json!([]));
    assert_eq!(found["prices"]["paidCount"], 1);
}

#[on_both]
async fn a_dimension_is_one_statement_and_only_when_it_is_asked_for(app: TestApp) {
    school(&app).await;
    for (fields, most) in [("tags { count }", 1), ("tags { count } prices { freeCount }", 2), ("__typename", 0)] {
        let (_, statements) = app.statements(facets(&app, "", fields)).await;
        assert_eq!(statements.len(), most, "{statements:#?}");
    }
    let (_, statements) = app.statements(facets(&app, "", ALL)).await;
    // One for each, and one each for the names of categories and people.
    assert_eq!(statements.len(), 10, "{statements:#?}");
}

#[on_both]
async fn a_dimension_has_an_end(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    for part in 0..3 {
        let tags: Vec<String> = (0..20).map(|number| format!("tag{part}{number:02}")).collect();
        publishes(&app, &teacher, &format!("Course {part}"), (0, 0), json!({"tags": tags})).await;
    }
    let found = facets(&app, "", "tags { tag }").await;
    assert_eq!(found["tags"].as_array().unwrap().len(), 50);
}

#[on_both]
async fn a_bad_filter_is_refused_by_name(app: TestApp) {
    let answer = app.ask("{ courseFacets(filter: {minRating: 9}) { tags { count } } }").await;
    assert_eq!(answer.codes(), ["BAD_USER_INPUT"]);
    assert_eq!(answer.0["data"], json!({"courseFacets": null}));
}
