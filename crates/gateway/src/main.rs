use std::process::ExitCode;

use clap::Parser;
use gateway::{commands, config::Cli};

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(said) => {
            // Fails only when nobody reads it.
            let _ = said.print();
            return if said.use_stderr() { ExitCode::FAILURE } else { ExitCode::SUCCESS };
        }
    };
    let done = gateway::runtime().map_err(Into::into).and_then(|runtime| runtime.block_on(commands::run(cli)));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("lectern: {error}");
            ExitCode::FAILURE
        }
    }
}
