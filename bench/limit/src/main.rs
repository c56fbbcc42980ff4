//! What the bench holds the gateway against: the same answers from one hand-written handler each. It knows no viewer, no
//! permission, no query language and no loader: nothing that answers these questions from these tables costs much less.

mod catalogue;
mod course;
mod json;
mod learning;
mod pool;
mod writing;

use std::{net::SocketAddr, process::ExitCode, sync::Arc};

use axum::{
    Router,
    extract::{Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use clap::Parser;
use serde::Deserialize;

use pool::Pool;

#[derive(Parser)]
struct Options {
    #[arg(long, env = "DATABASE_URL")]
    database_url: String,
    #[arg(long)]
    listen: SocketAddr,
}

/// Whatever went wrong: nobody but the bench asks.
type Failure = Box<dyn std::error::Error + Send + Sync>;
type Answer = Result<Vec<u8>, Failure>;

/// All that any question says.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    user: String,
    course: String,
    media: String,
    slug: String,
    /// The place in the catalogue after which to begin: learners, score, id.
    learners: Option<i32>,
    score: Option<i32>,
    after: String,
    category: String,
    difficulty: String,
    word: String,
    min: i64,
    max: i64,
    items: i32,
}

#[tokio::main]
async fn main() -> ExitCode {
    match serve(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("limit: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(options: Options) -> Result<(), Failure> {
    let pool = Arc::new(Pool::connect(&options.database_url).await?);
    let app = Router::new()
        .route("/readyz", get(async || "ok"))
        .route("/q1", get(q1))
        .route("/q2", get(q2))
        .route("/q3", get(q3))
        .route("/q4", get(q4))
        .route("/q5", get(q5))
        .route("/q6", get(q6))
        .route("/m1", post(m1))
        .route("/m2", post(m2))
        .with_state(pool);
    let listener = tokio::net::TcpListener::bind(options.listen).await?;
    Ok(axum::serve(listener, app).await?)
}

macro_rules! handlers {
    ($($name:ident => $answer:path;)*) => {$(
        async fn $name(State(pool): State<Arc<Pool>>, Query(asked): Query<Asked>) -> Response {
            respond($answer(&pool, &asked).await)
        }
    )*};
}

handlers! {
    q1 => catalogue::first_page;
    q2 => course::page;
    q3 => learning::mine;
    q4 => catalogue::deep_page;
    q5 => catalogue::search;
    q6 => catalogue::flat;
    m1 => writing::enrol;
    m2 => writing::watch;
}

fn respond(answer: Answer) -> Response {
    match answer {
        Ok(body) => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
        Err(error) => {
            eprintln!("limit: {error}");
            (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response()
        }
    }
}
