//! Several players of one person, each of which counts its packets by itself.

use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

use super::school::{School, another_session, records};

const TAB: &str = "0190d3c5-7f3a-7c3e-9b57-0c5b7d5a9c11";
const RELOADED: &str = "7e57ab1e-0000-4000-8000-00000000000a";

const PLAYED: &str = "mutation ($input: RecordPlaybackInput!) { recordPlayback(input: $input) {
    videoProgress { watchTimeSeconds lastPositionSeconds } userErrors { code field } } }";

async fn plays(person: &Person, player: &str, items: &[Value]) -> Answer {
    person.ask_with(PLAYED, json!({"input": {"playbackId": player, "items": items}})).await
}

#[on_both]
async fn two_tabs_and_a_page_that_is_loaded_again_lose_nothing(app: TestApp) {
    let school = School::open(&app, &[Some(1_000)]).await;
    let ada = app.student("Ada").await;
    school.enrols(&ada).await;
    let watched = |answer: Answer| answer.at("/recordPlayback/videoProgress/0/watchTimeSeconds").clone();
    // All of them count from 0 in one sign-in session.
    assert_eq!(watched(records(&ada, &[school.packet(0, 0.0, 10.0, 0, 100)]).await), 10);
    let sent = [school.packet(0, 10.0, 20.0, 0, 200)];
    assert_eq!(watched(plays(&ada, TAB, &sent).await), 20);
    assert_eq!(watched(plays(&ada, RELOADED, &[school.packet(0, 20.0, 30.0, 0, 300)]).await), 30);
    // What was sent again counts once: also after signing in anew, which is when a queue is emptied that was kept offline.
    // It is answered as the first time was, or else a player that lost that answer would know nothing.
    let stands = json!({"recordPlayback": {"userErrors": [],
        "videoProgress": [{"watchTimeSeconds": 30, "lastPositionSeconds": 30}]}});
    assert_eq!(plays(&ada, TAB, &sent).await.data(), &stands);
    let later = another_session(&app, &ada).await;
    assert_eq!(plays(&later, &TAB.to_uppercase(), &sent).await.data(), &stands);
    assert_eq!(watched(plays(&later, TAB, &[school.packet(0, 30.0, 40.0, 1, 400)]).await), 40);
}

#[on_both]
async fn a_player_of_somebody_else_is_another_whatever_it_is_called(app: TestApp) {
    let school = School::open(&app, &[Some(1_000)]).await;
    let (ada, eve) = (app.student("Ada").await, app.student("Eve").await);
    for person in [&ada, &eve] {
        school.enrols(person).await;
        let answer = plays(person, TAB, &[school.packet(0, 0.0, 10.0, 0, 100)]).await;
        let kept = json!([{"watchTimeSeconds": 10, "lastPositionSeconds": 10}]);
        assert_eq!(answer.at("/recordPlayback/videoProgress"), &kept);
    }
    let malformed = plays(&ada, "tab 1", &[]).await;
    assert_eq!(malformed.codes(), ["BAD_USER_INPUT"]);
    assert_eq!(malformed.0["errors"][0]["extensions"]["field"], json!(["input", "playbackId"]));
}

#[on_both]
async fn players_that_are_made_up_give_no_time(app: TestApp) {
    let school = School::open(&app, &[Some(6_000)]).await;
    let ada = app.student("Ada").await;
    school.enrols(&ada).await;
    let mut answer = None;
    // Ten players, all of them in the same minute, each with ten minutes of the film.
    for n in 0..10u8 {
        let (from, player) = (f64::from(n) * 600.0, TAB.replace("11", &format!("1{n}")));
        answer = Some(plays(&ada, &player, &[school.packet(0, from, from + 600.0, 0, 60)]).await);
    }
    assert_eq!(answer.unwrap().at("/recordPlayback/videoProgress/0/watchTimeSeconds"), 120);
}
