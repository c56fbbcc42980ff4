//! A server that is told to stop ends what it has begun. That open sockets hear of it is told in `gateway::closing`.

use gateway::mail::{Mailer, Settings};
use kernel::jobs::{JobStatus, job};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use testkit::{Server, TestApp, on_both};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

#[on_both]
async fn a_request_under_way_is_answered(app: TestApp) {
    let server = Server::start(&app).await;
    let address = server.url.trim_start_matches("http://").to_string();
    let body = json!({"query": "{ courses { totalCount } }"}).to_string();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nexpect: 100-continue\r\nconnection: close\r\n\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(&address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut go_on = [0; 25];
    // From here on somebody waits for the body.
    stream.read_exact(&mut go_on).await.unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    let ends = async {
        // Nobody else gets in any more.
        while TcpStream::connect(&address).await.is_ok() {
            tokio::task::yield_now().await;
        }
        stream.write_all(body.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    };
    let (answer, ()) = tokio::join!(ends, server.stop());
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.contains("{\"data\":{\"courses\":{\"totalCount\":0}}}"),
        "{answer}"
    );
}

/// A mail server that keeps the letter waiting until it is let go on.
async fn takes_a_letter(stream: TcpStream) {
    let (heard, mut says) = stream.into_split();
    let mut lines = BufReader::new(heard).lines();
    says.write_all(b"220 mail\r\n").await.unwrap();
    let mut is_text = false;
    while let Some(line) = lines.next_line().await.unwrap() {
        let (answer, text) = match (is_text, line.as_str()) {
            (true, ".") => ("250 taken\r\n", false),
            (true, _) => continue,
            (false, "DATA") => ("354 go on\r\n", true),
            (false, "QUIT") => break,
            (false, _) => ("250 fine\r\n", false),
        };
        is_text = text;
        says.write_all(answer.as_bytes()).await.unwrap();
    }
}

#[on_both]
async fn a_job_under_way_is_done(app: TestApp) {
    let mail = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", mail.local_addr().unwrap());
    let mailing = app.tuned(|app| {
        let settings = Settings { smtp_url: Some(url), ..Settings::default() };
        app.mailer = Mailer::new(settings, app.world.clone()).unwrap();
    });
    let server = Server::start_with_jobs(&mailing, 1).await;
    let register = "mutation { register(input: {email: \"ada@example.org\", password: \"correct horse\"}) { userErrors { code } } }";
    server.post(&json!({"query": register})).await;
    let (letter, _) = mail.accept().await.unwrap();
    let address = server.url.trim_start_matches("http://").to_string();
    let taken = async {
        while TcpStream::connect(&address).await.is_ok() {
            tokio::task::yield_now().await;
        }
        takes_a_letter(letter).await;
    };
    tokio::join!(taken, server.stop());
    assert_eq!(letters(&app).await, [JobStatus::Done]);
}

#[expect(clippy::disallowed_methods, reason = "as another process would find them")]
async fn letters(app: &TestApp) -> Vec<JobStatus> {
    let letters = job::Entity::find().filter(job::Column::Kind.contains("letter"));
    letters.all(app.db().read()).await.unwrap().into_iter().map(|job| job.status).collect()
}
