//! The generated operations of tests/fuzz, against the real binary.

use std::process::Command;

use crate::{Outcome, product, python, shell};

/// Enough to come by every field; a night has more time.
const SECONDS: &str = "60";

/// For so many seconds, if a word says how many.
pub fn run(words: &[String]) -> Outcome {
    let seconds = match words {
        [] => SECONDS,
        [seconds] if seconds.parse::<u32>().is_ok_and(|seconds| seconds > 0) => seconds,
        _ => return Err("fuzz takes a number of seconds".into()),
    };
    let python = python::FUZZ.prepare()?;
    let script = shell::root().join("tests/fuzz/fuzz.py");
    shell::run(Command::new(python).arg(script).env("LECTERN_BIN", product::build()?).env("FUZZ_SECONDS", seconds))
}
