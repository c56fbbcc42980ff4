//! The client of a language model, over a real connection to a server that does what the test says.

use std::{sync::Arc, time::Duration};

use ai::{
    Model, ModelError, Piece, Prompt, Role, Turn,
    models::{ChatServer, LimitField, ModelSettings},
};
use futures_util::StreamExt;
use serde_json::json;
use testkit::{ModelServer, Reply, TestWorld};

fn prompt() -> Prompt {
    let turn = |role, text: &str| Turn { role, text: text.into() };
    let turns =
        vec![turn(Role::User, "What is a borrow?"), turn(Role::Assistant, "A reference."), turn(Role::User, "Why?")];
    Prompt { system: "Be brief.".into(), turns, max_tokens: 50 }
}

fn text(text: &str) -> Result<Piece, ModelError> {
    Ok(Piece::Text(text.into()))
}

/// All that comes of a question; an error before the first word is one, too.
async fn answers(model: &ChatServer) -> Vec<Result<Piece, ModelError>> {
    match model.answer(&prompt()).await {
        Ok(pieces) => pieces.collect().await,
        Err(error) => vec![Err(error)],
    }
}

fn client(server: &ModelServer, change: impl FnOnce(&mut ModelSettings)) -> (Arc<TestWorld>, ChatServer) {
    let (world, mut settings) = (Arc::new(TestWorld::new()), server.settings());
    change(&mut settings);
    (world.clone(), ChatServer::new(settings, world).unwrap())
}

const SHORT: Duration = Duration::from_millis(50);

#[tokio::test]
async fn an_answer_comes_in_pieces_and_ends_with_its_cost() {
    let server = ModelServer::start([Reply::says(&["Because", " it is."])]).await;
    let (_, model) = client(&server, |_| ());
    let cost = Ok(Piece::Usage { prompt: 11, completion: 7 });
    assert_eq!(answers(&model).await, [text("Because"), text(" it is."), cost]);
    assert_eq!(model.name(), "test-model");
    let asked = server.asked();
    assert_eq!(asked[0].authorization.as_deref(), Some("Bearer sk-of-the-tests"));
    let wanted = json!({
        "model": "test-model",
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "What is a borrow?"},
            {"role": "assistant", "content": "A reference."},
            {"role": "user", "content": "Why?"},
        ],
        "max_tokens": 50,
        "stream": true,
        "stream_options": {"include_usage": true},
    });
    assert_eq!((&asked[0].body, asked.len()), (&wanted, 1));
}

#[tokio::test]
async fn the_limit_has_the_name_that_the_server_knows() {
    let server = ModelServer::start([]).await;
    let (_, model) = client(&server, |settings| settings.limit_field = LimitField::MaxCompletionTokens);
    answers(&model).await;
    let asked = server.asked();
    assert_eq!((&asked[0].body["max_completion_tokens"], &asked[0].body["max_tokens"]), (&json!(50), &json!(null)));
}

#[tokio::test]
async fn pieces_are_there_before_the_answer_is() {
    let server = ModelServer::start([Reply::says_slowly(&["One", " two", " three"])]).await;
    let (_, model) = client(&server, |_| ());
    let mut pieces = model.answer(&prompt()).await.unwrap();
    assert_eq!(pieces.next().await.unwrap(), text("One"));
    server.goes_on(1);
    assert_eq!(pieces.next().await.unwrap(), text(" two"));
    server.goes_on(1);
    assert_eq!(pieces.next().await.unwrap(), text(" three"));
    assert_eq!(pieces.collect::<Vec<_>>().await.len(), 1, "the cost");
}

#[tokio::test]
async fn a_server_that_hangs_is_not_waited_for_nor_asked_again() {
    let server = ModelServer::start([Reply::Hangs]).await;
    let (_, model) = client(&server, |settings| settings.patience.first_token = SHORT);
    assert_eq!(answers(&model).await, [Err(ModelError::TimedOut)]);
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn an_answer_that_does_not_go_on_ends_and_what_came_stays() {
    let server = ModelServer::start([Reply::says_slowly(&["One", " two"]), Reply::says_slowly(&["One", " two"])]).await;
    let (_, model) = client(&server, |settings| settings.patience.between_tokens = SHORT);
    assert_eq!(answers(&model).await, [text("One"), Err(ModelError::TimedOut)]);
    let (_, model) = client(&server, |settings| settings.patience.whole = SHORT);
    assert_eq!(answers(&model).await, [text("One"), Err(ModelError::TimedOut)]);
}

#[tokio::test]
async fn what_is_cut_after_the_first_word_is_said_so_and_not_asked_again() {
    for cut in [Reply::breaks_after(&["Half"]), Reply::stops_after(&["Half"])] {
        let server = ModelServer::start([cut.clone()]).await;
        let (_, model) = client(&server, |_| ());
        assert_eq!(answers(&model).await, [text("Half"), Err(ModelError::Cut)], "{cut:?}");
        assert_eq!(server.asked().len(), 1);
    }
}

#[tokio::test]
async fn before_the_first_word_it_is_asked_again() {
    let troubles = [
        Reply::Fails(500, None),
        Reply::Fails(503, None),
        Reply::Fails(429, Some(0)),
        Reply::Fails(429, None),
        Reply::breaks_after(&[]),
        Reply::Sends("text/event-stream", b"data: {\"error\": {\"message\": \"CUDA\"}}\n\n".to_vec()),
    ];
    for trouble in troubles {
        let server = ModelServer::start([trouble.clone(), trouble.clone(), Reply::says(&["Well."])]).await;
        let (_, model) = client(&server, |_| ());
        assert_eq!(answers(&model).await[0], text("Well."), "{trouble:?}");
        let asked = server.asked();
        assert!(asked.len() == 3 && asked.iter().all(|again| *again == asked[0]), "{trouble:?}");
    }
}

#[tokio::test]
async fn three_failures_are_enough() {
    let server = ModelServer::start(vec![Reply::Fails(500, None); 4]).await;
    let (_, model) = client(&server, |_| ());
    assert_eq!(answers(&model).await, [Err(ModelError::Unavailable)]);
    assert_eq!(server.asked().len(), 3);
}

#[tokio::test]
async fn nobody_there_is_as_good_as_a_failure() {
    let server = ModelServer::start([]).await;
    let (_, model) = client(&server, |_| ());
    drop(server);
    assert_eq!(answers(&model).await, [Err(ModelError::Unavailable)]);
}

#[tokio::test]
async fn who_wants_to_be_left_alone_for_long_is_not_asked_meanwhile() {
    let server = ModelServer::start([Reply::Fails(429, Some(60))]).await;
    let (world, model) = client(&server, |_| ());
    assert_eq!(answers(&model).await, [Err(ModelError::Unavailable)]);
    world.pass(chrono::Duration::seconds(59));
    assert_eq!(answers(&model).await, [Err(ModelError::Unavailable)]);
    assert_eq!(server.asked().len(), 1);
    world.pass(chrono::Duration::seconds(1));
    assert_eq!(answers(&model).await[0], text("Yes."));
}

#[tokio::test]
async fn after_failures_in_a_row_it_rests_and_then_one_goes_ahead() {
    let server = ModelServer::start([Reply::Fails(500, None), Reply::breaks_after(&["Ha"]), Reply::garbage()]).await;
    let (world, model) = client(&server, |settings| (settings.tries, settings.failures_to_rest) = (1, 2));
    assert_eq!(answers(&model).await, [Err(ModelError::Unavailable)]);
    assert_eq!(answers(&model).await, [text("Ha"), Err(ModelError::Cut)]);
    assert_eq!(answers(&model).await, [Err(ModelError::Unavailable)], "rests");
    assert_eq!(server.asked().len(), 2);
    world.pass(chrono::Duration::seconds(30));
    assert_eq!(answers(&model).await, [Err(ModelError::Garbage)]);
    assert_eq!(answers(&model).await, [Err(ModelError::Unavailable)], "one failure is enough then");
    world.pass(chrono::Duration::seconds(30));
    assert_eq!(answers(&model).await[0], text("Yes."));
    assert_eq!(answers(&model).await[0], text("Yes."));
}

#[tokio::test]
async fn what_is_not_of_the_protocol_is_garbage() {
    let html = Reply::Sends("text/html", b"<html>".to_vec());
    let bytes = Reply::Sends("text/event-stream", b"data: \xff\xfe\n\n".to_vec());
    for garbage in [Reply::garbage(), html, bytes] {
        let server = ModelServer::start([garbage.clone()]).await;
        let (_, model) = client(&server, |_| ());
        assert_eq!(answers(&model).await, [Err(ModelError::Garbage)], "{garbage:?}");
        assert_eq!(server.asked().len(), 1);
    }
}

#[tokio::test]
async fn an_answer_without_end_ends() {
    let words = vec!["word "; 2_000];
    let server = ModelServer::start([Reply::says(&words), Reply::Sends("text/event-stream", vec![b'x'; 20_000])]).await;
    let (_, model) = client(&server, |settings| settings.most_bytes = 10_000);
    let answer = answers(&model).await;
    assert!(answer.len() < 100 && answer.last() == Some(&Err(ModelError::Garbage)), "{answer:?}");
    assert_eq!(answers(&model).await, [Err(ModelError::Garbage)], "one event without end");
}

#[tokio::test]
async fn the_key_goes_nowhere_else() {
    let elsewhere = ModelServer::start([]).await;
    let to = format!("{}/chat/completions", elsewhere.base_url);
    let server = ModelServer::start([Reply::Redirects(to), Reply::Fails(401, None)]).await;
    let (_, model) = client(&server, |_| ());
    assert_eq!(answers(&model).await, [Err(ModelError::Refused("307".into()))]);
    assert_eq!(elsewhere.asked(), []);
    let refused = answers(&model).await;
    assert_eq!(refused, [Err(ModelError::Refused("401 scripted_error".into()))]);
    assert!(!format!("{refused:?} {:?}", server.settings()).contains("sk-"));
    assert_eq!(server.asked().len(), 2, "a refusal stays one");
}
