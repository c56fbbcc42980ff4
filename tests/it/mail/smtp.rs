//! Letters through a real server, and what comes of its moods.

use std::{sync::Arc, time::Duration};

use gateway::mail::{Failure, Letter, Mailer, Settings};
use serde_json::json;
use testkit::TestWorld;
use tokio::{io::AsyncReadExt, net::TcpListener};

use super::{LINK, letter, server::Server};

/// Longer than any answer takes, however busy the machine.
const PATIENCE: Duration = Duration::from_secs(60);

fn mailer(url: &str, timeout: Duration) -> Mailer {
    let from = "Schüle <school@example.org>".into();
    let settings = Settings { smtp_url: Some(url.into()), from, timeout, ..Settings::default() };
    Mailer::new(settings, Arc::new(TestWorld::new())).unwrap()
}

fn reset() -> Letter {
    letter("reset_password", json!({"minutes": 30}))
}

/// Sends it; what came of it, and how many letters the server took.
async fn sent_to(mode: &str) -> (Result<(), Failure>, usize) {
    let server = Server::start(mode);
    let sent = mailer(&server.url(), PATIENCE).send(reset()).await;
    (sent, server.stop().len())
}

#[tokio::test]
async fn a_letter_arrives_whole() {
    let server = Server::start("accept");
    let letter = Letter { to_name: "Zoë \"Ada\" 李\r\nBcc: x".into(), ..reset() };
    mailer(&server.url(), PATIENCE).send(letter).await.unwrap();
    let mut taken = server.stop();
    assert_eq!(taken.len(), 1);
    let parts = taken[0]["parts"].take();
    insta::assert_json_snapshot!(taken[0], @r#"
    {
      "defects": [],
      "from": "school@example.org",
      "headers": {
        "Auto-Submitted": "auto-generated",
        "Date": "Wed, 01 Jul 2026 12:00:00 +0000",
        "From": "Schüle <school@example.org>",
        "MIME-Version": "1.0",
        "Message-ID": "<00000000-0000-0000-0000-000000000007@example.org>",
        "Subject": "Choose a new password",
        "To": "\"Zoë \\\"Ada\\\" 李 Bcc: x\" <ada@example.org>"
      },
      "parts": null,
      "recipients": [
        "ada@example.org"
      ],
      "to": [
        [
          "Zoë \"Ada\" 李 Bcc: x",
          "ada@example.org"
        ]
      ],
      "type": "multipart/alternative"
    }
    "#);
    let (text, html) = (parts["text/plain"].as_str().unwrap(), parts["text/html"].as_str().unwrap());
    assert!(text.starts_with("Hello Zoë \"Ada\" 李 Bcc: x,\n\n") && text.contains(&format!("\n{LINK}\n")), "{text}");
    assert!(html.starts_with("<!doctype html>") && html.contains("Schüle"), "{html}");
}

#[tokio::test]
async fn refused_for_good() {
    let (sent, taken) = sent_to("reject").await;
    let Err(Failure::Permanent(said)) = sent else { panic!("{sent:?}") };
    assert!(said.contains("550") && said.contains("nobody of that name"), "{said}");
    assert_eq!(taken, 0);
}

#[tokio::test]
async fn refused_with_the_link_quoted_it_is_not_told() {
    let (sent, _) = sent_to("filter").await;
    let Err(Failure::Permanent(said)) = sent else { panic!("{sent:?}") };
    assert!(said.contains("blocked for [link]") && !said.contains("s3cret"), "{said}");
}

#[tokio::test]
async fn greylisted_it_arrives_at_the_second_try() {
    let server = Server::start("greylist");
    let mailer = mailer(&server.url(), PATIENCE);
    let first = mailer.send(reset()).await;
    assert!(matches!(&first, Err(Failure::Transient(said)) if said.contains("451")), "{first:?}");
    mailer.send(reset()).await.unwrap();
    let taken = server.stop();
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0]["headers"]["Message-ID"], "<00000000-0000-0000-0000-000000000007@example.org>");
}

#[tokio::test]
async fn a_connection_cut_after_the_letter_is_tried_again() {
    let (sent, taken) = sent_to("drop").await;
    assert!(matches!(sent, Err(Failure::Transient(_))), "{sent:?}");
    assert_eq!(taken, 0);
}

#[tokio::test]
async fn nobody_listens() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    drop(listener);
    let sent = mailer(&url, PATIENCE).send(reset()).await;
    assert!(matches!(sent, Err(Failure::Transient(_))), "{sent:?}");
}

#[tokio::test]
async fn a_server_that_never_answers_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let silent = tokio::spawn(async move {
        let (mut caller, _) = listener.accept().await.unwrap();
        // Ends when the other side has given up.
        caller.read_to_end(&mut vec![]).await
    });
    let sent = mailer(&url, Duration::from_millis(200)).send(reset()).await;
    assert!(matches!(&sent, Err(Failure::Transient(said)) if said.contains("200ms")), "{sent:?}");
    silent.await.unwrap().unwrap();
}

#[tokio::test]
async fn credentials_are_used_and_wrong_ones_are_no_fault_of_the_letter() {
    for (user, arrives) in [("lectern:p%40ss%20word", true), ("lectern:wrong", false)] {
        let server = Server::start("login");
        let sent = mailer(&format!("smtp://{user}@127.0.0.1:{}", server.port), PATIENCE).send(reset()).await;
        assert_eq!(server.stop().len(), usize::from(arrives));
        assert_eq!(sent.is_ok(), arrives, "{sent:?}");
        if let Err(failure) = sent {
            assert!(matches!(&failure, Failure::Transient(said) if said.contains("535")), "{failure}");
        }
    }
}

#[tokio::test]
async fn where_encryption_is_required_nothing_is_sent_without() {
    for query in ["smtp://127.0.0.1:{}?tls=required", "smtps://127.0.0.1:{}"] {
        let server = Server::start("accept");
        let url = query.replace("{}", &server.port.to_string());
        let sent = mailer(&url, PATIENCE).send(reset()).await;
        assert!(matches!(sent, Err(Failure::Transient(_))), "{sent:?}");
        assert_eq!(server.stop().len(), 0);
    }
}

#[test]
fn settings_that_cannot_work_are_refused_without_repeating_the_password() {
    let refused = |settings| Mailer::new(settings, Arc::new(TestWorld::new())).err().unwrap();
    for url in [
        "mail.example",
        "http://user:pa55@mail.example",
        "smtp://user:pa55@",
        "smtp://user:pa55@mail.example?tls=maybe",
    ] {
        let said = refused(Settings { smtp_url: Some(url.into()), ..Settings::default() });
        assert!(said.contains("LECTERN_SMTP_URL") && !said.contains("pa55"), "{said}");
    }
    for from in ["", "Lectern", "Lectern <lectern>", "a@b, c@d"] {
        let said = refused(Settings { from: from.into(), ..Settings::default() });
        assert!(said.contains("LECTERN_MAIL_FROM"), "{said}");
    }
}
