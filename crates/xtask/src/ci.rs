use std::time::Instant;

use crate::{Outcome, bench, deny, fuzz, schema, shell, test};

type Step = (&'static str, fn() -> Outcome);

/// From fast to slow: what is cheap to find is said first.
const STEPS: [Step; 7] = [
    ("fmt", fmt),
    ("clippy", clippy),
    ("deny", || deny::run(&[])),
    ("schema --check", || schema::run(&["--check".into()])),
    ("bench --quick", || bench::run(&["--quick".into()])),
    ("test", || test::run(&[])),
    ("fuzz", || fuzz::run(&[])),
];

/// Everything that must hold before a change lands; it stops at the first step that fails.
pub fn run(words: &[String]) -> Outcome {
    if !words.is_empty() {
        return Err("ci takes no words".into());
    }
    for (name, step) in STEPS {
        eprintln!("\n=== {name} ===");
        let start = Instant::now();
        let outcome = step();
        let verdict = if outcome.is_ok() { "passed" } else { "FAILED" };
        eprintln!("=== {name} {verdict} after {} s ===", start.elapsed().as_secs());
        outcome?;
    }
    Ok(())
}

fn fmt() -> Outcome {
    shell::run(&mut shell::cargo(&["fmt", "--all", "--check"]))
}

fn clippy() -> Outcome {
    shell::run(&mut shell::cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}
