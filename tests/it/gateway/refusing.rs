use std::sync::Arc;

use gateway::graphql::{Call, Caller, Origin, refusal};
use kernel::Viewer;
use serde_json::json;
use testkit::{TestApp, on_both};

#[on_both]
async fn every_refusal_has_a_code_and_shows_nothing_internal(app: TestApp) {
    for (query, code, message) in [
        ("{ me { id } }", "UNAUTHENTICATED", "Sign in first (`Query.me`)."),
        ("{ courses {", "GRAPHQL_PARSE_FAILED", "Syntax error: expected selection."),
        ("{ unheardOf }", "GRAPHQL_VALIDATION_FAILED", "Unknown field \"unheardOf\" on type \"Query\"."),
        (
            "query A { __typename } query B { __typename }",
            "OPERATION_RESOLUTION_FAILURE",
            "The document has several operations: say which one by `operationName`.",
        ),
        ("{ course(id: \"x\") { id } }", "BAD_USER_INPUT", "expected an id that starts with `course_`"),
        ("{ node(id: \"what\") { id } }", "BAD_USER_INPUT", "not an id of this API"),
    ] {
        let answer = app.ask(query).await;
        assert_eq!(answer.codes(), [code], "{query}");
        assert_eq!(answer.0["errors"][0]["message"], message, "{query}");
    }
}

#[on_both]
async fn a_broken_database_is_our_fault_with_a_request_id_and_no_sql(app: TestApp) {
    sea_orm::ConnectionTrait::execute_unprepared(app.db().write(), "ALTER TABLE courses RENAME TO gone").await.unwrap();
    let answer = app.ask("{ courses { nodes { id } } }").await;
    assert_eq!(
        answer.0,
        json!({"data": {"courses": null}, "errors": [{
            "message": "Something went wrong on our side.", "path": ["courses"], "locations": [{"line": 1, "column": 3}],
            "extensions": {"code": "INTERNAL_SERVER_ERROR", "requestId": "test"},
        }]})
    );
}

#[on_both]
async fn limits_name_themselves_and_the_value(app: TestApp) {
    let aliases: String = (0..31).map(|n| format!("a{n}: __typename ")).collect();
    let deep = format!("{{ {}", "courses { nodes { sections { course { ".repeat(6));
    let deep = format!("{deep} id {}", "} ".repeat(25));
    for (query, limit, allowed, found) in [
        (format!("{{ {} }}", "x".repeat(64 << 10)), "bytes", 64 << 10, (64 << 10) + 4),
        (format!("{{ {} }}", "x ".repeat(5000)), "tokens", 5000, 5001),
        (format!("{{ courses(filter: {}", "[".repeat(2000)), "nesting", 64, 65),
        (deep, "depth", 20, 25),
        (format!("{{ courses {{ {aliases} }} }}"), "aliases", 30, 31),
        (format!("{{ {} }}", "__typename ".repeat(21)), "rootFields", 20, 21),
    ] {
        let answer = app.ask(&query).await;
        assert_eq!(answer.codes(), ["DOCUMENT_LIMIT_EXCEEDED"], "{limit}: {answer:?}");
        let extensions = &answer.0["errors"][0]["extensions"];
        assert_eq!(
            [&extensions["limit"], &extensions["allowed"], &extensions["found"]],
            [&json!(limit), &json!(allowed), &json!(found)]
        );
    }
    let costly = "{ courses(first: 100) { nodes { instructor { taughtCourses(first: 100) { nodes { id } } } } } }";
    assert_eq!(app.ask(costly).await.codes(), ["COST_LIMIT_EXCEEDED"]);
    let six: String =
        (0..6).map(|n| format!("m{n}: register(input: {{email: \"\", password: \"\"}}) {{ email }} ")).collect();
    assert_eq!(app.ask(&format!("mutation {{ {six} }}")).await.codes(), ["DOCUMENT_LIMIT_EXCEEDED"]);
}

#[on_both]
async fn who_comes_with_a_dead_token_hears_of_it_but_may_sign_in(app: TestApp) {
    let ask = async |query: &str| {
        let call = Call {
            app: app.app.clone(),
            caller: Caller::Rejected,
            origin: Origin::default(),
            request_id: "test".into(),
        };
        let response = match call.admit(async_graphql::Request::new(query)) {
            Ok(admitted) => call.execute(admitted).await,
            Err(error) => refusal(error),
        };
        testkit::Answer(serde_json::to_value(response).unwrap())
    };
    assert_eq!(ask("{ courses { totalCount } }").await.codes(), ["UNAUTHENTICATED"]);
    let refresh = "mutation { refreshSession(input: {refreshToken: \"x\"}) { userErrors { code } } }";
    assert_eq!(ask(refresh).await.user_errors(), ["REFRESH_TOKEN_INVALID"]);
}

#[on_both]
async fn an_operation_that_takes_too_long_is_ended(app: TestApp) {
    // Nobody gets to hash a password here, so signing in never ends by itself.
    let mut slow = gateway::app::App::new(app.db().clone(), app.world.clone(), 0, &app.data).unwrap();
    slow.timeout = std::time::Duration::from_millis(1);
    let call = Call {
        app: Arc::new(slow),
        caller: Caller::Known(Viewer::Anonymous),
        origin: Origin::default(),
        request_id: "test".into(),
    };
    let login =
        "mutation { login(input: {email: \"a@example.org\", password: \"correct horse\"}) { userErrors { code } } }";
    let admitted = call.admit(async_graphql::Request::new(login)).unwrap();
    let answer = testkit::Answer(serde_json::to_value(call.execute(admitted).await).unwrap());
    assert_eq!(answer.codes(), ["TIMEOUT"]);
}

#[on_both]
async fn the_character_that_postgres_can_not_store_is_refused_everywhere(app: TestApp) {
    let query = "query ($slug: String) { course(slug: $slug) { id } }";
    for (query, variables) in [
        (query, json!({"slug": "a\u{0}b"})),
        (query, json!({"slug": "", "more": [{"x": "\u{0}"}]})),
        ("{ course(slug: \"a\\u0000b\") { id } }", json!({})),
    ] {
        assert_eq!(app.ask_as(&Viewer::Anonymous, query, variables).await.codes(), ["BAD_USER_INPUT"], "{query}");
    }
}

/// Every edge that leads from a type back to itself, as deep as documents may be: it is answered or refused, on the stack
/// that the product's threads have.
#[on_both]
async fn the_deepest_query_of_every_circle_of_edges_is_survived(app: TestApp) {
    gateway::seed::seed(app.db(), &gateway::seed::Size { courses: 6, users: 8, enrollments: 20, seed: 3 }, "hash")
        .await
        .unwrap();
    let admin = app.admin("Root").await;
    for (start, circle, end) in [
        ("courses(first: 1) { nodes {", "instructor { taughtCourses(first: 1) { nodes {", "id"),
        ("courses(first: 1) { nodes {", "sections { course {", "id"),
        ("courses(first: 1) { nodes {", "mediaFiles(first: 1) { nodes { course {", "id"),
        ("courses(first: 1) { nodes {", "reviews(first: 1) { nodes { course {", "id"),
        ("courses(first: 1) { nodes {", "quizzes(first: 1) { nodes { course {", "id"),
        ("courses(first: 1) { nodes {", "enrollments(first: 1) { nodes { progress { course {", "id"),
        ("categories {", "children { parent {", "id"),
    ] {
        for depth in 1..=20 {
            let open = format!("{{ {start} {}", circle.repeat(depth));
            let query = format!("{open} {end} {}", "}".repeat(open.matches('{').count()));
            let answer = admin.ask(&query).await;
            let limits = ["DOCUMENT_LIMIT_EXCEEDED", "COST_LIMIT_EXCEEDED"];
            assert!(answer.codes().iter().all(|code| limits.contains(code)), "{query}: {:?}", answer.codes());
        }
    }
}

#[on_both]
async fn lists_cost_what_they_hold_however_they_are_written(app: TestApp) {
    let sections = format!(
        "{{ courses(first: 1) {{ nodes {{ {} id {} }} }} }}",
        "sections { course { ".repeat(7),
        "} } ".repeat(7)
    );
    assert_eq!(app.ask(&sections).await.codes(), ["COST_LIMIT_EXCEEDED"]);
    let hidden = "{ courses { ... { nodes { instructor { taughtCourses { ... { nodes { id } } } } } } } }";
    let deeper = "{ courses { ... { nodes { instructor { taughtCourses { ... { nodes { instructor { taughtCourses { ... { nodes { id } } } } } } } } } } } }";
    assert!(app.ask(hidden).await.codes().is_empty());
    assert_eq!(app.ask(deeper).await.codes(), ["COST_LIMIT_EXCEEDED"]);
}

#[on_both]
async fn a_fragment_hides_no_root_field(app: TestApp) {
    let logins: String = (0..6)
        .map(|n| format!("m{n}: login(input: {{email: \"\", password: \"\"}}) {{ userErrors {{ code }} }} "))
        .collect();
    let answer = app.ask(&format!("mutation {{ ...all }} fragment all on Mutation {{ {logins} }}")).await;
    assert_eq!(answer.0["errors"][0]["extensions"]["limit"], "mutations");
}

#[on_both]
async fn required_variables_are_required(app: TestApp) {
    for variables in [json!({}), json!({"x": null})] {
        let answer =
            app.ask_as(&Viewer::Anonymous, "query ($x: Int!) { courses(first: $x) { totalCount } }", variables).await;
        assert_eq!(answer.codes(), ["BAD_USER_INPUT"]);
        assert_eq!(answer.0["errors"][0]["message"], "The variable \"$x\" of the required type \"Int!\" is not given.");
    }
}

#[on_both]
async fn an_answer_ends_when_its_time_is_up(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    teacher.publishes("Rust").await;
    let mut late = gateway::app::App::new(app.db().clone(), app.world.clone(), 1, &app.data).unwrap();
    late.timeout = std::time::Duration::ZERO;
    let context = gateway::graphql::context::RequestContext::new(Arc::new(late), Viewer::Anonymous, Origin::default());
    let request = async_graphql::Request::new("{ courses { nodes { title category { name } sections { title } } } }")
        .data(context);
    let answer = testkit::Answer(serde_json::to_value(app.app.schema.execute(request).await).unwrap());
    assert_eq!(answer.codes(), ["TIMEOUT"]);
}

#[on_both]
async fn a_value_of_the_wrong_kind_is_named_by_its_path(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let create = "mutation ($input: CreateCourseInput!) { createCourse(input: $input) { course { id } } }";
    for (input, field) in [
        (json!({"title": 5}), json!(["input", "title"])),
        (json!({"title": "x", "price": {"amount": 19.9, "currency": "EUR"}}), json!(["input", "price", "amount"])),
        (json!({"title": "x", "tags": ["a", 1]}), json!(["input", "tags", "1"])),
        (json!({"title": "x", "difficulty": "EASY"}), json!(["input", "difficulty"])),
        (json!({"title": "x", "language": {}}), json!(["input", "language"])),
    ] {
        let answer = teacher.ask_with(create, json!({"input": input})).await;
        assert_eq!(answer.codes(), ["GRAPHQL_VALIDATION_FAILED"], "{input}: {answer:?}");
        assert_eq!(answer.0["errors"][0]["extensions"]["field"], field, "{input}: {answer:?}");
    }
    let register = "mutation { register(input: {email: 5, password: \"correct horse\"}) { email } }";
    assert_eq!(app.ask(register).await.0["errors"][0]["extensions"]["field"], json!(["input", "email"]));
}
