use serde_json::{Value, json};
use testkit::{Answer, TestApp, on_both};

async fn school(app: &TestApp) {
    let teacher = app.instructor("Tomas").await;
    let code = super::categories::add(app, "Code", None, 0, true).await;
    let rust = super::categories::add(app, "Systems", Some(&code), 0, true).await;
    for (title, change) in [
        ("Alpha 100%", json!({"price": {"amount": "10.00", "currency": "EUR"}, "tags": ["x"], "categoryId": code})),
        ("Beta", json!({"difficulty": "ADVANCED", "categoryId": rust})),
        ("Gamma", json!({"language": "de", "shortDescription": "About alpha particles"})),
        ("Delta", json!({"price": {"amount": "30.00", "currency": "EUR"}})),
        ("Epsilon", json!({"price": {"amount": "20.00", "currency": "USD"}, "tags": ["x", "y"]})),
    ] {
        let id = teacher.publishes(title).await;
        let mut input = change;
        input["id"] = id.into();
        let answer = teacher
            .ask_with(
                "mutation ($input: UpdateCourseInput!) { updateCourse(input: $input) { userErrors { code } } }",
                json!({"input": input}),
            )
            .await;
        assert!(answer.user_errors().is_empty());
        app.world.pass(chrono::Duration::seconds(1));
    }
    teacher.drafts("Draft").await;
}

async fn titles(app: &TestApp, arguments: &str) -> Vec<String> {
    let answer = app.ask(&format!("{{ courses({arguments}) {{ totalCount nodes {{ title }} }} }}")).await;
    let found = names(&answer);
    assert_eq!(answer.at("/courses/totalCount"), found.len(), "{arguments}");
    found
}

fn names(answer: &Answer) -> Vec<String> {
    answer
        .at("/courses/nodes")
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["title"].as_str().unwrap().to_string())
        .collect()
}

#[on_both]
async fn each_filter_narrows(app: TestApp) {
    school(&app).await;
    let by_title = "sort: {field: TITLE, direction: ASC}";
    let category =
        app.ask("{ category(slug: \"code\") { id } }").await.at("/category/id").as_str().unwrap().to_string();
    let teacher = app
        .ask("{ courses(first: 1) { nodes { instructor { id } } } }")
        .await
        .at("/courses/nodes/0/instructor/id")
        .as_str()
        .unwrap()
        .to_string();
    let all: &[&str] = &["Alpha 100%", "Beta", "Delta", "Epsilon", "Gamma"];
    for (filter, expected) in [
        ("{}".to_string(), all),
        ("{tag: \"X\"}".into(), &["Alpha 100%", "Epsilon"]),
        ("{difficulty: ADVANCED}".into(), &["Beta"]),
        ("{language: \"de\"}".into(), &["Gamma"]),
        ("{isFree: true}".into(), &["Beta", "Gamma"]),
        ("{isFree: false}".into(), &["Alpha 100%", "Delta", "Epsilon"]),
        (
            "{minPrice: {amount: \"10\", currency: \"EUR\"}, maxPrice: {amount: \"29.99\", currency: \"EUR\"}}".into(),
            &["Alpha 100%"],
        ),
        ("{minRating: 1}".into(), &[]),
        ("{minRating: 0}".into(), all),
        ("{status: DRAFT}".into(), &[]),
        (format!("{{categoryId: \"{category}\"}}"), &["Alpha 100%", "Beta"]),
        (format!("{{instructorId: \"{teacher}\"}}"), all),
        (format!("{{categoryId: \"{category}\", isFree: true}}"), &["Beta"]),
    ] {
        assert_eq!(titles(&app, &format!("{by_title}, filter: {filter}")).await, expected, "{filter}");
    }
}

#[on_both]
async fn each_order_runs_both_ways(app: TestApp) {
    school(&app).await;
    for (field, ascending) in [
        ("TITLE", ["Alpha 100%", "Beta", "Delta", "Epsilon", "Gamma"]),
        ("NEWEST", ["Alpha 100%", "Beta", "Gamma", "Delta", "Epsilon"]),
        ("PRICE", ["Beta", "Gamma", "Alpha 100%", "Epsilon", "Delta"]),
        ("POPULARITY", ["Alpha 100%", "Beta", "Gamma", "Delta", "Epsilon"]),
        ("RATING", ["Alpha 100%", "Beta", "Gamma", "Delta", "Epsilon"]),
    ] {
        assert_eq!(titles(&app, &format!("sort: {{field: {field}, direction: ASC}}")).await, ascending, "{field}");
        let mut descending = ascending;
        descending.reverse();
        assert_eq!(titles(&app, &format!("sort: {{field: {field}, direction: DESC}}")).await, descending, "{field}");
    }
}

#[on_both]
async fn pages_forward_and_back_meet_every_course_once(app: TestApp) {
    school(&app).await;
    for field in ["TITLE", "NEWEST", "PRICE", "POPULARITY", "RATING"] {
        for direction in ["ASC", "DESC"] {
            let sort = format!("sort: {{field: {field}, direction: {direction}}}");
            let all = titles(&app, &sort).await;
            let (mut forward, mut cursor) = (Vec::new(), Value::Null);
            loop {
                let answer = page(&app, &format!("{sort}, first: 2, after: $cursor"), &cursor).await;
                assert_eq!(answer.at("/courses/pageInfo/hasPreviousPage"), !cursor.is_null());
                forward.extend(names(&answer));
                cursor = answer.at("/courses/pageInfo/endCursor").clone();
                if answer.at("/courses/pageInfo/hasNextPage") == false {
                    break;
                }
            }
            assert_eq!(forward, all, "{sort}");
            let (mut backward, mut cursor) = (Vec::new(), Value::Null);
            loop {
                let answer = page(&app, &format!("{sort}, last: 2, before: $cursor"), &cursor).await;
                backward.splice(0..0, names(&answer));
                cursor = answer.at("/courses/pageInfo/startCursor").clone();
                if answer.at("/courses/pageInfo/hasPreviousPage") == false {
                    break;
                }
            }
            assert_eq!(backward, all, "{sort}");
        }
    }
}

async fn page(app: &TestApp, arguments: &str, cursor: &Value) -> Answer {
    let query = format!(
        "query ($cursor: String) {{ courses({arguments}) {{ nodes {{ title }} pageInfo {{ startCursor endCursor hasNextPage hasPreviousPage }} }} }}"
    );
    app.ask_as(&kernel::Viewer::Anonymous, &query, json!({"cursor": cursor})).await
}

#[on_both]
async fn a_page_is_stable_when_courses_are_added_before_it(app: TestApp) {
    school(&app).await;
    let sort = "sort: {field: NEWEST, direction: DESC}";
    let first = page(&app, &format!("{sort}, first: 2, after: $cursor"), &Value::Null).await;
    assert_eq!(names(&first), ["Epsilon", "Delta"]);
    app.instructor("Eve").await.publishes("Newer").await;
    let second =
        page(&app, &format!("{sort}, first: 2, after: $cursor"), first.at("/courses/pageInfo/endCursor")).await;
    assert_eq!(names(&second), ["Gamma", "Beta"]);
}

#[on_both]
async fn bad_arguments_are_refused_by_name(app: TestApp) {
    school(&app).await;
    let title = page(&app, "sort: {field: TITLE, direction: ASC}, first: 1, after: $cursor", &Value::Null).await;
    let cursor = title.at("/courses/pageInfo/endCursor").as_str().unwrap().to_string();
    for (arguments, field, says) in [
        ("first: 101".to_string(), "first", "`first` must be from 0 to 100, not 101"),
        ("last: -1".into(), "last", "`last` must be from 0 to 100, not -1"),
        ("first: 1, last: 1".into(), "last", "give either `first` or `last`, not both"),
        (
            "after: \"nonsense\"".into(),
            "after",
            "not a cursor of this list and sort: take one from `pageInfo` or `edges`",
        ),
        (
            format!("after: \"{cursor}\""),
            "after",
            "not a cursor of this list and sort: take one from `pageInfo` or `edges`",
        ),
        ("filter: {minRating: 6}".into(), "filter", "a rating is from 0 to 5"),
        (
            "filter: {minPrice: {amount: \"x\", currency: \"EUR\"}}".into(),
            "filter",
            "a price is a decimal number that is not negative and no finer than the currency's minor unit",
        ),
        (
            "filter: {minPrice: {amount: \"1\", currency: \"EUR\"}, maxPrice: {amount: \"1\", currency: \"USD\"}}"
                .into(),
            "filter",
            "`minPrice` and `maxPrice` have to be of one currency",
        ),
        ("filter: {categoryId: \"x\"}".into(), "filter", "expected an id that starts with `category_`"),
    ] {
        let answer = app.ask(&format!("{{ courses({arguments}) {{ nodes {{ id }} }} }}")).await;
        assert_eq!(answer.codes(), ["BAD_USER_INPUT"], "{arguments}");
        assert_eq!(answer.0["errors"][0]["message"], says);
        assert_eq!(answer.0["errors"][0]["extensions"]["field"][0], field);
        assert_eq!(answer.0["data"], json!({"courses": null}));
    }
    let none = app.ask("{ courses(first: 0) { nodes { id } pageInfo { hasNextPage endCursor } } }").await;
    assert_eq!(none.data(), &json!({"courses": {"nodes": [], "pageInfo": {"hasNextPage": true, "endCursor": null}}}));
}

#[on_both]
async fn popular_and_free_courses_are_the_managers_of_the_specification(app: TestApp) {
    school(&app).await;
    let answer = app.ask("{ popularCourses { totalCount nodes { isPublished } } freeCourses(first: 1) { totalCount nodes { isFree } pageInfo { hasNextPage } } }").await;
    assert_eq!(answer.at("/popularCourses/totalCount"), 5);
    assert_eq!(
        answer.at("/freeCourses"),
        &json!({"totalCount": 2, "nodes": [{"isFree": true}], "pageInfo": {"hasNextPage": true}})
    );
}

#[on_both]
async fn a_forged_cursor_is_refused_whatever_it_holds(app: TestApp) {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    school(&app).await;
    let id = json!({"u": "00000000-0000-0000-0000-000000000000"});
    for (field, key) in [
        ("TITLE", json!({"s": "a\u{0}b"})),
        ("TITLE", json!({"i": 1})),
        ("NEWEST", json!({"t": "-4800-01-01T00:00:00Z"})),
        ("NEWEST", json!({"s": "x"})),
        ("PRICE", json!({"t": "2026-01-01T00:00:00Z"})),
    ] {
        let cursor = URL_SAFE_NO_PAD.encode(json!([field.to_lowercase(), true, [key, id]]).to_string());
        let query = format!("{{ courses(sort: {{field: {field}}}, after: \"{cursor}\") {{ nodes {{ id }} }} }}");
        assert_eq!(app.ask(&query).await.codes(), ["BAD_USER_INPUT"], "{field} {key}");
    }
}
