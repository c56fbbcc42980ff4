//! What the code keeps to, where clippy does not look.

use std::{fs, path::Path};

use super::workspace;

const MOST_LINES: usize = 400;

/// Never in the product. Those that clippy denies too are here because an attribute can turn a lint off.
const NEVER: [&str; 6] = ["todo!", "dbg!(", "unimplemented!", "#[allow", "#![allow", "#[ignore"];

/// Time and ids come from the transaction or the request.
const CLOCKS: [&str; 5] = ["Utc::now", "now_v7", "new_v4", "Local::now", "SystemTime::now"];
const THE_CLOCK: &str = "crates/kernel/src/world.rs";

/// Tests may panic, and what only tests use.
const LINTED_LESS: [&str; 2] = ["testkit", "lectern-tests"];

#[test]
fn no_file_is_longer_than_400_lines() {
    let files = product();
    let long = files.iter().filter(|(_, text)| is_long(text));
    assert_eq!(long.map(|(name, _)| name).collect::<Vec<_>>(), Vec::<&String>::new());
    assert!(is_long(&"line\n".repeat(401)) && !is_long(&"line\n".repeat(400)));
}

fn is_long(text: &str) -> bool {
    text.lines().count() > MOST_LINES
}

#[test]
fn no_word_stands_for_work_not_done() {
    assert_eq!(uses(&product(), &NEVER), Vec::<String>::new());
}

#[test]
fn nothing_but_the_world_reads_a_clock() {
    let files = product().into_iter();
    let (world, others): (Vec<_>, Vec<_>) = files.partition(|(name, _)| name == THE_CLOCK);
    assert_eq!(uses(&others, &CLOCKS), Vec::<String>::new());
    assert_eq!(uses(&world, &CLOCKS).len(), 1, "{THE_CLOCK} is where time comes from");
}

/// A permit is worth what the policy behind it is worth: all of a context's are on one page.
#[test]
fn policies_stand_in_policy_rs() {
    let files = product().into_iter();
    let (pages, others): (Vec<_>, Vec<_>) = files.partition(|(name, _)| name.ends_with("/policy.rs"));
    let policies = ["impl Policy<", "impl kernel::Policy<"];
    assert_eq!(uses(&others, &policies), Vec::<String>::new());
    assert!(!uses(&pages, &policies).is_empty());
}

#[test]
fn a_word_in_the_code_is_found_and_one_in_a_comment_is_not() {
    let text = "fn f() {\n    // todo!() later\n    todo!() // todo!\n    let x = Utc::now();\n}";
    let file = [("f.rs".to_string(), text.to_string())];
    assert_eq!(uses(&file, &NEVER), ["f.rs:3: todo!"]);
    assert_eq!(uses(&file, &CLOCKS), ["f.rs:4: Utc::now"]);
}

/// Clippy counts a function's lines; here is only seen to that it does, and that nothing less than an error comes of it.
#[test]
fn clippy_denies_functions_of_more_than_50_lines() {
    let manifest = read("Cargo.toml");
    let lints = manifest.split("[workspace.lints.clippy]").nth(1).unwrap();
    let lints = lints.split("\n[").next().unwrap();
    assert!(lints.lines().any(|line| line == "too_many_lines = \"deny\""), "{lints}");
    let settings = read(".clippy.toml");
    assert!(settings.lines().any(|line| line == "too-many-lines-threshold = 50"), "{settings}");
}

#[test]
fn every_crate_is_linted_as_the_workspace_says() {
    for package in workspace::packages() {
        let manifest = fs::read_to_string(package["manifest_path"].as_str().unwrap()).unwrap();
        let name = package["name"].as_str().unwrap();
        let wanted = !LINTED_LESS.contains(&name);
        assert_eq!(manifest.contains("\n[lints]\nworkspace = true\n"), wanted, "{name}");
        assert!(wanted || manifest.contains("unsafe_code = \"forbid\""), "{name}");
    }
}

fn read(file: &str) -> String {
    fs::read_to_string(workspace::root().join(file)).unwrap()
}

/// The product's files: their names from the workspace's root, their texts.
fn product() -> Vec<(String, String)> {
    let root = workspace::root();
    let name = |file: &Path| file.strip_prefix(&root).unwrap().display().to_string();
    let files = workspace::rust_files().into_iter();
    files.map(|file| (name(&file), fs::read_to_string(file).unwrap())).collect()
}

/// Where the words stand in the code; a comment may speak of them.
fn uses(files: &[(String, String)], words: &[&str]) -> Vec<String> {
    let mut found = vec![];
    for (name, text) in files {
        for (number, line) in (1..).zip(text.lines()) {
            let code = line.split("//").next().unwrap_or(line);
            let here = words.iter().filter(|word| code.contains(*word));
            found.extend(here.map(|word| format!("{name}:{number}: {word}")));
        }
    }
    found
}
