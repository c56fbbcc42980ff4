use std::process::ExitCode;

use clap::Parser;
use gateway::{commands, config::Cli};

fn main() -> ExitCode {
    let done = gateway::runtime().map_err(Into::into).and_then(|runtime| runtime.block_on(commands::run(Cli::parse())));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("lectern: {error}");
            ExitCode::FAILURE
        }
    }
}
