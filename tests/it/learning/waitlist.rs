use chrono::Duration;
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

use super::{
    enrolling::{counters, drops, enrolls, sets_policy},
    granting::grants,
};
use crate::courses::lifecycle::let_it;

async fn waitlists(person: &Person, mutation: &str, course: &str) -> Answer {
    let query = format!(
        "mutation ($id: ID!) {{ {mutation}(input: {{courseId: $id}}) {{ waitlistEntry {{ status position }} userErrors {{ code field }} }} }}"
    );
    person.ask_with(&query, json!({"id": course})).await
}

/// Who is on the list, with their place in it, as the teacher sees it.
async fn list(tomas: &Person, course: &str) -> Vec<String> {
    let query = "query ($id: ID!) { waitlist(courseId: $id) { nodes { status position user { name } } } }";
    let answer = tomas.ask_with(query, json!({"id": course})).await;
    let nodes = answer.at("/waitlist/nodes").as_array().unwrap().iter();
    nodes
        .map(|node| {
            format!(
                "{} {} {}",
                node["user"]["name"].as_str().unwrap(),
                node["status"].as_str().unwrap(),
                node["position"]
            )
        })
        .collect()
}

async fn people<const N: usize>(app: &TestApp, names: [&str; N]) -> Vec<Person> {
    let mut people = vec![];
    for name in names {
        people.push(app.student(name).await);
    }
    people
}

/// A course with one seat, which the first of them has; the others wait in their order.
async fn one_seat<const N: usize>(app: &TestApp, names: [&str; N]) -> (Person, String, Vec<Person>) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    sets_policy(&tomas, &course, json!({"capacity": 1, "hasWaitlist": true})).await;
    let people = people(app, names).await;
    for person in &people {
        assert_eq!(enrolls(person, &course).await.user_errors(), [""; 0]);
    }
    (tomas, course, people)
}

const NOBODY: [String; 0] = [];

#[on_both]
async fn who_comes_too_late_waits_and_gets_the_next_seat(app: TestApp) {
    let (tomas, course, people) = one_seat(&app, ["Ada", "Ben", "Carl"]).await;
    let [ada, ben, carl] = &people[..] else { panic!() };
    assert_eq!(list(&tomas, &course).await, ["Ben WAITING 1", "Carl WAITING 2"]);
    let again = enrolls(carl, &course).await;
    assert_eq!(again.at("/enroll/waitlistEntry"), &json!({"status": "WAITING", "position": 2}), "once is enough");
    assert_eq!(counters(&app, &course).await, [1, 0, 0]);
    app.letters().await;
    drops(ada, &course).await.data();
    assert_eq!(list(&tomas, &course).await, ["Ben OFFERED null", "Carl WAITING 1"]);
    assert_eq!(counters(&app, &course).await, [0, 0, 1]);
    let letters = app.letters().await;
    let letters: Vec<_> = letters.iter().map(|mail| (mail.to.as_str(), mail.subject.as_str(), mail.path())).collect();
    assert_eq!(letters, [("ben@example.org", "A seat is kept for you", "/waitlist")]);
    // It is kept: neither the next nor who left gets it.
    assert_eq!(enrolls(carl, &course).await.at("/enroll/waitlistEntry/status"), "WAITING");
    assert_eq!(enrolls(ada, &course).await.at("/enroll/waitlistEntry"), &json!({"status": "WAITING", "position": 2}));
    let mine = "{ myWaitlist { totalCount nodes { status offeredAt offerExpiresAt endedAt course { title seatsLeft viewerWaitlistEntry { status } } } } }";
    let course_seen = json!({"title": "Rust", "seatsLeft": 0, "viewerWaitlistEntry": {"status": "OFFERED"}});
    let wanted = json!([{"status": "OFFERED", "offeredAt": "2026-07-01T12:00:00+00:00", "offerExpiresAt": "2026-07-03T12:00:00+00:00",
        "endedAt": null, "course": course_seen}]);
    assert_eq!(ben.ask(mine).await.at("/myWaitlist"), &json!({"totalCount": 1, "nodes": wanted}));
    assert_eq!(enrolls(ben, &course).await.at("/enroll/enrollment/status"), "ACTIVE");
    assert_eq!(counters(&app, &course).await, [1, 0, 0]);
    assert_eq!(list(&tomas, &course).await, ["Carl WAITING 1", "Ada WAITING 2"]);
    assert_eq!(ben.ask(mine).await.at("/myWaitlist/totalCount"), 0);
}

#[on_both]
async fn an_offer_lapses_by_the_clock_and_passes_to_the_next(app: TestApp) {
    let (tomas, course, people) = one_seat(&app, ["Ada", "Ben", "Carl", "Dora"]).await;
    let [ada, ben, carl, dora] = &people[..] else { panic!() };
    app.run_jobs().await;
    drops(ada, &course).await.data();
    app.world.pass(Duration::hours(48));
    // Nothing has been written down yet.
    assert_eq!(list(&tomas, &course).await, ["Ben LAPSED null", "Carl WAITING 1", "Dora WAITING 2"]);
    // Too late is too late: at the end of the list, as anybody else.
    assert_eq!(enrolls(ben, &course).await.at("/enroll/waitlistEntry"), &json!({"status": "WAITING", "position": 2}));
    assert_eq!(list(&tomas, &course).await, ["Carl OFFERED null", "Dora WAITING 1", "Ben WAITING 2"]);
    assert_eq!(counters(&app, &course).await, [0, 0, 1]);
    app.run_jobs().await;
    app.world.pass(Duration::hours(48));
    // Nobody asks: the job that waited for the moment passes it on.
    assert!(app.run_jobs().await.contains(&"settle_waitlist".to_string()));
    assert_eq!(list(&tomas, &course).await, ["Dora OFFERED null", "Ben WAITING 1"]);
    assert_eq!(waitlists(carl, "leaveWaitlist", &course).await.user_errors(), ["WAITLIST_NOT_ON_IT"]);
    assert_eq!(waitlists(dora, "leaveWaitlist", &course).await.at("/leaveWaitlist/waitlistEntry/status"), "LEFT");
    assert_eq!(list(&tomas, &course).await, ["Ben OFFERED null"]);
    assert_eq!(counters(&app, &course).await, [0, 0, 1]);
}

#[on_both]
async fn one_waits_only_where_there_is_something_to_wait_for(app: TestApp) {
    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let course = tomas.publishes("Rust").await;
    let code = async |person: &Person| {
        let answer = waitlists(person, "joinWaitlist", &course).await;
        answer.user_errors().first().map(ToString::to_string)
    };
    assert_eq!(code(&ada).await.as_deref(), Some("WAITLIST_NONE"));
    sets_policy(&tomas, &course, json!({"hasWaitlist": true})).await;
    assert_eq!(code(&ada).await.as_deref(), Some("WAITLIST_NOT_NEEDED"));
    assert_eq!(code(&tomas).await.as_deref(), Some("ENROLLMENT_OF_STAFF"));
    sets_policy(&tomas, &course, json!({"capacity": 0})).await;
    assert_eq!(code(&ada).await, None);
    assert_eq!(code(&ada).await, None, "who is on it stays on it");
    assert_eq!(list(&tomas, &course).await, ["Ada WAITING 1"]);
    // Others see nothing of the list.
    let eve = app.student("Eve").await;
    assert_eq!(list(&eve, &course).await, NOBODY);
    sets_policy(&tomas, &course, json!({"capacity": 1})).await;
    enrolls(&ada, &course).await.data();
    assert_eq!(code(&ada).await.as_deref(), Some("ENROLLMENT_EXISTS"));
    sets_policy(&tomas, &course, json!({"hasWaitlist": false})).await;
    assert_eq!(enrolls(&eve, &course).await.user_errors(), ["ENROLLMENT_COURSE_FULL"]);
}

#[on_both]
async fn more_seats_go_to_those_who_wait_and_to_nobody_else(app: TestApp) {
    let (tomas, course, people) = one_seat(&app, ["Ada", "Ben", "Carl", "Dora"]).await;
    sets_policy(&tomas, &course, json!({"capacity": 3, "offerHours": 2})).await;
    assert_eq!(list(&tomas, &course).await, ["Ben OFFERED null", "Carl OFFERED null", "Dora WAITING 1"]);
    let late = app.student("Late").await;
    assert_eq!(enrolls(&late, &course).await.at("/enroll/waitlistEntry/position"), 2);
    // A course with fewer seats than learners takes nobody in, and keeps everybody.
    enrolls(&people[1], &course).await.data();
    sets_policy(&tomas, &course, json!({"capacity": 1})).await;
    drops(&people[0], &course).await.data();
    assert_eq!(counters(&app, &course).await, [1, 0, 1]);
    assert_eq!(list(&tomas, &course).await, ["Carl OFFERED null", "Dora WAITING 1", "Late WAITING 2"]);
    // No limit, no list.
    sets_policy(&tomas, &course, json!({"capacity": null})).await;
    assert_eq!(list(&tomas, &course).await, ["Carl OFFERED null", "Dora OFFERED null", "Late OFFERED null"]);
    assert_eq!(enrolls(&app.student("Last").await, &course).await.at("/enroll/enrollment/status"), "ACTIVE");
}

#[on_both]
async fn a_grant_takes_the_seat_that_is_kept_and_jumps_no_list_by_itself(app: TestApp) {
    let (tomas, course, people) = one_seat(&app, ["Ada", "Ben", "Carl"]).await;
    let [ada, ben, carl] = &people[..] else { panic!() };
    assert_eq!(grants(&tomas, &course, carl, json!({})).await.user_errors(), ["ENROLLMENT_COURSE_FULL"]);
    drops(ada, &course).await.data();
    assert_eq!(grants(&tomas, &course, carl, json!({})).await.user_errors(), ["ENROLLMENT_COURSE_FULL"]);
    assert_eq!(grants(&tomas, &course, ben, json!({})).await.user_errors(), [""; 0]);
    assert_eq!(counters(&app, &course).await, [1, 0, 0]);
    assert_eq!(grants(&tomas, &course, carl, json!({"overCapacity": true})).await.user_errors(), [""; 0]);
    assert_eq!(counters(&app, &course).await, [2, 0, 0]);
    assert_eq!(list(&tomas, &course).await, NOBODY);
}

/// What nobody can enrol in is offered to nobody, and offered again when one can.
#[on_both]
async fn a_course_that_is_not_shown_keeps_its_list(app: TestApp) {
    let (tomas, course, people) = one_seat(&app, ["Ada", "Ben"]).await;
    let_it(&tomas, "unpublishCourse", json!({"id": course})).await.data();
    drops(&people[0], &course).await.data();
    assert_eq!(list(&tomas, &course).await, ["Ben WAITING 1"]);
    let_it(&tomas, "publishCourse", json!({"id": course})).await.data();
    assert_eq!(list(&tomas, &course).await, ["Ben OFFERED null"]);
}

#[on_both]
async fn who_is_erased_waits_no_more(app: TestApp) {
    let (tomas, course, people) = one_seat(&app, ["Ada", "Ben", "Carl"]).await;
    drops(&people[0], &course).await.data();
    let ben = people[1].id;
    app.app.write_as_system(async |tx| learning::erase_learner(tx, ben).await).await.unwrap();
    assert_eq!(list(&tomas, &course).await, ["Carl OFFERED null"]);
    assert_eq!(counters(&app, &course).await, [0, 0, 1]);
}

#[on_both]
async fn what_happens_to_seats_is_on_the_trail(app: TestApp) {
    let (_, course, people) = one_seat(&app, ["Ada", "Ben"]).await;
    drops(&people[0], &course).await.data();
    app.world.pass(Duration::hours(48));
    app.run_jobs().await;
    let root = app.admin("Root").await;
    let trail = root.ask("{ auditEvents(first: 100) { nodes { action } } }").await;
    let actions =
        trail.at("/auditEvents/nodes").as_array().unwrap().iter().map(|event| event["action"].as_str().unwrap());
    let mut of_waiting: Vec<&str> = actions.filter(|action| action.starts_with("waitlist.")).collect();
    of_waiting.sort_unstable();
    assert_eq!(of_waiting, ["waitlist.joined", "waitlist.offer_lapsed", "waitlist.seat_offered"]);
    assert_eq!(people[1].ask("{ myWaitlist { nodes { id } } }").await.at("/myWaitlist/nodes"), &Value::Array(vec![]));
}

#[on_both]
async fn no_seat_is_kept_for_who_can_not_sign_in(app: TestApp) {
    let (tomas, course, people) = one_seat(&app, ["Ada", "Xena", "Yves"]).await;
    let [ada, xena, yves] = &people[..] else { panic!() };
    let root = app.admin("Root").await;
    let suspend = "mutation ($id: ID!) { suspendUser(input: {userId: $id, reason: \"x\"}) { userErrors { code } } }";
    assert_eq!(root.ask_with(suspend, json!({"id": xena.wire_id()})).await.user_errors(), [""; 0]);
    drops(ada, &course).await.data();
    let entries = "query ($id: ID!) { waitlist(courseId: $id) { nodes { status } } }";
    let statuses = async || tomas.ask_with(entries, json!({"id": course})).await.at("/waitlist/nodes").clone();
    assert_eq!(statuses().await, json!([{"status": "WAITING"}, {"status": "OFFERED"}]), "the first keeps the place");
    assert_eq!(enrolls(yves, &course).await.at("/enroll/enrollment/status"), "ACTIVE");
    let reactivate = "mutation ($id: ID!) { reactivateUser(input: {userId: $id}) { userErrors { code } } }";
    assert_eq!(root.ask_with(reactivate, json!({"id": xena.wire_id()})).await.user_errors(), [""; 0]);
    drops(yves, &course).await.data();
    assert_eq!(statuses().await, json!([{"status": "OFFERED"}]));
}
