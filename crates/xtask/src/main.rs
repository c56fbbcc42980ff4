//! `cargo xtask`: the errands of this repository. Only the standard library, so that it builds in seconds.

mod bench;
mod ci;
mod clients;
mod cluster;
mod debian;
mod deny;
mod doctests;
mod fuzz;
mod help;
mod pair;
mod postgres;
mod product;
mod programs;
mod python;
mod schema;
mod scratch;
mod shell;
mod test;

use std::process::ExitCode;

/// What an errand ends with: a value, or a sentence for the person who called it.
type Outcome<T = ()> = Result<T, String>;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match errand(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("xtask: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn errand(words: &[String]) -> Outcome {
    let Some((name, rest)) = words.split_first() else {
        return help::run();
    };
    match name.as_str() {
        "test" => test::run(rest),
        "postgres" => postgres::run(rest),
        "schema" => schema::run(rest),
        "smtp" => python::SMTP.run(rest),
        "s3" => python::S3.run(rest),
        "fuzz" => fuzz::run(rest),
        "bench" => bench::run(rest),
        "deny" => deny::run(rest),
        "ci" => ci::run(rest),
        "help" | "--help" | "-h" => help::run(),
        other => Err(format!("there is no `{other}`; see `cargo xtask help`")),
    }
}
