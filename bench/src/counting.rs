//! How many statements a request takes: what PostgreSQL itself has counted.

use crate::{
    Outcome,
    database::Database,
    http::Connection,
    requests::{Requests, Side},
    rows::Row,
    server::Server,
};

const TIMES: usize = 10;

pub struct Counted {
    pub row: Row,
    pub gateway: f64,
    pub limit: f64,
    /// The gateway's, with how often each ran.
    pub statements: Vec<(i64, String)>,
}

pub async fn statements(
    database: &Database,
    requests: &Requests,
    gateway: &Server,
    limit: &Server,
    rows: &[Row],
) -> Outcome<Vec<Counted>> {
    let mut counted = vec![];
    for row in rows {
        let statements = ask(database, requests, gateway, (*row, Side::Gateway)).await?;
        let fewest = ask(database, requests, limit, (*row, Side::Limit)).await?;
        counted.push(Counted { row: *row, gateway: per_request(&statements), limit: per_request(&fewest), statements });
    }
    Ok(counted)
}

async fn ask(
    database: &Database,
    requests: &Requests,
    server: &Server,
    (row, side): (Row, Side),
) -> Outcome<Vec<(i64, String)>> {
    let mut connection = Connection::open(server.port).await?;
    // The first time things are read that are kept then.
    for time in 0..=TIMES {
        if time == 1 {
            database.forget_statements().await?;
        }
        let (status, body) = connection.send(&requests.bytes(row, side)).await?;
        // Errors of a mutation are in what it answers.
        if status != 200 || body.windows(10).any(|part| part == b"\"code\":\"EN" || part == b"\"errors\":[") {
            return Err(format!("{row:?} failed: {}", String::from_utf8_lossy(body)).into());
        }
    }
    database.statements().await
}

fn per_request(statements: &[(i64, String)]) -> f64 {
    statements.iter().map(|(calls, _)| *calls).sum::<i64>() as f64 / TIMES as f64
}

/// Says how many there are, and fails when some row has more than it may.
pub fn hold(counted: &[Counted]) -> Outcome {
    let mut failed = vec![];
    for Counted { row, gateway, limit, statements } in counted {
        let most = row.most_statements();
        println!(
            "{:4} {:58} {gateway:5.1} of {most:2.0} statements (limit: {limit:.1})",
            format!("{row:?}"),
            row.says()
        );
        // Who asks is looked up again every few seconds: not at each request, and not counted.
        if gateway.round() > most {
            let all: Vec<String> = statements.iter().map(|(calls, sql)| format!("  {calls:3} x {sql}")).collect();
            failed.push(format!("{row:?} takes {gateway} statements, at most {most} were wanted:\n{}", all.join("\n")));
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(failed.join("\n").into()) }
}
