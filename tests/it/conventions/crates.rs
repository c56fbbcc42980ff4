//! The arrows between the crates.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::workspace;

/// Who may use whom, of the workspace's own. Tests and the testkit stand above it all.
const MAY_USE: [(&str, &[&str]); 18] = [
    ("kernel-macros", &[]),
    ("kernel", &["kernel-macros"]),
    ("accounts", &["kernel"]),
    ("courses", &["kernel", "accounts"]),
    ("media", &["kernel", "accounts", "courses"]),
    ("learning", &["kernel", "accounts", "courses", "media"]),
    ("assessment", &["kernel", "accounts", "courses", "media", "learning"]),
    ("reviews", &["kernel", "accounts", "courses", "media", "learning"]),
    ("ai", &["kernel", "accounts", "courses", "media", "learning"]),
    ("webhooks", &["kernel", "accounts"]),
    ("migration", &[]),
    (
        "gateway",
        &["kernel", "accounts", "courses", "media", "learning", "assessment", "reviews", "ai", "webhooks", "migration"],
    ),
    ("testkit-macros", &[]),
    ("testkit", &["*"]),
    ("lectern-tests", &["*"]),
    ("xtask", &[]),
    ("bench", &[]),
    ("limit", &[]),
];

/// GraphQL and HTTP are the gateway's.
const OF_THE_GATEWAY: [&str; 6] = ["async-graphql", "axum", "http", "hyper", "tower-http", "reqwest"];
const MAY_USE_THESE: [&str; 4] = ["gateway", "limit", "testkit", "lectern-tests"];

/// What speaks HTTP without serving it: media is a client of the store that keeps its files, ai of the language model, webhooks of
/// those who are told.
const CLIENTS: [(&str, &str); 3] = [("ai", "reqwest"), ("media", "reqwest"), ("webhooks", "reqwest")];

#[test]
fn no_crate_uses_one_to_its_right() {
    assert_eq!(wrong(&workspace::packages()), Vec::<String>::new());
}

#[test]
fn every_crate_of_the_map_exists() {
    let packages = workspace::packages();
    let found: BTreeSet<&str> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
    let mapped: BTreeSet<&str> = MAY_USE.into_iter().map(|(name, _)| name).collect();
    assert_eq!(found, mapped, "left is what cargo knows");
}

#[test]
fn a_wrong_arrow_is_found() {
    let ours = |name| json!({"name": name, "path": "somewhere"});
    let packages = [
        json!({"name": "courses", "dependencies": [ours("accounts"), ours("learning"), {"name": "axum"}]}),
        json!({"name": "reviews", "dependencies": [ours("ai"), {"name": "async-graphql-value"}]}),
        json!({"name": "gateway", "dependencies": [ours("reviews"), ours("testkit"), {"name": "axum"}]}),
        json!({"name": "stranger", "dependencies": []}),
    ];
    let found = [
        "courses uses learning",
        "courses uses axum",
        "reviews uses ai",
        "reviews uses async-graphql-value",
        "gateway uses testkit",
        "stranger is not on the map",
    ];
    assert_eq!(wrong(&packages), found);
}

/// For tests only or for all, it is an arrow.
fn wrong(packages: &[Value]) -> Vec<String> {
    packages.iter().flat_map(wrong_in).collect()
}

fn wrong_in(package: &Value) -> Vec<String> {
    let name = package["name"].as_str().unwrap();
    let Some((_, allowed)) = MAY_USE.iter().find(|(mapped, _)| *mapped == name) else {
        return vec![format!("{name} is not on the map")];
    };
    let dependencies = package["dependencies"].as_array().unwrap().iter();
    let bad = dependencies.filter_map(|dependency| {
        let other = dependency["name"].as_str().unwrap();
        let fine = if dependency["path"].is_null() {
            MAY_USE_THESE.contains(&name) || CLIENTS.contains(&(name, other)) || !is_of_the_gateway(other)
        } else {
            allowed.contains(&"*") || allowed.contains(&other)
        };
        (!fine).then(|| format!("{name} uses {other}"))
    });
    bad.collect()
}

/// `axum` and what comes with it: `axum-extra`, ...
fn is_of_the_gateway(dependency: &str) -> bool {
    OF_THE_GATEWAY.iter().any(|library| {
        let rest = dependency.strip_prefix(library);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    })
}
