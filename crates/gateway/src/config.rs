//! Every setting, read once from the command line and the environment.

use std::{
    collections::BTreeSet,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    num::NonZero,
    path::PathBuf,
    thread,
};

use clap::{Args, CommandFactory, Parser, Subcommand, builder::FalseyValueParser, value_parser};
use kernel::{DbConfig, sqlite_url};

use crate::mail;
pub use crate::{
    ai_options::{AiOptions, LimitName},
    limit_options::LimitOptions,
    school_options::{SchoolOptions, SigningOptions},
    storage_options::StorageOptions,
    telemetry::{LogFormat, LogOptions},
    webhook_options::WebhookOptions,
};

/// Lectern, a headless learning platform: one GraphQL API over courses, learning, assessment, reviews and a tutor.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub serve: Serve,
    #[command(flatten)]
    pub log: LogOptions,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the API (what happens without a command, too).
    Serve(Box<Serve>),
    /// Do the background jobs and nothing else: as many of these as are wanted, beside `serve --no-worker` or with it.
    Worker(Box<Worker>),
    /// Look at the settings, the database and all that is reached by network, as `serve` would, and say what is wrong.
    Check(Box<Serve>),
    /// Bring the database to this version's schema and stop.
    Migrate(Database),
    /// Fill an empty database with a generated school.
    Seed(Seed),
    /// Create an account that may do everything. The password is read from LECTERN_PASSWORD or standard input.
    CreateSuperuser(CreateSuperuser),
    /// Print the GraphQL schema.
    Schema,
}

/// Every name that means something in the environment.
pub fn settings() -> BTreeSet<String> {
    let cli = Cli::command();
    let commands = cli.get_subcommands().chain([&cli]);
    let names = commands.flat_map(|command| command.get_arguments().filter_map(|argument| argument.get_env()));
    let names = names.filter_map(|name| name.to_str()).map(str::to_string);
    // Read where no argument may hold it.
    names.chain(["LECTERN_PASSWORD".to_string()]).collect()
}

/// Held open where nothing else is said.
const MOST_CONNECTIONS: u32 = 16;

/// Where the data is.
#[derive(Args, Clone, Debug)]
pub struct Database {
    /// `postgres://user:password@host/database`, or `sqlite://path`. Without it: SQLite in the data folder.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// A copy of the PostgreSQL database that follows it (one streaming standby, no balancer before several): queries are
    /// answered from it that may be a moment behind, never those of somebody who has just written something that it has not
    /// yet. All gateways and workers need the same.
    #[arg(long, env = "DATABASE_REPLICA_URL", hide_env_values = true)]
    pub database_replica_url: Option<String>,
    /// The folder for everything Lectern keeps in files.
    #[arg(long, env = "LECTERN_DATA_DIR", default_value = "./data")]
    pub data_dir: PathBuf,
    /// The most database connections held open. Without it: 16, for SQLite's readers two for each processor and at least 4,
    /// because each keeps pages of its own and what they do is done here.
    #[arg(long, env = "LECTERN_DATABASE_CONNECTIONS", value_parser = value_parser!(u32).range(1..))]
    pub database_connections: Option<u32>,
}

impl Database {
    /// Set but empty is as good as not set.
    pub fn given_url(&self) -> Option<String> {
        self.database_url.clone().filter(|url| !url.is_empty())
    }

    /// How to reach the copy, if there is one.
    pub fn replica(&self) -> Option<DbConfig> {
        let url = self.database_replica_url.clone().filter(|url| !url.is_empty())?;
        Some(DbConfig { max_connections: self.connections(&url), url })
    }

    pub fn config(&self) -> DbConfig {
        let url = self.given_url().unwrap_or_else(|| sqlite_url(&self.data_dir.join("lectern.db")));
        DbConfig { max_connections: self.connections(&url), url }
    }

    fn connections(&self, url: &str) -> u32 {
        let processors = || thread::available_parallelism().map_or(1, NonZero::get);
        self.database_connections.unwrap_or_else(|| match url.starts_with("sqlite:") {
            true => u32::try_from(2 * processors()).unwrap_or(MOST_CONNECTIONS).clamp(4, MOST_CONNECTIONS),
            false => MOST_CONNECTIONS,
        })
    }
}

#[derive(Args, Clone, Debug)]
pub struct Serve {
    #[command(flatten)]
    pub database: Database,
    /// The address to serve on; port 0 takes a free one.
    #[arg(long, env = "LECTERN_LISTEN", default_value_t = LISTEN)]
    pub listen: SocketAddr,
    /// Leave an empty database empty.
    #[arg(long, env = "LECTERN_NO_DEMO", value_parser = FalseyValueParser::new())]
    pub no_demo: bool,
    /// Fill an empty database with the demo school, whose passwords are public, even where that is not the default:
    /// when DATABASE_URL is set or the address can be reached from other machines.
    #[arg(long, env = "LECTERN_DEMO", value_parser = FalseyValueParser::new())]
    pub demo: bool,
    /// Origins whose pages may call the API from a browser, separated by commas: `https://school.example`.
    #[arg(long, env = "LECTERN_CORS_ORIGINS", value_delimiter = ',')]
    pub cors_origins: Vec<String>,
    /// What secrets are encrypted with in the database: 32 bytes in base64 or hexadecimal. Without it: the file
    /// `secret.key` in the data folder, made at first start.
    #[arg(long, env = "LECTERN_SECRET_KEY", hide_env_values = true)]
    pub secret_key: Option<String>,
    /// How many proxies of yours stand in front. Each appends whom it heard from to `X-Forwarded-For`; the address that
    /// far from the right is the client's. 0: nobody's word is taken for it.
    #[arg(long, env = "LECTERN_TRUSTED_PROXIES", default_value_t = 0)]
    pub trusted_proxies: usize,
    /// How many passwords are hashed at the same time; each takes 19 MiB of memory.
    #[arg(long, env = "LECTERN_PASSWORD_HASHES", default_value_t = 2, value_parser = value_parser!(u16).range(1..))]
    pub password_hashes: u16,
    /// How many mebibytes of answers are kept for those who are not signed in; 0 keeps none.
    #[arg(long, env = "LECTERN_CACHE_MEBIBYTES", default_value_t = 32)]
    pub cache_mebibytes: u32,
    /// Leave the background jobs to `lectern worker`.
    #[arg(long, env = "LECTERN_NO_WORKER", value_parser = FalseyValueParser::new())]
    pub no_worker: bool,
    #[command(flatten)]
    pub observed: Observed,
    #[command(flatten)]
    pub limits: LimitOptions,
    #[command(flatten)]
    pub jobs: Jobs,
    #[command(flatten)]
    pub mail: Mail,
    #[command(flatten)]
    pub storage: StorageOptions,
    #[command(flatten)]
    pub school: SchoolOptions,
    #[command(flatten)]
    pub ai: AiOptions,
    #[command(flatten)]
    pub signing: SigningOptions,
    #[command(flatten)]
    pub webhooks: WebhookOptions,
}

/// How background jobs are done.
#[derive(Args, Clone, Debug)]
pub struct Jobs {
    /// How many background jobs are done at the same time.
    #[arg(long, env = "LECTERN_JOB_WORKERS", default_value_t = 2, value_parser = value_parser!(u16).range(1..))]
    pub job_workers: u16,
}

/// Where those who run the server look.
#[derive(Args, Clone, Debug, Default)]
pub struct Observed {
    /// An address of its own for `/metrics` (Prometheus), with `/healthz` and `/readyz` beside it: `127.0.0.1:9000`. Whoever
    /// reaches it reads them. Without it there are no metrics.
    #[arg(long, env = "LECTERN_METRICS_LISTEN")]
    pub metrics_listen: Option<String>,
}

impl Observed {
    /// Set but empty is as good as not set.
    pub fn address(&self) -> Result<Option<SocketAddr>, String> {
        let given = self.metrics_listen.as_deref().filter(|address| !address.is_empty());
        let wrong = |address| format!("LECTERN_METRICS_LISTEN: {address:?} is no address such as 127.0.0.1:9000");
        given.map(|address| address.parse().map_err(|_| wrong(address))).transpose()
    }
}

#[derive(Args, Clone, Debug)]
pub struct Worker {
    #[command(flatten)]
    pub database: Database,
    #[command(flatten)]
    pub observed: Observed,
    #[command(flatten)]
    pub jobs: Jobs,
    #[command(flatten)]
    pub mail: Mail,
    #[command(flatten)]
    pub storage: StorageOptions,
    #[command(flatten)]
    pub school: SchoolOptions,
    #[command(flatten)]
    pub ai: AiOptions,
    /// What secrets are encrypted with in the database, as for `serve`: deliveries to webhooks are signed with some.
    #[arg(long, env = "LECTERN_SECRET_KEY", hide_env_values = true)]
    pub secret_key: Option<String>,
    #[command(flatten)]
    pub webhooks: WebhookOptions,
}

/// How letters leave the house.
#[derive(Args, Clone, Debug)]
pub struct Mail {
    /// Where the front end is: the links in letters begin with it. Without it: the address that Lectern serves on.
    #[arg(long, env = "LECTERN_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// The mail server: `smtps://user:password@host`, `smtp://user:password@host:587?tls=required`, or `smtp://host`
    /// without encryption. Without it: letters are files in the folder `outbox` of the data folder.
    #[arg(long, env = "LECTERN_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// Who letters come from; the name signs them, too.
    #[arg(long, env = "LECTERN_MAIL_FROM", default_value = "Lectern <lectern@localhost>")]
    pub mail_from: String,
}

/// Where `serve` listens unless told otherwise.
pub const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8000);

/// Where a server that was bound to this address is found from the same machine.
pub fn local_address(bound: SocketAddr) -> String {
    // One can listen on all addresses, but not go to them.
    match bound.ip().is_unspecified() {
        true => format!("http://localhost:{}", bound.port()),
        false => format!("http://{bound}"),
    }
}

impl Mail {
    /// The links' beginning, for a server that was bound to this address.
    pub fn public_url(&self, bound: SocketAddr) -> String {
        let given = self.public_url.clone().filter(|url| !url.is_empty());
        given.unwrap_or_else(|| local_address(bound))
    }

    pub fn settings(&self, database: &Database) -> mail::Settings {
        mail::Settings {
            smtp_url: self.smtp_url.clone().filter(|url| !url.is_empty()),
            from: self.mail_from.clone(),
            outbox: database.data_dir.join("outbox"),
            ..mail::Settings::default()
        }
    }
}

impl Serve {
    /// How many jobs are done at the same time; none when that is left to others.
    pub fn jobs_at_once(&self) -> usize {
        if self.no_worker { 0 } else { self.jobs.job_workers.into() }
    }

    /// The demo school has public passwords, so it comes by itself only where nobody else can reach it.
    pub fn wants_demo(&self) -> bool {
        let private = self.database.given_url().is_none() && self.listen.ip().is_loopback();
        !self.no_demo && (self.demo || private)
    }
}

#[derive(Args, Clone, Debug)]
pub struct Seed {
    #[command(flatten)]
    pub database: Database,
    #[arg(long, default_value_t = 24)]
    pub courses: usize,
    #[arg(long, default_value_t = 60)]
    pub users: usize,
    #[arg(long, default_value_t = 200)]
    pub enrollments: usize,
    /// The same seed gives the same school, on both databases.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

#[derive(Args, Clone, Debug)]
pub struct CreateSuperuser {
    #[command(flatten)]
    pub database: Database,
    #[arg(long)]
    pub email: String,
    #[arg(long, default_value = "")]
    pub full_name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever the environment says of the database, it is not given here.
    fn serve(arguments: &[&str]) -> Result<Serve, clap::Error> {
        let all = ["lectern", "--database-url", ""].iter().chain(arguments);
        Ok(Cli::try_parse_from(all)?.serve)
    }

    #[test]
    fn the_demo_school_comes_by_itself_only_where_nobody_else_can_reach_it() {
        for (arguments, wanted) in [
            (vec![], true),
            (vec!["--no-demo"], false),
            (vec!["--listen", "0.0.0.0:8000"], false),
            (vec!["--listen", "0.0.0.0:8000", "--demo"], true),
            (vec!["--demo", "--no-demo"], false),
        ] {
            assert_eq!(serve(&arguments).unwrap().wants_demo(), wanted, "{arguments:?}");
        }
        let postgres = Cli::try_parse_from(["lectern", "--database-url", "postgres://localhost/x"]).unwrap();
        assert!(!postgres.serve.wants_demo());
    }

    #[test]
    fn an_empty_address_is_as_good_as_none_and_nothing_is_zero() {
        assert!(serve(&[]).unwrap().database.config().url.ends_with("lectern.db?mode=rwc"));
        assert!(serve(&["--database-connections", "0"]).is_err());
        assert!(serve(&["--password-hashes", "0"]).is_err());
        assert!(serve(&["--job-workers", "0"]).is_err());
        let serve = serve(&["--smtp-url", ""]).unwrap();
        assert_eq!(serve.mail.settings(&serve.database).smtp_url, None);
    }

    #[test]
    fn links_begin_with_the_public_address_or_the_one_that_is_served_on() {
        for (arguments, bound, begins) in [
            (&["--public-url", "https://school.example"][..], "127.0.0.1:8000", "https://school.example"),
            (&["--public-url", ""], "127.0.0.1:8001", "http://127.0.0.1:8001"),
            (&[], "0.0.0.0:8000", "http://localhost:8000"),
            (&[], "[::1]:8000", "http://[::1]:8000"),
        ] {
            assert_eq!(serve(arguments).unwrap().mail.public_url(bound.parse().unwrap()), begins);
        }
    }

    #[test]
    fn jobs_are_done_unless_that_is_left_to_others() {
        for (arguments, at_once) in
            [(vec![], 2), (vec!["--job-workers", "7"], 7), (vec!["--no-worker", "--job-workers", "7"], 0)]
        {
            assert_eq!(serve(&arguments).unwrap().jobs_at_once(), at_once, "{arguments:?}");
        }
    }
}
