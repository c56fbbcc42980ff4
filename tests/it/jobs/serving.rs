//! Jobs where they are done: in the server.

use std::time::Duration;

use kernel::{EntityId, JobId};
use serde_json::{Value, json};
use testkit::{Server, TestApp, on_both};

use super::{PurgeJobs, Unknown, enqueue};

/// Far more than it takes; who waits this long has found a fault.
const DEADLINE: Duration = Duration::from_secs(60);

/// Asks over HTTP until this is the answer.
async fn until(server: &Server, token: &str, query: &str, wanted: Value) {
    let body = json!({"query": query});
    let mut last = Value::Null;
    let asking = async {
        while last != wanted {
            let request = server.client.post(format!("{}/graphql", server.url)).bearer_auth(token).json(&body);
            let answer: Value = request.send().await.unwrap().json().await.unwrap();
            last = answer["data"].clone();
        }
    };
    let in_time = tokio::time::timeout(DEADLINE, asking).await;
    assert!(in_time.is_ok(), "{last} instead of {wanted}");
}

async fn until_it_stands(server: &Server, token: &str, job: JobId, status: &str) {
    let query = format!("{{ node(id: \"{}\") {{ ... on Job {{ status attempts }} }} }}", job.to_wire());
    until(server, token, &query, json!({"node": {"status": status, "attempts": 1}})).await;
}

#[on_both]
async fn the_server_does_jobs(app: TestApp) {
    let root = app.admin("Root").await;
    let token = root.tokens.access.as_str();
    // One that was there before the server, and what recurs.
    let dead = enqueue(&app, Unknown {}).await;
    let server = Server::start_with_jobs(&app, 2).await;
    until_it_stands(&server, token, dead, "DEAD").await;
    let recurring = "{ jobs(filter: {kind: \"recount_counters\", status: DONE}) { totalCount } }";
    until(&server, token, recurring, json!({"jobs": {"totalCount": 1}})).await;
    // One that comes while it serves.
    let late = enqueue(&app, PurgeJobs {}).await;
    until_it_stands(&server, token, late, "DONE").await;
    server.stop().await;
}

/// Two processes on one database, as `serve` and `lectern worker` are: each job is done by one of them.
#[on_both]
async fn two_servers_share_the_jobs(app: TestApp) {
    let root = app.admin("Root").await;
    let mut ids = vec![];
    for _ in 0..20 {
        ids.push(enqueue(&app, PurgeJobs {}).await);
    }
    let servers = [Server::start_with_jobs(&app, 2).await, Server::start_with_jobs(&app, 2).await];
    for id in ids {
        until_it_stands(&servers[0], &root.tokens.access, id, "DONE").await;
    }
    for server in servers {
        server.stop().await;
    }
}
