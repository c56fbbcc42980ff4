//! What would be done twice when it is sent twice takes an `idempotencyKey`, and is done once with it.

use std::collections::BTreeSet;

use gateway::graphql::{OPEN, WITHOUT_KEY, is_repeatable};
use serde_json::json;
use testkit::TestApp;

use super::{
    audited::{Trail, listed, trail},
    sdl,
};

/// Verbs of mutations that leave things as they say: sent twice, the second finds nothing to do or does the same.
const SETTLING: &str = "abort archive attach cancel change claim confirm delete detach disable drop end grade leave login \
    logout moderate move override publish rate reactivate record refresh regenerate register reject release remove reorder \
    resend reset restore resume retry revoke save set sign suspend transfer unclaim uncomplete undo unpublish update upload \
    verify vote";

#[test]
fn every_mutation_takes_a_key_or_settles_something() {
    let settling: BTreeSet<&str> = SETTLING.split_whitespace().collect();
    for (name, _) in sdl::root_fields("Mutation") {
        let verb = name.split(char::is_uppercase).next().unwrap();
        let is_left_out = OPEN.contains(&format!("Mutation.{name}").as_str())
            || WITHOUT_KEY.iter().any(|(left_out, _)| *left_out == name);
        let says = [settling.contains(verb), is_repeatable(&name), is_left_out && !settling.contains(verb)];
        assert_eq!(says.into_iter().filter(|said| *said).count(), 1, "{name}: does it take a key or settle something?");
    }
}

#[test]
fn the_inputs_have_the_field() {
    let types = sdl::types();
    for definition in types.iter().filter(|definition| definition.name.node == "Mutation").flat_map(sdl::fields) {
        let input = definition.arguments.first().map(|argument| argument.node.ty.node.to_string());
        let input = types.iter().find(|ty| Some(format!("{}!", ty.name.node)) == input);
        let has_key = input.is_some_and(|input| sdl::input_fields(input).contains(&"idempotencyKey".to_string()));
        assert_eq!(has_key, is_repeatable(&definition.name.node), "{}", definition.name.node);
    }
}

/// Each on a database of its own, as in `audited.rs`.
async fn each_is_done_once(open: impl AsyncFn() -> TestApp) {
    let mut done = 0;
    for (name, records) in listed() {
        let Trail::Records(_, ready) = records else { continue };
        if !is_repeatable(name) {
            continue;
        }
        let app = open().await;
        let (viewer, document) = ready(app.clone()).await;
        let with_key = document.replacen("(input: {", "(input: {idempotencyKey: \"once\", ", 1);
        assert_ne!(with_key, document, "{name}");
        let first = app.ask_as(&viewer, &with_key, json!({})).await;
        assert_eq!(first.user_errors(), [""; 0], "{name}");
        let after = trail(&app).await;
        let second = app.ask_as(&viewer, &with_key, json!({})).await;
        assert_eq!(second.0, first.0, "{name}");
        assert_eq!(trail(&app).await, after, "{name} was done twice");
        app.finish().await;
        done += 1;
    }
    assert!(done > 30, "only {done} were tried");
}

#[test]
fn what_has_a_key_is_done_once_on_sqlite() {
    testkit::run(each_is_done_once(TestApp::on_sqlite));
}

#[test]
fn what_has_a_key_is_done_once_on_postgres() {
    testkit::run(each_is_done_once(TestApp::on_postgres));
}
