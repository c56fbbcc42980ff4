//! What the binary does, one file per command.

pub mod check;
mod create_superuser;
mod migrate;
mod observe;
mod seed;
mod serve;
mod worker;

pub use migrate::{migrate, prepare, with_replica};
pub use observe::observe;
pub use serve::{Served, bind, start};

use crate::{
    config::{Cli, Command},
    graphql, telemetry,
};

/// Why a command failed, for people.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

pub async fn run(cli: Cli) -> Result<(), Failure> {
    let telemetry = telemetry::start(&cli.log)?;
    let done = run_one(cli.command.unwrap_or(Command::Serve(Box::new(cli.serve)))).await;
    telemetry.stop().await;
    done
}

async fn run_one(command: Command) -> Result<(), Failure> {
    match command {
        Command::Serve(options) => serve::run(*options).await,
        Command::Check(options) => check::run(*options).await,
        Command::Migrate(options) => migrate::run(options).await,
        Command::Seed(options) => seed::run(options).await,
        Command::CreateSuperuser(options) => create_superuser::run(options).await,
        Command::Worker(options) => worker::run(*options).await,
        Command::Schema => {
            print!("{}", graphql::sdl(&graphql::schema()));
            Ok(())
        }
    }
}
