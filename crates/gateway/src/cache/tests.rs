use std::{
    future::pending,
    sync::atomic::{AtomicUsize, Ordering::SeqCst},
    task::Poll,
};

use async_graphql::{Request, Response, ServerError, Value};
use chrono::DateTime;
use futures_util::{future::join_all, poll};

use super::{Answers, Moment, Question};

const NOW: Moment = (7, DateTime::UNIX_EPOCH);

fn ask(query: &str) -> (Question, Request) {
    let request = Request::new(query);
    (Question::new(NOW, &request).unwrap(), request)
}

/// Lets everybody else go on first, as who reads a database does.
async fn slowly(response: Response) -> Response {
    tokio::task::yield_now().await;
    response
}

#[tokio::test]
async fn no_more_is_kept_than_there_is_room_for() {
    const ROOM: usize = 100_000;
    let answers = Answers::new(ROOM);
    for number in 0..1_000 {
        let (question, request) = ask(&number.to_string());
        answers.kept_or_read(question, request, |_| slowly(Response::new("x".repeat(1_000)))).await;
    }
    answers.kept.run_pending_tasks().await;
    assert!((1..=ROOM as u64).contains(&answers.kept.weighted_size()), "{}", answers.kept.weighted_size());
    // What was asked last is there, whatever was asked more often before.
    let (question, request) = ask("999");
    let kept = answers.kept_or_read(question, request, |_| slowly(Response::new("read again"))).await;
    assert_eq!(kept.data, Value::from("x".repeat(1_000)));
}

#[tokio::test]
async fn who_asks_the_same_at_once_waits_for_one_reader() {
    let (answers, reads) = (Answers::new(100_000), AtomicUsize::new(0));
    let all = (0..9).map(|_| {
        let (question, request) = ask("{ same }");
        answers.kept_or_read(question, request, |_| slowly(Response::new(reads.fetch_add(1, SeqCst) as u64)))
    });
    let read = join_all(all).await;
    assert!(read.iter().all(|response| response.data == Value::from(0u64)));
    assert_eq!(reads.into_inner(), 1);
}

#[tokio::test]
async fn an_answer_that_is_not_whole_is_given_to_nobody_else() {
    let (answers, reads) = (Answers::new(100_000), AtomicUsize::new(0));
    let all = (0..9).map(|_| {
        let (question, request) = ask("{ same }");
        answers.kept_or_read(question, request, |_| {
            let number = reads.fetch_add(1, SeqCst).to_string();
            slowly(Response::from_errors(vec![ServerError::new(number, None)]))
        })
    });
    let mut errors: Vec<_> = join_all(all).await.into_iter().map(|read| read.errors[0].message.clone()).collect();
    errors.sort();
    assert_eq!(errors, ["0", "1", "2", "3", "4", "5", "6", "7", "8"]);
    answers.kept.run_pending_tasks().await;
    assert_eq!(answers.kept.entry_count(), 0);
}

/// A client that goes takes its request along.
#[tokio::test]
async fn who_waits_reads_when_the_reader_has_gone() {
    let answers = Answers::new(100_000);
    let (question, request) = ask("{ same }");
    let mut gone = Box::pin(answers.kept_or_read(question, request, |_| pending()));
    assert!(poll!(&mut gone).is_pending());
    let (question, request) = ask("{ same }");
    let mut waits = Box::pin(answers.kept_or_read(question, request, |_| slowly(Response::new(1u64))));
    assert!(matches!(poll!(&mut waits), Poll::Pending));
    drop(gone);
    assert_eq!(waits.await.data, Value::from(1u64));
}
