//! A closed loop: so many connections, each with one request under way.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use crate::{
    Outcome,
    http::Connection,
    options::Options,
    process,
    requests::{Requests, Side},
    rows::Row,
    server::Server,
};

/// What one contender did with one row at one concurrency, all rounds together.
#[derive(Clone, Debug, Default)]
pub struct Turn {
    pub latencies: Vec<Duration>,
    pub seconds: f64,
    pub server_ms: f64,
    pub database_ms: f64,
}

/// Whom requests go to.
pub struct Contender<'a> {
    pub servers: &'a [Server],
    pub side: Side,
    /// The process whose children do the database's work; none when the server does it itself.
    pub postmaster: Option<u32>,
}

pub struct Driven {
    pub row: Row,
    pub concurrency: usize,
    /// In the order of the contenders.
    pub turns: Vec<Turn>,
}

pub async fn all(
    options: &Options,
    requests: &Arc<Requests>,
    contenders: &[Contender<'_>],
    rows: &[Row],
) -> Outcome<Vec<Driven>> {
    let mut all = vec![];
    for row in rows {
        for concurrency in &options.concurrency {
            let mut turns = vec![Turn::default(); contenders.len()];
            // The first turn of each warms up and does not count.
            for round in 0..=options.rounds {
                let seconds = if round == 0 { options.seconds / 4.0 } else { options.seconds };
                for (contender, sum) in contenders.iter().zip(&mut turns) {
                    let turn =
                        turn(requests, contender, (*row, *concurrency), Duration::from_secs_f64(seconds)).await?;
                    if round > 0 {
                        sum.add(turn);
                    }
                }
            }
            let counts: Vec<usize> = turns.iter().map(|turn| turn.latencies.len()).collect();
            eprintln!("{row:?} at {concurrency}: {counts:?} requests");
            all.push(Driven { row: *row, concurrency: *concurrency, turns });
        }
    }
    Ok(all)
}

impl Turn {
    fn add(&mut self, other: Self) {
        self.latencies.extend(other.latencies);
        self.seconds += other.seconds;
        self.server_ms += other.server_ms;
        self.database_ms += other.database_ms;
    }

    /// A part of the latencies was at most this, in milliseconds.
    pub fn percentile(&self, part: f64) -> f64 {
        let mut sorted = self.latencies.clone();
        sorted.sort_unstable();
        let at = (sorted.len() as f64 * part) as usize;
        sorted.get(at.min(sorted.len().saturating_sub(1))).map_or(0.0, |latency| latency.as_secs_f64() * 1_000.0)
    }

    pub fn throughput(&self) -> f64 {
        self.latencies.len() as f64 / self.seconds
    }

    /// Processor milliseconds per request: of the server, of PostgreSQL.
    pub fn cpu(&self) -> (f64, f64) {
        let requests = self.latencies.len().max(1) as f64;
        (self.server_ms / requests, self.database_ms / requests)
    }
}

async fn turn(
    requests: &Arc<Requests>,
    contender: &Contender<'_>,
    (row, concurrency): (Row, usize),
    length: Duration,
) -> Outcome<Turn> {
    let postgres = || contender.postmaster.map_or(0.0, process::family_cpu_ms);
    let servers = || contender.servers.iter().map(|server| process::cpu_ms(server.pid())).sum::<f64>();
    let (mut connections, side) = (vec![], contender.side);
    for server in contender.servers.iter().cycle().take(concurrency) {
        connections.push(Connection::open(server.port).await?);
    }
    let (server_before, database_before, start) = (servers(), postgres(), Instant::now());
    let tasks: Vec<_> = connections
        .into_iter()
        .map(|connection| tokio::spawn(ask(connection, requests.clone(), (row, side), start + length)))
        .collect();
    let mut turn = Turn::default();
    for task in tasks {
        turn.latencies.extend(task.await??);
    }
    turn.seconds = start.elapsed().as_secs_f64();
    turn.server_ms = servers() - server_before;
    turn.database_ms = postgres() - database_before;
    Ok(turn)
}

async fn ask(
    mut connection: Connection,
    requests: Arc<Requests>,
    (row, side): (Row, Side),
    end: Instant,
) -> Outcome<Vec<Duration>> {
    let mut latencies = vec![];
    while Instant::now() < end {
        let request = requests.bytes(row, side);
        let start = Instant::now();
        let (status, body) = connection.send(&request).await?;
        if status != 200 {
            return Err(format!("{row:?}, {side:?}: {status} {}", String::from_utf8_lossy(body)).into());
        }
        latencies.push(start.elapsed());
    }
    Ok(latencies)
}
