//! Looks at the settings as `serve` would, and says in plain words what is wrong with them. Nothing is migrated and no key is
//! made; what is tried out is taken away again.

mod addresses;
mod data;
mod environment;
mod outside;
mod report;

use std::env;

use super::Failure;
use crate::config::Serve;

pub use report::{Finding, Report, Verdict};

pub async fn run(options: Serve) -> Result<(), Failure> {
    let names = env::vars_os().filter_map(|(name, _)| name.into_string().ok()).collect();
    let report = examine(&options, names).await;
    print!("{report}");
    match report.wrong() {
        0 => Ok(()),
        1 => Err("one thing is wrong".into()),
        wrong => Err(format!("{wrong} things are wrong").into()),
    }
}

/// `names`: what is set in the environment.
pub async fn examine(options: &Serve, names: Vec<String>) -> Report {
    let mut report = Report::default();
    environment::check(&mut report, &names);
    addresses::check(&mut report, options);
    data::check(&mut report, options).await;
    outside::check(&mut report, options).await;
    report
}
