use chrono::{DateTime, Duration, Utc};
use kernel::World;
use serde_json::{Value, json};
use testkit::{Person, Receiver, TestApp, on_both};

use super::{
    CREATED, UPDATED, creates, deliveries, delivers, keeper, pair, reaching_tests, receiver, state_of, titles, told,
    updates,
};

/// The waits that Standard Webhooks proposes, in seconds.
const WAITS: [i64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

fn next(delivery: &Value) -> DateTime<Utc> {
    delivery["nextAttemptAt"].as_str().unwrap_or_else(|| panic!("{delivery:#}")).parse().unwrap()
}

/// From here on everything of this thing is refused, the rest is taken.
fn refuses(receiver: &Receiver, object: &str, status: u16) {
    let object = object.to_string();
    receiver.answers(move |one| (if one.at("/data/objectId") == object { status } else { 200 }, None));
}

#[on_both]
async fn what_does_not_arrive_is_tried_again_and_what_comes_after_it_of_the_same_thing_waits(app: TestApp) {
    let app = reaching_tests(&app);
    let (wanda, tomas, receiver) = (keeper(&app).await, app.instructor("Tomas").await, receiver().await);
    let (webhook, _) = creates(&wanda, &receiver.url, &[CREATED, UPDATED]).await;
    let (first, second) = (tomas.drafts("Engines").await, tomas.drafts("Looms").await);
    titles(&tomas, &first, "Steam engines").await;
    refuses(&receiver, &first, 503);
    delivers(&app).await;
    let tried = receiver.takes();
    let mut all = told(&tried);
    all.sort();
    let mut wanted = [pair(CREATED, &first), pair(CREATED, &second)];
    wanted.sort();
    assert_eq!(all, wanted, "its change is not told before it");
    receiver.says(200);
    app.world.pass(Duration::seconds(4));
    delivers(&app).await;
    assert_eq!(receiver.takes().len(), 0);
    app.world.pass(Duration::seconds(1));
    delivers(&app).await;
    let again = receiver.takes();
    assert_eq!(told(&again), [pair(CREATED, &first), pair(UPDATED, &first)]);
    let before = tried.iter().find(|one| one.at("/data/objectId") == first).unwrap();
    assert_eq!((&before.id, &before.body), (&again[0].id, &again[0].body), "by its id one knows it again");
    assert_eq!(again[0].timestamp, before.timestamp + 5);
    assert_eq!(state_of(&wanda, &webhook).await["firstFailureAt"], json!(null));
    let log = &deliveries(&wanda, &webhook).await[0]["attempts"];
    assert_eq!(log[0]["failure"], "The receiver answered with the status 503.");
    assert_eq!((&log[0]["responseStatus"], &log[1]["responseStatus"]), (&json!(503), &json!(200)));
}

/// Fails until it is paused; answers how often it was tried.
async fn until_paused(app: &TestApp, wanda: &Person, webhook: &str) -> usize {
    for (number, wait) in WAITS.into_iter().enumerate() {
        delivers(app).await;
        if state_of(wanda, webhook).await["isPaused"] == true {
            return number + 1;
        }
        let due = next(&deliveries(wanda, webhook).await[0]);
        assert_eq!(due, app.world.now() + Duration::seconds(wait), "after {} attempts", number + 1);
        app.world.pass(Duration::seconds(wait));
    }
    delivers(app).await;
    WAITS.len() + 1
}

#[on_both]
async fn who_takes_nothing_for_three_days_is_paused_and_misses_nothing(app: TestApp) {
    let app = reaching_tests(&app);
    let (wanda, tomas, receiver) = (keeper(&app).await, app.instructor("Tomas").await, receiver().await);
    let (webhook, _) = creates(&wanda, &receiver.url, &[CREATED, UPDATED]).await;
    app.letters().await;
    receiver.says(500);
    let (began, first) = (app.world.now(), tomas.drafts("Engines").await);
    assert_eq!(until_paused(&app, &wanda, &webhook).await, 10);
    assert!(app.world.now() - began >= Duration::hours(72));
    let state = json!({"isPaused": true, "pauseReason": "FAILING", "firstFailureAt": began.to_rfc3339()});
    assert_eq!(state_of(&wanda, &webhook).await, state);
    let letters = app.letters().await;
    assert_eq!(
        letters.iter().map(|letter| (&letter.to, letter.subject.as_str())).collect::<Vec<_>>(),
        [(&wanda.email, "A webhook was paused")]
    );
    assert!(letters[0].text.contains("http://127.0.0.1") && !letters[0].text.contains("/hook"), "{}", letters[0].text);
    assert!(letters[0].text.contains("For three days nothing"), "{}", letters[0].text);
    receiver.says(200);
    receiver.takes();
    titles(&tomas, &first, "Steam engines").await;
    let second = tomas.drafts("Looms").await;
    app.world.pass(Duration::days(30));
    delivers(&app).await;
    assert_eq!(receiver.takes().len(), 0, "nothing is sent while it is paused");
    let on = updates(&wanda, &webhook, json!({"isPaused": false})).await;
    let going = json!({"isPaused": false, "pauseReason": null, "firstFailureAt": null});
    assert_eq!(on.at("/updateWebhook/webhook"), &going);
    delivers(&app).await;
    let mut all = told(&receiver.takes());
    assert!(all.contains(&pair(CREATED, &second)), "{all:?}");
    all.retain(|(_, object)| *object == first);
    assert_eq!(all, [pair(CREATED, &first), pair(UPDATED, &first)]);
    assert!(deliveries(&wanda, &webhook).await.iter().all(|delivery| delivery["state"] == "DELIVERED"));
}

#[on_both]
async fn who_is_gone_is_paused_at_once(app: TestApp) {
    let app = reaching_tests(&app);
    let (wanda, tomas, receiver) = (keeper(&app).await, app.instructor("Tomas").await, receiver().await);
    let (webhook, _) = creates(&wanda, &receiver.url, &[CREATED]).await;
    app.letters().await;
    receiver.says(410);
    tomas.drafts("Engines").await;
    tomas.drafts("Looms").await;
    delivers(&app).await;
    app.world.pass(Duration::days(1));
    delivers(&app).await;
    assert_eq!(receiver.takes().len(), 1);
    assert_eq!(state_of(&wanda, &webhook).await["pauseReason"], "GONE");
    let letters = app.letters().await;
    assert!(letters.len() == 1 && letters[0].text.contains("gone for good"), "{letters:?}");
    receiver.says(200);
    updates(&wanda, &webhook, json!({"isPaused": false})).await.data();
    delivers(&app).await;
    assert_eq!(receiver.takes().len(), 2);
}

#[on_both]
async fn what_alone_is_not_taken_is_given_up_and_can_be_sent_again(app: TestApp) {
    let app = reaching_tests(&app);
    let (wanda, tomas, receiver) = (keeper(&app).await, app.instructor("Tomas").await, receiver().await);
    let (webhook, _) = creates(&wanda, &receiver.url, &[CREATED, UPDATED]).await;
    let poison = tomas.drafts("Engines").await;
    titles(&tomas, &poison, "Steam engines").await;
    let poisoned = poison.clone();
    receiver.answers(move |one| {
        let refused = one.at("/data/objectId") == poisoned && one.at("/type") == CREATED;
        (if refused { 422 } else { 200 }, None)
    });
    for wait in WAITS {
        tomas.drafts("Looms").await;
        delivers(&app).await;
        assert!(told(&receiver.takes()).contains(&pair(CREATED, &poison)));
        app.world.pass(Duration::seconds(wait));
    }
    tomas.drafts("Looms").await;
    delivers(&app).await;
    let all = told(&receiver.takes());
    assert!(all.contains(&pair(UPDATED, &poison)), "what waited for it goes on: {all:?}");
    assert_eq!(state_of(&wanda, &webhook).await["isPaused"], false);
    let delivery =
        deliveries(&wanda, &webhook).await.into_iter().find(|one| one["objectId"] == poison.as_str()).unwrap();
    assert_eq!((&delivery["state"], &delivery["nextAttemptAt"]), (&json!("FAILED"), &json!(null)));
    assert_eq!(delivery["attempts"].as_array().unwrap().len(), 10);
    app.world.pass(Duration::days(2));
    delivers(&app).await;
    assert_eq!(receiver.takes().len(), 0);
    receiver.says(200);
    let again = "mutation ($id: ID!) { redeliver(input: {id: $id}) { delivery { state } userErrors { code } } }";
    let answer = wanda.ask_with(again, json!({"id": delivery["id"]})).await;
    assert_eq!(answer.at("/redeliver/delivery/state"), "PENDING");
    delivers(&app).await;
    let received = receiver.takes();
    assert_eq!(told(&received), [pair(CREATED, &poison)]);
    assert_eq!(delivery["id"], received[0].id);
    // Also what has arrived: a receiver may have lost it.
    wanda.ask_with(again, json!({"id": delivery["id"]})).await.data();
    delivers(&app).await;
    assert_eq!(told(&receiver.takes()), [pair(CREATED, &poison)]);
}

/// What was told long ago is forgotten, what is to be told is not.
#[on_both]
async fn deliveries_are_kept_for_thirty_days(app: TestApp) {
    let app = reaching_tests(&app);
    let (wanda, tomas, receiver) = (keeper(&app).await, app.instructor("Tomas").await, receiver().await);
    let (webhook, _) = creates(&wanda, &receiver.url, &[CREATED]).await;
    let refused = tomas.drafts("Engines").await;
    refuses(&receiver, &refused, 500);
    tomas.drafts("Looms").await;
    delivers(&app).await;
    app.world.pass(Duration::days(30) + Duration::seconds(1));
    app.app.write_as_system(async |tx| webhooks::queue::forget(tx).await).await.unwrap();
    let left = deliveries(&wanda, &webhook).await;
    assert_eq!(left.iter().map(|one| one["objectId"].as_str().unwrap()).collect::<Vec<_>>(), [refused.as_str()]);
}
