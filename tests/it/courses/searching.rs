use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use testkit::{Person, TestApp, on_both};

/// The titles that a search finds, in the order they come in when nothing else is said.
async fn found(app: &TestApp, search: &str) -> Vec<String> {
    let query = "query ($search: String) { courses(search: $search) { totalCount nodes { title } } }";
    let answer = app.ask_as(&kernel::Viewer::Anonymous, query, json!({"search": search})).await;
    let nodes = answer.at("/courses/nodes").as_array().unwrap();
    assert_eq!(answer.at("/courses/totalCount"), nodes.len(), "{search}");
    nodes.iter().map(|node| node["title"].as_str().unwrap().to_string()).collect()
}

async fn changes(teacher: &Person, course: &str, change: Value) {
    let mut input = change;
    input["id"] = course.into();
    let query = "mutation ($input: UpdateCourseInput!) { updateCourse(input: $input) { userErrors { code } } }";
    assert_eq!(teacher.ask_with(query, json!({"input": input})).await.user_errors(), [""; 0]);
}

async fn publishes(teacher: &Person, title: &str, change: Value) -> String {
    let course = teacher.publishes(title).await;
    changes(teacher, &course, change).await;
    course
}

#[on_both]
async fn a_word_counts_by_where_it_stands(app: TestApp) {
    let (teacher, namesake) = (app.instructor("Tomas").await, app.instructor("Pottery").await);
    publishes(&teacher, "In the text", json!({"description": "All about pottery and clay."})).await;
    namesake.publishes("By name").await;
    publishes(&teacher, "In the tags", json!({"tags": ["pottery"]})).await;
    publishes(&teacher, "Potteryware", json!({})).await;
    publishes(&teacher, "Pottery", json!({})).await;
    publishes(&teacher, "Elsewhere", json!({})).await;
    assert_eq!(
        found(&app, "pottery").await,
        ["Pottery", "Potteryware", "In the tags", "By name", "In the text"],
        "title, its beginning, tags, who teaches, description"
    );
    assert_eq!(found(&app, "clay pottery").await, ["In the text"], "all words have to be there");
    let worst_first = app
        .ask("{ courses(search: \"pottery\", sort: {field: RELEVANCE, direction: ASC}, first: 1) { nodes { title } } }")
        .await;
    assert_eq!(worst_first.at("/courses/nodes/0/title"), "In the text");
}

#[on_both]
async fn the_more_popular_of_equals_comes_first(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    for (title, learners) in [("Clay one", 1), ("Clay three", 3), ("Clay two", 2)] {
        teacher.publishes(title).await;
        let set = format!("UPDATE courses SET enrollment_count = {learners} WHERE title = '{title}'");
        app.db().write().execute_unprepared(&set).await.unwrap();
    }
    assert_eq!(found(&app, "clay").await, ["Clay three", "Clay two", "Clay one"]);
    let popular = app.ask("{ courses(sort: {field: RELEVANCE}) { nodes { title } } }").await;
    assert_eq!(popular.at("/courses/nodes/0/title"), "Clay three", "without a search, by popularity");
}

#[on_both]
async fn words_are_found_as_they_are_typed_in_any_case_and_without_accents(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    publishes(&teacher, "Äpfel züchten", json!({"language": "de"})).await;
    publishes(&teacher, "ОСНОВЫ Python", json!({"language": "ru"})).await;
    publishes(&teacher, "Node.js & C++ 101", json!({})).await;
    for (search, title) in [
        ("apfel", "Äpfel züchten"),
        ("ÄPF", "Äpfel züchten"),
        ("a\u{308}pfel", "Äpfel züchten"),
        ("zuch", "Äpfel züchten"),
        ("Äpfel z", "Äpfel züchten"),
        ("основы", "ОСНОВЫ Python"),
        ("python осн", "ОСНОВЫ Python"),
        ("node.js", "Node.js & C++ 101"),
        ("NODE", "Node.js & C++ 101"),
        ("js c", "Node.js & C++ 101"),
        ("10", "Node.js & C++ 101"),
    ] {
        assert_eq!(found(&app, search).await, [title], "{search}");
    }
    assert_eq!(found(&app, "apf zuchten").await, [""; 0], "only the last word may be a beginning");
}

/// Only PostgreSQL knows of stems.
#[on_both]
async fn on_postgresql_words_are_found_by_the_stems_of_the_course_s_language(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    publishes(&teacher, "Programming computers", json!({})).await;
    publishes(&teacher, "Die Bäume", json!({"language": "de"})).await;
    publishes(&teacher, "Programming", json!({"language": "eo"})).await;
    let stems = app.db().backend() == sea_orm::DbBackend::Postgres;
    let expected = |titles: &[&str]| if stems { titles.iter().map(ToString::to_string).collect() } else { vec![] };
    assert_eq!(found(&app, "programs computing").await, expected(&["Programming computers"]));
    assert_eq!(found(&app, "baums").await, expected(&["Die Bäume"]));
    // What a language leaves out of its stems is there nevertheless.
    assert_eq!(found(&app, "die").await, ["Die Bäume"]);
}

#[on_both]
async fn the_index_follows_every_change(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let course = publishes(&teacher, "Clay", json!({"tags": ["bowls", "cups"], "shortDescription": "Mud."})).await;
    for search in ["clay", "bowls", "cups", "mud", "tomas"] {
        assert_eq!(found(&app, search).await, ["Clay"], "{search}");
    }
    changes(&teacher, &course, json!({"title": "Stone", "tags": ["cups"], "shortDescription": ""})).await;
    for (search, count) in [("clay", 0), ("bowls", 0), ("mud", 0), ("stone", 1), ("cups", 1), ("tomas", 1)] {
        assert_eq!(found(&app, search).await.len(), count, "{search}");
    }
    changes(&teacher, &course, json!({"description": "Granite.", "tags": []})).await;
    assert_eq!((found(&app, "granite").await.len(), found(&app, "cups").await.len()), (1, 0));
    let rename = "mutation { updateProfile(input: {displayName: \"Theodora\"}) { userErrors { code } } }";
    assert_eq!(teacher.ask(rename).await.user_errors(), [""; 0]);
    // The full name is hidden behind the other.
    assert_eq!((found(&app, "theodora").await.len(), found(&app, "tomas").await.len()), (1, 0));
    // Whatever writes to the tables, the index hears of it.
    for (change, search, count) in [
        ("UPDATE users SET status = 'suspended' WHERE full_name = 'Tomas'", "theodora", 0),
        ("UPDATE users SET status = 'active' WHERE full_name = 'Tomas'", "theodora", 1),
        ("INSERT INTO course_tags (course_id, tag) SELECT id, 'rocks' FROM courses", "rocks", 1),
        ("UPDATE course_tags SET tag = 'pebbles' WHERE tag = 'rocks'", "pebbles", 1),
        ("UPDATE courses SET enrollment_count = 5", "rocks", 0),
        ("DELETE FROM course_tags", "pebbles", 0),
    ] {
        app.db().write().execute_unprepared(change).await.unwrap();
        assert_eq!(found(&app, search).await.len(), count, "{change}");
    }
}

#[on_both]
async fn a_search_shows_nothing_that_one_may_not_see(app: TestApp) {
    let (teacher, other) = (app.instructor("Tomas").await, app.instructor("Eve").await);
    teacher.drafts("Secret plans").await;
    let query = "{ courses(search: \"secret\") { totalCount nodes { title } } }";
    assert_eq!(app.ask(query).await.at("/courses/totalCount"), 0);
    assert_eq!(other.ask(query).await.at("/courses/totalCount"), 0);
    assert_eq!(teacher.ask(query).await.at("/courses/nodes/0/title"), "Secret plans");
}

#[on_both]
async fn whatever_is_typed_is_no_error_and_no_command(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    teacher.publishes("Rust 100%").await;
    for blank in ["", "  \t\n"] {
        assert_eq!(found(&app, blank).await, ["Rust 100%"], "nothing is searched for");
    }
    for search in ["rust", "\"rust\"", "rust 100%", "rust*", "(rust)", "rust:", "-rust", "'rust", "rust 🚀", "^rust"]
    {
        assert_eq!(found(&app, search).await, ["Rust 100%"], "{search}");
    }
    let long = "rust ".repeat(2_000);
    assert_eq!(found(&app, &long).await, ["Rust 100%"], "the first ten words count");
    let hostile = [
        "%",
        "_",
        "\\",
        "'",
        "\"",
        "🚀",
        "*",
        "a : b",
        "NEAR(rust, 2)",
        "rust AND",
        "AND OR NOT",
        "a OR rust",
        "{a b}: c",
        "'; DROP TABLE courses; --",
        "\" OR 1=1",
        "rust & !x",
        "x:*ABCD",
        "<->",
        "()",
        "\u{202e}abc",
        "ﷺ",
        "ß",
        "½",
        "\u{301}",
        "ａｂｃ",
        "a\u{0}b".trim_end_matches("\u{0}b"),
    ];
    for search in hostile {
        found(&app, search).await;
    }
    found(&app, &"x".repeat(10_000)).await;
    found(&app, &"🚀\"'".repeat(3_000)).await;
    assert_eq!(found(&app, "rust").await, ["Rust 100%"]);
    let nul = app
        .ask_as(
            &kernel::Viewer::Anonymous,
            "query ($s: String) { courses(search: $s) { totalCount } }",
            json!({"s": "a\u{0}"}),
        )
        .await;
    assert_eq!(nul.codes(), ["BAD_USER_INPUT"], "no text of the API holds it");
}

/// An essay in a course's description does not keep it from being saved.
#[on_both]
async fn a_long_description_is_indexed_as_far_as_it_goes(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let course = teacher.publishes("Essay").await;
    let words: Vec<String> = (0..15_000).map(|number| format!("wört{number}")).collect();
    changes(&teacher, &course, json!({"description": words.join(" ")})).await;
    assert_eq!(found(&app, "wort7").await, ["Essay"]);
}
