//! How much the gateway costs beside the lower bound: `cargo xtask bench` builds the programs, starts a PostgreSQL and calls
//! this. See PERFORMANCE.md.

mod compare;
mod counting;
mod database;
mod drive;
mod http;
mod options;
mod people;
mod plans;
mod process;
mod requests;
mod rows;
mod server;
mod sqlite;
mod table;

use std::{process::ExitCode, sync::Arc};

use clap::Parser;

use drive::Contender;
use options::Options;
use requests::Side;

/// Whatever went wrong, as a sentence for whoever called.
type Failure = Box<dyn std::error::Error + Send + Sync>;
type Outcome<T = ()> = Result<T, Failure>;

#[tokio::main]
async fn main() -> ExitCode {
    match run(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> Outcome {
    let scratch = tempfile::tempdir()?;
    server::seed(&options, scratch.path()).await?;
    let database = database::Database::connect(&options.database_url).await?;
    database.settle().await?;
    let gateways = server::gateways(&options, scratch.path()).await?;
    let gateway = gateways.first().ok_or("no gateway")?;
    let limit = server::limit(&options, scratch.path()).await?;
    eprintln!("first answer after {:.0} ms (gateway), {:.0} ms (limit)", gateway.started_ms, limit.started_ms);
    let requests = Arc::new(requests::Requests::prepare(&database, gateway, &options).await?);
    let rows = options.rows();
    compare::equal(&requests, gateway, &limit, &rows).await?;
    // Before the statements are counted: that writes, into one of the two databases only.
    let sqlite = sqlite::start(&options, scratch.path(), &database).await?;
    if let Some(sqlite) = &sqlite {
        compare::equal(&requests, sqlite, &limit, &rows).await?;
    }
    let statements = counting::statements(&database, &requests, gateway, &limit, &rows).await?;
    if let Some(folder) = &options.plans {
        return plans::keep(folder, &database, &requests, gateway, &rows).await;
    }
    if options.quick {
        return counting::hold(&statements);
    }
    let postmaster = database.postmaster;
    let mut contenders = vec![
        Contender { servers: &gateways, side: Side::Gateway, postmaster },
        Contender { servers: std::slice::from_ref(&limit), side: Side::Limit, postmaster },
    ];
    contenders.extend(sqlite.as_slice().chunks(1).map(|servers| Contender {
        servers,
        side: Side::Gateway,
        postmaster: None,
    }));
    let driven = drive::all(&options, &requests, &contenders, &rows).await?;
    table::print(&options, &driven, &statements, &contenders);
    Ok(())
}
