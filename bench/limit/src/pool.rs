use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use tokio_postgres::{Client, Config, NoTls, Row, Statement, types::ToSql};

use crate::Failure;

/// Statements of one connection are sent without waiting for each other's answers, so a few are enough.
const CONNECTIONS: usize = 8;

/// Names a statement among all.
#[derive(Clone, Copy)]
pub struct Sql(pub usize);

/// Every statement, prepared once on every connection.
pub const ALL: [&str; 13] = [
    crate::catalogue::FIRST,
    crate::catalogue::SECTIONS,
    crate::catalogue::FILES,
    crate::catalogue::DEEP,
    crate::catalogue::SEARCH,
    crate::catalogue::FLAT,
    crate::course::COURSE,
    crate::course::REVIEWS,
    crate::course::QUIZZES,
    crate::learning::MINE,
    crate::writing::ENROL,
    crate::writing::WATCH,
    crate::catalogue::SEARCH_COUNT,
];

pub struct Pool {
    connections: Vec<(Client, Vec<Statement>)>,
    next: AtomicUsize,
}

impl Pool {
    pub async fn connect(url: &str) -> Result<Self, Failure> {
        let mut config: Config = url.parse()?;
        // As the gateway asks of its connections: otherwise a part of the difference would be PostgreSQL's planning.
        config.options("-c plan_cache_mode=force_generic_plan");
        let mut connections = Vec::new();
        for _ in 0..CONNECTIONS {
            let (client, connection) = config.connect(NoTls).await?;
            tokio::spawn(connection);
            let mut statements = Vec::new();
            for sql in ALL {
                statements.push(client.prepare(sql).await?);
            }
            connections.push((client, statements));
        }
        Ok(Self { connections, next: AtomicUsize::new(0) })
    }

    pub async fn rows(&self, sql: Sql, parameters: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, Failure> {
        let at = self.next.fetch_add(1, Relaxed) % self.connections.len();
        let (client, statements) = &self.connections[at];
        Ok(client.query(&statements[sql.0], parameters).await?)
    }
}
