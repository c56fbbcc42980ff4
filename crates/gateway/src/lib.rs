//! The gateway: the one GraphQL schema over all contexts, HTTP and WebSocket in front of it, and the commands of the
//! binary `lectern`. The only crate that knows GraphQL and HTTP.

mod ai_options;
pub mod app;
pub mod cache;
mod callers;
pub mod commands;
pub mod config;
mod curriculum;
mod drafting;
mod ended;
mod following;
pub mod graphql;
pub mod http;
pub mod jobs;
mod limit_options;
pub mod mail;
mod media_links;
pub mod open_files;
mod opened;
pub mod packages;
pub mod privacy;
mod private_folder;
pub mod rates;
mod reactions;
mod readiness;
pub mod school;
mod school_options;
mod scratch;
pub mod secret_key;
pub mod seed;
mod signing;
mod stopping;
mod storage_options;
pub mod telemetry;
mod tutor;
mod webhook_options;
pub mod webhooks;

/// The runtime that operations run in. A resolver is a future inside its parent's, so that a query as deep as it may be
/// needs more stack than a thread usually has; memory that is not used costs nothing.
pub fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.enable_all().thread_stack_size(STACK).max_blocking_threads(BLOCKING_THREADS).build()
}

const STACK: usize = 64 << 20;

/// What these do is short, or limited elsewhere. Each keeps memory of its own: hundreds, for as many files that are read at a time,
/// would keep a lot of it.
const BLOCKING_THREADS: usize = 16;

/// Runs a command to its end. Here and not in each program: what a future does is compiled where it is run.
pub fn run(cli: config::Cli) -> Result<(), commands::Failure> {
    runtime()?.block_on(commands::run(cli))
}
