//! What the binary does, one file per command.

mod create_superuser;
mod migrate;
mod seed;
mod serve;
mod worker;

pub use migrate::{migrate, prepare};
pub use serve::{Served, bind, start};

use crate::{
    config::{Cli, Command},
    graphql,
};

/// Why a command failed, for people.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

pub async fn run(cli: Cli) -> Result<(), Failure> {
    match cli.command.unwrap_or(Command::Serve(cli.serve)) {
        Command::Serve(options) => serve::run(options).await,
        Command::Migrate(options) => migrate::run(options).await,
        Command::Seed(options) => seed::run(options).await,
        Command::CreateSuperuser(options) => create_superuser::run(options).await,
        Command::Worker(options) => worker::run(options).await,
        Command::Schema => {
            print!("{}", graphql::sdl(&graphql::schema()));
            Ok(())
        }
    }
}
