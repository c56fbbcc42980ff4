use kernel::{EntityId, Live, ReviewId};
use reviews::review;
use serde_json::{Value, json};
use testkit::{Person, TestApp, on_both};

use super::{does, learner, moderates, moderator, reviews, votes};

async fn takes_back(person: &Person, review: &str) -> testkit::Answer {
    does(person, "removeReviewVote", json!({"reviewId": review}), "review { helpfulCount unhelpfulCount viewerVote }")
        .await
}

/// The score that the row has.
async fn score(app: &TestApp, review: &str) -> i32 {
    let id = ReviewId::from_wire(review).unwrap();
    review::Entity::live()
        .all(app.db().read())
        .await
        .unwrap()
        .into_iter()
        .find(|row| row.id == id)
        .unwrap()
        .helpful_score
}

#[on_both]
async fn a_vote_is_cast_changed_and_taken_back(app: TestApp) {
    let course = app.instructor("Tomas").await.publishes("Rust").await;
    let (ada, ben) = (learner(&app, "Ada", &course).await, app.student("Ben").await);
    let review = reviews(&ada, &course, 2).await;
    let updated = format!("{{ node(id: \"{review}\") {{ ... on Review {{ updatedAt }} }} }}");
    let before = app.ask(&updated).await.data().clone();
    app.world.pass(chrono::Duration::minutes(1));
    let state = |helpful: i32, unhelpful: i32, own: Value| json!({"helpfulCount": helpful, "unhelpfulCount": unhelpful, "viewerVote": own});
    for (answer, expected, worth) in [
        (votes(&ben, &review, true).await, state(1, 0, json!(true)), 206_543),
        (votes(&ben, &review, true).await, state(1, 0, json!(true)), 206_543),
    ] {
        assert_eq!(answer.at("/voteReview/review"), &expected);
        assert_eq!(score(&app, &review).await, worth);
    }
    assert_eq!(votes(&ben, &review, false).await.at("/voteReview/review"), &state(0, 1, json!(false)));
    assert_eq!(score(&app, &review).await, 0);
    assert_eq!(
        votes(&app.student("Cleo").await, &review, true).await.at("/voteReview/review"),
        &state(1, 1, json!(true))
    );
    assert_eq!(score(&app, &review).await, 94_529);
    for _ in 0..2 {
        assert_eq!(takes_back(&ben, &review).await.at("/removeReviewVote/review"), &state(1, 0, Value::Null));
    }
    assert_eq!(votes(&ben, &review, true).await.at("/voteReview/review"), &state(2, 0, json!(true)));
    assert_eq!(score(&app, &review).await, 342_372);
    // Nobody has changed what it says.
    assert_eq!(app.ask(&updated).await.data(), &before);
    // Others see the counts, and no vote but their own.
    let seen = format!("{{ node(id: \"{review}\") {{ ... on Review {{ helpfulCount unhelpfulCount viewerVote }} }} }}");
    assert_eq!(app.ask(&seen).await.at("/node"), &state(2, 0, Value::Null));
}

#[on_both]
async fn who_has_a_stake_in_it_does_not_vote(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    let (ada, aide, mod_) =
        (learner(&app, "Ada", &course).await, app.student("Aida").await, moderator(&app, "Mo").await);
    let admin = app.admin("Root").await;
    tomas.appoints(&course, &aide, "ASSISTANT").await.data();
    let review = reviews(&ada, &course, 2).await;
    let can = format!("{{ node(id: \"{review}\") {{ ... on Review {{ viewerCanVote }} }} }}");
    for (person, refusal) in [
        (&ada, Some("REVIEW_IS_OWN")),
        (&tomas, Some("REVIEW_BY_STAFF")),
        (&aide, Some("REVIEW_BY_STAFF")),
        (&admin, None),
    ] {
        assert_eq!(person.ask(&can).await.at("/node/viewerCanVote"), refusal.is_none());
        assert_eq!(votes(person, &review, true).await.user_errors(), Vec::from_iter(refusal));
    }
    assert_eq!(takes_back(&ada, &review).await.user_errors(), ["REVIEW_IS_OWN"]);
    let document = format!(
        "mutation {{ voteReview(input: {{reviewId: \"{review}\", isHelpful: true}}) {{ userErrors {{ code }} }} }}"
    );
    assert_eq!(app.ask(&document).await.codes(), ["UNAUTHENTICATED"]);
    let program = app.viewer_of(&aide.creates_token(&[]).await).await.unwrap();
    assert_eq!(app.ask_as(&program, &document, json!({})).await.codes(), ["FORBIDDEN"]);
    moderates(&mod_, &review, "HIDE").await.data();
    assert_eq!(votes(&mod_, &review, true).await.user_errors(), ["REVIEW_HIDDEN"]);
    assert_eq!(votes(&app.student("Ben").await, &review, true).await.codes(), ["NOT_FOUND"]);
}

#[on_both]
async fn of_votes_of_one_person_at_once_one_counts(app: TestApp) {
    let course = app.instructor("Tomas").await.publishes("Rust").await;
    let (ada, ben) = (learner(&app, "Ada", &course).await, app.student("Ben").await);
    let review = reviews(&ada, &course, 2).await;
    let tasks: Vec<_> = (0..32)
        .map(|n| {
            let (ben, review) = (ben.clone(), review.clone());
            tokio::spawn(async move { votes(&ben, &review, n % 2 == 0).await })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap().user_errors(), [""; 0]);
    }
    let row = review::Entity::live().one(app.db().read()).await.unwrap().unwrap();
    let [vote] = &reviews::review_vote::Entity::live().all(app.db().read()).await.unwrap()[..] else {
        panic!("one vote")
    };
    let expected = (i32::from(vote.is_helpful), i32::from(!vote.is_helpful));
    assert_eq!((row.helpful_count, row.unhelpful_count), expected);
    assert_eq!(row.helpful_score, reviews::helpful_score(expected.0, expected.1));
}
