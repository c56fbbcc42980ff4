use chrono::Duration;
use serde_json::json;
use testkit::{TestApp, on_both};

use super::{does, learner, listed, moderates, moderator, numbers, reviews};

#[on_both]
async fn what_a_review_said_before_is_kept_for_its_author_and_moderators(app: TestApp) {
    let course = app.instructor("Tomas").await.publishes("Rust").await;
    let (ada, ben, mod_) = (learner(&app, "Ada", &course).await, app.student("Ben").await, moderator(&app, "Mo").await);
    let review = reviews(&ada, &course, 2).await;
    app.world.pass(Duration::minutes(1));
    let input = json!({"id": review, "expectedVersion": 1, "rating": 5, "comment": "Better."});
    let answer = does(&ada, "updateReview", input.clone(), "review { rating title comment version editedAt }").await;
    let edited = json!({"rating": 5, "title": "Title", "comment": "Better.", "version": 2, "editedAt": "2026-07-01T12:01:00+00:00"});
    assert_eq!(answer.data(), &json!({"updateReview": {"review": edited, "userErrors": []}}));
    assert_eq!(numbers(&app, &course).await, json!([5.0, 1, [1, 0, 0, 0, 0]]));
    // The version that was seen is not the current one any more.
    let stale = does(&ada, "updateReview", input, "review { version }").await;
    assert_eq!((stale.user_errors(), stale.at("/updateReview/review/version")), (vec!["STALE_VERSION"], &json!(2)));
    // What changes nothing is no version.
    let same = does(&ada, "updateReview", json!({"id": review, "rating": 5}), "review { version }").await;
    assert_eq!(same.at("/updateReview/review/version"), 2);
    app.world.pass(Duration::minutes(1));
    does(&ada, "updateReview", json!({"id": review, "title": null}), "review { title }").await.data();
    let query = "query ($id: ID!) { node(id: $id) { ... on Review { revisions { totalCount nodes {
        version rating title comment writtenAt replacedAt } } } } }";
    let first = json!({"version": 1, "rating": 2, "title": "Title", "comment": "Words.",
        "writtenAt": "2026-07-01T12:00:00+00:00", "replacedAt": "2026-07-01T12:01:00+00:00"});
    let second = json!({"version": 2, "rating": 5, "title": "Title", "comment": "Better.",
        "writtenAt": "2026-07-01T12:01:00+00:00", "replacedAt": "2026-07-01T12:02:00+00:00"});
    let all = json!({"totalCount": 2, "nodes": [second, first]});
    let none = json!({"totalCount": 0, "nodes": []});
    for (person, expected) in [(&ada, &all), (&mod_, &all), (&ben, &none)] {
        assert_eq!(person.ask_with(query, json!({"id": review})).await.at("/node/revisions"), expected);
    }
}

#[on_both]
async fn nobody_changes_the_review_of_another(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    let ada = learner(&app, "Ada", &course).await;
    let review = reviews(&ada, &course, 2).await;
    for person in [&tomas, &app.admin("Root").await, &learner(&app, "Ben", &course).await] {
        assert_eq!(does(person, "updateReview", json!({"id": review, "rating": 5}), "").await.codes(), ["FORBIDDEN"]);
        assert_eq!(does(person, "deleteReview", json!({"id": review}), "").await.codes(), ["FORBIDDEN"]);
    }
    // Who has come to work on the course takes their review back, or leaves it as it is.
    tomas.appoints(&course, &ada, "EDITOR").await.data();
    let edit = does(&ada, "updateReview", json!({"id": review, "rating": 5}), "").await;
    assert_eq!(edit.user_errors(), ["REVIEW_BY_STAFF"]);
    assert_eq!(does(&ada, "deleteReview", json!({"id": review}), "").await.user_errors(), [""; 0]);
}

/// Neither an edit nor a new beginning brings a hidden review back before a moderator has looked.
#[on_both]
async fn a_hidden_review_comes_before_a_moderator_when_it_is_edited_or_begun_anew(app: TestApp) {
    let course = app.instructor("Tomas").await.publishes("Rust").await;
    let (ada, mod_) = (learner(&app, "Ada", &course).await, moderator(&app, "Mo").await);
    let review = reviews(&ada, &course, 1).await;
    moderates(&mod_, &review, "HIDE").await.data();
    let queue = async || {
        let queue = mod_.ask("{ moderationQueue { nodes { id isHidden } } }").await;
        queue.at("/moderationQueue/nodes").clone()
    };
    assert_eq!(queue().await, json!([]));
    let edit = does(&ada, "updateReview", json!({"id": review, "rating": 4}), "review { isHidden }").await;
    assert_eq!(edit.at("/updateReview/review/isHidden"), true);
    assert_eq!(queue().await, json!([{"id": review, "isHidden": true}]));
    assert_eq!(numbers(&app, &course).await[1], 0);
    moderates(&mod_, &review, "RESTORE").await.data();
    assert_eq!((queue().await, numbers(&app, &course).await), (json!([]), json!([4.0, 1, [0, 1, 0, 0, 0]])));
    moderates(&mod_, &review, "HIDE").await.data();
    does(&ada, "deleteReview", json!({"id": review}), "").await.data();
    assert_eq!(numbers(&app, &course).await[1], 0);
    let anew = reviews(&ada, &course, 1).await;
    assert_eq!(queue().await, json!([{"id": anew, "isHidden": false}]));
    assert_eq!(listed(&app, &kernel::Viewer::Anonymous, &format!("courseId: \"{course}\"")).await, [anew]);
}
