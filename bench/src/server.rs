//! The two servers.

use std::{
    fs::File,
    net::{Ipv4Addr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::{
    Outcome,
    http::{self, Connection},
    options::Options,
};

/// A server is given up when it has not answered by then.
const PATIENCE: Duration = Duration::from_secs(30);

pub struct Server {
    child: Child,
    pub port: u16,
    /// From the start of the process to its first answer.
    pub started_ms: f64,
}

impl Server {
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Sends one request on a connection of its own; its answer has to be a good one.
    pub async fn ask(&self, request: &[u8]) -> Outcome<serde_json::Value> {
        let mut connection = Connection::open(self.port).await?;
        let (status, body) = connection.send(request).await?;
        let answer: serde_json::Value = serde_json::from_slice(body)?;
        match (status, answer.get("errors")) {
            (200, None) => Ok(answer),
            _ => Err(format!("status {status}: {answer}").into()),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Fills the database.
pub async fn seed(options: &Options, folder: &Path) -> Outcome {
    fill(options, lectern(options, folder)).await
}

/// The same school on SQLite.
pub async fn seed_sqlite(options: &Options, folder: &Path) -> Outcome {
    fill(options, on_sqlite(options, folder)).await
}

async fn fill(options: &Options, mut command: Command) -> Outcome {
    let [courses, users, enrollments] = options.size().map(|number| number.to_string());
    command.args(["seed", "--courses", &courses, "--users", &users, "--enrollments", &enrollments]);
    command.args(["--seed", &options.seed.to_string()]);
    let status = tokio::task::spawn_blocking(move || command.status()).await??;
    if status.success() { Ok(()) } else { Err(format!("`lectern seed` failed ({status})").into()) }
}

/// As many as asked for.
pub async fn gateways(options: &Options, folder: &Path) -> Outcome<Vec<Server>> {
    let mut all = vec![];
    for _ in 0..options.gateways {
        all.push(gateway(lectern(options, folder), folder).await?);
    }
    Ok(all)
}

pub async fn gateway_on_sqlite(options: &Options, folder: &Path) -> Outcome<Server> {
    gateway(on_sqlite(options, folder), folder).await
}

/// Nobody is limited, and no job takes processor time that would pass for a request's.
async fn gateway(mut command: Command, folder: &Path) -> Outcome<Server> {
    let port = free_port()?;
    command.args(["serve", "--no-demo", "--no-worker", "--listen", &format!("127.0.0.1:{port}")]);
    command.envs([("LECTERN_RATE_VIEWER", "0"), ("LECTERN_RATE_ADDRESS", "0"), ("LECTERN_LOG", "warn")]);
    start(command, port, &folder.join(format!("gateway-{port}.log"))).await
}

pub async fn limit(options: &Options, folder: &Path) -> Outcome<Server> {
    let port = free_port()?;
    let mut command = Command::new(&options.limit);
    command.args(["--listen", &format!("127.0.0.1:{port}")]).env("DATABASE_URL", &options.database_url);
    start(command, port, &folder.join("limit.log")).await
}

fn lectern(options: &Options, folder: &Path) -> Command {
    let mut command = Command::new(&options.gateway);
    command.env("DATABASE_URL", &options.database_url).env("LECTERN_DATA_DIR", folder.join("data"));
    command
}

fn on_sqlite(options: &Options, folder: &Path) -> Command {
    let mut command = Command::new(&options.gateway);
    command.env("DATABASE_URL", sqlite_url(folder)).env("LECTERN_DATA_DIR", folder.join("data-of-sqlite"));
    command
}

pub fn sqlite_url(folder: &Path) -> String {
    format!("sqlite://{}?mode=rwc", folder.join("bench.sqlite3").display())
}

async fn start(mut command: Command, port: u16, log: &Path) -> Outcome<Server> {
    let start = Instant::now();
    let log = File::create(log)?;
    let child = command.stdout(Stdio::null()).stderr(log).spawn()?;
    let mut server = Server { child, port, started_ms: 0.0 };
    while start.elapsed() < PATIENCE {
        if answers(port).await.is_ok() {
            server.started_ms = start.elapsed().as_secs_f64() * 1_000.0;
            return Ok(server);
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    Err(format!("{command:?} does not answer").into())
}

async fn answers(port: u16) -> Outcome {
    let mut connection = Connection::open(port).await?;
    match connection.send(&http::get("/readyz")).await? {
        (200, _) => Ok(()),
        (status, _) => Err(format!("status {status}").into()),
    }
}

fn free_port() -> Outcome<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
