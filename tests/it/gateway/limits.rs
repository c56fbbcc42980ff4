//! Each limit of a request: what is at it runs, one above is refused, and the error names the limit and the value.

use gateway::graphql::Limits;
use serde_json::{Value, json};
use testkit::{Answer, TestApp, on_both};

fn exceeded(answer: &Answer) -> Value {
    let error = &answer.0["errors"][0];
    let extensions = &error["extensions"];
    let (allowed, limit) = (extensions["allowed"].to_string(), extensions["limit"].as_str().unwrap_or_default());
    let message = error["message"].as_str().unwrap();
    assert!(message.contains(&allowed) && message.contains(limit), "{message}");
    json!([extensions["code"], limit, extensions["allowed"], extensions["found"]])
}

/// The document's size is made up by a comment.
fn padded(bytes: usize) -> String {
    let query = "{ __typename } #";
    format!("{query}{}", " ".repeat(bytes - query.len()))
}

fn many(count: usize, of: impl Fn(usize) -> String) -> String {
    format!("{{ {} }}", (0..count).map(of).collect::<Vec<_>>().join(" "))
}

fn nested(brackets: usize) -> String {
    // Two are around the list.
    format!("{{ nodes(ids: {}{}) {{ id }} }}", "[".repeat(brackets - 2), "]".repeat(brackets - 2))
}

/// No list on the way, so that it costs nothing.
fn deep(levels: usize) -> String {
    let parents = levels - 2;
    format!("{{ category(slug: \"x\") {} id {} }}", "{ parent ".repeat(parents) + "{", "}".repeat(parents + 1))
}

#[on_both]
async fn each_holds_at_its_default_and_refuses_one_more(app: TestApp) {
    let code = "DOCUMENT_LIMIT_EXCEEDED";
    for (at, above, named) in [
        (padded(65_536), padded(65_537), json!([code, "bytes", 65_536, 65_537])),
        (deep(20), deep(21), json!([code, "depth", 20, 21])),
        (
            many(20, |n| format!("a{n}: __typename")),
            many(21, |n| if n < 20 { format!("a{n}: __typename") } else { "__typename".into() }),
            json!([code, "rootFields", 20, 21]),
        ),
        (
            format!("{{ courses(first: 1) {{ nodes {} }} }}", many(30, |n| format!("a{n}: id"))),
            format!("{{ courses(first: 1) {{ nodes {} }} }}", many(31, |n| format!("a{n}: id"))),
            json!([code, "aliases", 30, 31]),
        ),
        (
            format!("{{ courses(first: 1) {{ nodes {} }} }}", many(50, |_| "id @include(if: true)".into())),
            format!("{{ courses(first: 1) {{ nodes {} }} }}", many(51, |_| "id @include(if: true)".into())),
            json!([code, "directives", 50, 51]),
        ),
        (
            // With the two fields around them.
            format!("{{ courses(first: 1) {{ nodes {} }} }}", many(1_998, |_| "id".into())),
            format!("{{ courses(first: 1) {{ nodes {} }} }}", many(1_999, |_| "id".into())),
            json!([code, "selections", 2_000, 2_001]),
        ),
    ] {
        let fine = app.ask(&at).await;
        assert!(fine.codes().is_empty(), "{fine:?} {}", &at[..at.len().min(200)]);
        assert_eq!(exceeded(&app.ask(&above).await), named);
    }
}

#[on_both]
async fn tokens_and_brackets_are_counted_before_anything_is_parsed(app: TestApp) {
    // Neither is a document that could run: at the limit the next check refuses it.
    let words = |count: usize| "a ".repeat(count);
    assert_eq!(app.ask(&words(5_000)).await.codes(), ["GRAPHQL_PARSE_FAILED"]);
    assert_eq!(exceeded(&app.ask(&words(5_001)).await), json!(["DOCUMENT_LIMIT_EXCEEDED", "tokens", 5_000, 5_001]));
    assert_ne!(app.ask(&nested(64)).await.codes(), ["DOCUMENT_LIMIT_EXCEEDED"]);
    assert_eq!(exceeded(&app.ask(&nested(65)).await), json!(["DOCUMENT_LIMIT_EXCEEDED", "nesting", 64, 65]));
}

#[on_both]
async fn a_list_can_not_be_made_long_by_a_variable(app: TestApp) {
    let query = "query ($n: Int) { courses(first: $n) { nodes { learners(first: $n) { nodes { id } } } } }";
    let ask = async |n: i64| app.ask_as(&kernel::Viewer::Anonymous, query, json!({"n": n})).await;
    // n * (2 * n + 2) + 1
    assert_ne!(ask(70).await.codes(), ["COST_LIMIT_EXCEEDED"]);
    assert_eq!(exceeded(&ask(71).await), json!(["COST_LIMIT_EXCEEDED", "cost", 10_000, 10_225]));
    let alone = "query ($n: Int) { courses(first: $n) { totalCount } }";
    let answer = app.ask_as(&kernel::Viewer::Anonymous, alone, json!({"n": 101})).await;
    assert_eq!(answer.codes(), ["BAD_USER_INPUT"]);
    assert!(answer.0["errors"][0]["message"].as_str().unwrap().contains("100"), "{answer:?}");
}

#[on_both]
async fn mutations_and_variables_have_limits_too(app: TestApp) {
    let mutations = |count| {
        let one = |n| format!("m{n}: revokeOtherSessions {{ userErrors {{ code }} }}");
        format!("mutation {}", many(count, one))
    };
    let ada = app.student("Ada").await;
    ada.ask(&mutations(5)).await.data();
    assert_eq!(exceeded(&ada.ask(&mutations(6)).await), json!(["DOCUMENT_LIMIT_EXCEEDED", "mutations", 5, 6]));
    let most = Limits::default().variables;
    let query = "query ($slug: String) { course(slug: $slug) { id } }";
    let ask = async |bytes: usize| {
        let slug = "a".repeat(bytes - "{\"slug\":\"\"}".len());
        app.ask_as(&kernel::Viewer::Anonymous, query, json!({"slug": slug})).await
    };
    assert_ne!(ask(most).await.codes(), ["DOCUMENT_LIMIT_EXCEEDED"]);
    assert_eq!(exceeded(&ask(most + 1).await), json!(["DOCUMENT_LIMIT_EXCEEDED", "variables", most, most + 1]));
}
