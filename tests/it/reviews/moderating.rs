use chrono::Duration;
use kernel::Viewer;
use serde_json::{Value, json};
use testkit::{TestApp, on_both};

use super::{does, learner, listed, moderates, moderator, numbers, reports, reviews};

#[on_both]
async fn a_hidden_review_leaves_sight_and_numbers_and_comes_back(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    let (ada, ben) = (learner(&app, "Ada", &course).await, learner(&app, "Ben", &course).await);
    let mod_ = moderator(&app, "Mo").await;
    let (bad, good) = (reviews(&ada, &course, 1).await, reviews(&ben, &course, 5).await);
    assert_eq!(numbers(&app, &course).await, json!([3.0, 2, [1, 0, 0, 0, 1]]));
    let hidden = moderates(&mod_, &bad, "HIDE").await;
    let state = json!({"isHidden": true, "hiddenReason": "It names people."});
    assert_eq!(hidden.data(), &json!({"moderateReview": {"review": state, "userErrors": []}}));
    assert_eq!(moderates(&mod_, &bad, "HIDE").await.user_errors(), ["REVIEW_HIDDEN"]);
    assert_eq!(numbers(&app, &course).await, json!([5.0, 1, [1, 0, 0, 0, 0]]));
    let list = format!("courseId: \"{course}\", sort: HIGHEST");
    for viewer in [&Viewer::Anonymous, &ben.viewer, &tomas.viewer] {
        assert_eq!(listed(&app, viewer, &list).await, std::slice::from_ref(&good));
        let node = app.ask_as(viewer, &format!("{{ node(id: \"{bad}\") {{ id }} }}"), json!({})).await;
        assert_eq!(node.at("/node"), &Value::Null);
    }
    assert_eq!(listed(&app, &ada.viewer, &list).await, [good.clone(), bad.clone()]);
    let told = format!(
        "{{ node(id: \"{bad}\") {{ ... on Review {{ isHidden hiddenAt hiddenReason moderation {{ totalCount nodes {{ action reason happenedAt moderator {{ name }} }} }} }} }} }}"
    );
    let act = |action: &str, who: Value| {
        let minute = u8::from(action == "RESTORE");
        let at = format!("2026-07-01T12:0{minute}:00+00:00");
        json!({"action": action, "reason": "It names people.", "happenedAt": at, "moderator": who})
    };
    let seen = |who: Value| {
        json!({"isHidden": true, "hiddenAt": "2026-07-01T12:00:00+00:00", "hiddenReason": "It names people.",
        "moderation": {"totalCount": 1, "nodes": [act("HIDE", who)]}})
    };
    assert_eq!(ada.ask(&told).await.at("/node"), &seen(Value::Null));
    assert_eq!(mod_.ask(&told).await.at("/node"), &seen(json!({"name": "Mo"})));
    let [letter] = &app.letters().await[..] else { panic!("one letter") };
    assert_eq!((letter.to.as_str(), letter.subject.as_str()), ("ada@example.org", "Your review was hidden"));
    assert!(letter.text.contains("It names people.") && letter.text.contains("Rust"), "{}", letter.text);
    app.world.pass(Duration::minutes(1));
    assert_eq!(
        moderates(&mod_, &bad, "RESTORE").await.at("/moderateReview/review"),
        &json!({"isHidden": false, "hiddenReason": null})
    );
    assert_eq!(moderates(&mod_, &bad, "RESTORE").await.user_errors(), ["REVIEW_NOT_HIDDEN"]);
    assert_eq!(numbers(&app, &course).await, json!([3.0, 2, [1, 0, 0, 0, 1]]));
    assert_eq!(listed(&app, &Viewer::Anonymous, &list).await, [good, bad.clone()]);
    let history = ada.ask(&told).await.at("/node/moderation/nodes").clone();
    assert_eq!(history, json!([act("RESTORE", Value::Null), act("HIDE", Value::Null)]));
    // Others read the review, and nothing of its history.
    assert_eq!(ben.ask(&told).await.at("/node/moderation"), &json!({"totalCount": 0, "nodes": []}));
    let [letter] = &app.letters().await[..] else { panic!("one letter") };
    assert_eq!((letter.to.as_str(), letter.subject.as_str()), ("ada@example.org", "Your review is shown again"));
}

#[on_both]
async fn hiding_settles_what_was_reported(app: TestApp) {
    let course = app.instructor("Tomas").await.publishes("Rust").await;
    let (ada, mod_) = (learner(&app, "Ada", &course).await, moderator(&app, "Mo").await);
    let review = reviews(&ada, &course, 1).await;
    for name in ["Ben", "Cleo", "Dora"] {
        reports(&app.student(name).await, &review).await.data();
    }
    moderates(&mod_, &review, "HIDE").await.data();
    let seen = format!(
        "{{ moderationQueue {{ totalCount }} node(id: \"{review}\") {{ ... on Review {{ reportedCount queuedAt }} }} }}"
    );
    let settled = json!({"moderationQueue": {"totalCount": 0}, "node": {"reportedCount": 0, "queuedAt": null}});
    assert_eq!(mod_.ask(&seen).await.data(), &settled);
}

#[on_both]
async fn a_moderator_gives_a_reason_and_has_no_stake_in_it(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    let (ada, mod_) = (learner(&app, "Ada", &course).await, moderator(&app, "Mo").await);
    let review = reviews(&ada, &course, 1).await;
    let tries = async |reason: &str| {
        let input = json!({"reviewId": review, "action": "HIDE", "reason": reason});
        does(&mod_, "moderateReview", input, "review { id }").await.at("/moderateReview/userErrors").clone()
    };
    for reason in ["", " \u{200b} ", "\u{7}", &"x".repeat(1_001)] {
        assert_eq!(
            tries(reason).await,
            json!([{"code": "REVIEW_REASON_INVALID", "field": ["input", "reason"]}]),
            "{reason:?}"
        );
    }
    for person in [&ada, &tomas] {
        assert_eq!(moderates(person, &review, "HIDE").await.codes(), ["FORBIDDEN"]);
        assert_eq!(person.ask("{ moderationQueue { totalCount } }").await.codes(), ["FORBIDDEN"]);
    }
    tomas.appoints(&course, &mod_, "ASSISTANT").await.data();
    assert_eq!(moderates(&mod_, &review, "HIDE").await.user_errors(), ["REVIEW_MODERATOR_PARTIAL"]);
    let other = app.instructor("Zoe").await.publishes("Go").await;
    super::enrol(
        &app,
        &mod_,
        &other,
        super::Enrolled(learning::EnrollmentStatus::Completed, learning::EnrollmentSource::Grant, 0),
    )
    .await;
    let own = reviews(&mod_, &other, 5).await;
    assert_eq!(moderates(&mod_, &own, "HIDE").await.user_errors(), ["REVIEW_MODERATOR_PARTIAL"]);
}
