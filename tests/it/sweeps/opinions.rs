//! Reviews, for the sweeps.

use std::collections::BTreeMap;

use kernel::Live;
use serde_json::{Value, json};
use testkit::{Person, TestApp};

use super::{
    audited::{
        Trail::{self, Records},
        mutation, ready,
    },
    stranger::Attempt,
};
use crate::reviews::{does, learner, moderates, moderator, reports, reviews, votes};

/// A review, and what the course answers.
pub struct Opinion {
    pub review: String,
    pub reply: String,
}

/// One that everybody sees.
pub async fn seen(app: &TestApp, owner: &Person, course: &str, author: &str) -> Opinion {
    let review = reviews(&learner(app, author, course).await, course, 2).await;
    let answer = does(owner, "replyToReview", json!({"reviewId": review, "comment": "Thanks."}), "reply { id }").await;
    let reply = answer.at("/replyToReview/reply/id").as_str().unwrap().to_string();
    Opinion { review, reply }
}

/// One of each that has a history, and one that is hidden.
pub async fn told(app: &TestApp, owner: &Person, course: &str) -> [Opinion; 2] {
    let moderator = moderator(app, "Mona").await;
    let (open, hidden) = (seen(app, owner, course, "Olga").await, seen(app, owner, course, "Hidde").await);
    let reader = app.student("Reader").await;
    for opinion in [&open, &hidden] {
        votes(&reader, &opinion.review, true).await.data();
        reports(&reader, &opinion.review).await.data();
    }
    moderates(&moderator, &open.review, "DISMISS_REPORTS").await.data();
    reports(&app.student("Another").await, &open.review).await.data();
    moderates(&moderator, &hidden.review, "HIDE").await.data();
    [open, hidden]
}

/// What a stranger tries: a review that is hidden, then one that is seen. Votes and reports on one that is seen are
/// everybody's right, as is a review of an open course.
pub async fn attempts(
    app: &TestApp,
    teacher: &Person,
    draft: &str,
    published: &str,
) -> BTreeMap<&'static str, Attempt> {
    let [seen, hidden] = told(app, teacher, published).await;
    let on = |name: &str, fields: &str| {
        [&hidden, &seen]
            .map(|Opinion { review, reply }| {
                let fields =
                    fields.replace("REVIEW", &format!("\"{review}\"")).replace("REPLY", &format!("\"{reply}\""));
                mutation(name, &fields)
            })
            .to_vec()
    };
    let (hidden_then_seen, only_hidden) = (&["NOT_FOUND", "FORBIDDEN"][..], &["NOT_FOUND"][..]);
    let submits = vec![mutation("submitReview", &format!("courseId: \"{draft}\", rating: 1"))];
    BTreeMap::from([
        ("submitReview", Attempt::Turned(submits, only_hidden)),
        ("updateReview", Attempt::Turned(on("updateReview", "id: REVIEW, rating: 1"), hidden_then_seen)),
        ("deleteReview", Attempt::Turned(on("deleteReview", "id: REVIEW"), hidden_then_seen)),
        ("voteReview", Attempt::Turned(on("voteReview", "reviewId: REVIEW, isHelpful: true"), only_hidden)),
        ("removeReviewVote", Attempt::Turned(on("removeReviewVote", "reviewId: REVIEW"), only_hidden)),
        ("reportReview", Attempt::Turned(on("reportReview", "reviewId: REVIEW, reason: SPAM"), only_hidden)),
        (
            "moderateReview",
            Attempt::Turned(on("moderateReview", "reviewId: REVIEW, action: HIDE, reason: \"x\""), hidden_then_seen),
        ),
        ("replyToReview", Attempt::Turned(on("replyToReview", "reviewId: REVIEW, comment: \"x\""), hidden_then_seen)),
        ("updateReply", Attempt::Turned(on("updateReply", "id: REPLY, comment: \"x\""), hidden_then_seen)),
        ("deleteReply", Attempt::Turned(on("deleteReply", "id: REPLY"), hidden_then_seen)),
    ])
}

/// All that there is of them.
pub async fn everything(app: &TestApp) -> Value {
    let db = app.db().read();
    let rows = ::reviews::review::Entity::live().all(db).await.unwrap();
    let votes = ::reviews::review_vote::Entity::live().all(db).await.unwrap();
    let reports = ::reviews::review_report::Entity::live().all(db).await.unwrap();
    let replies = ::reviews::review_reply::Entity::live().all(db).await.unwrap();
    json!([format!("{rows:?}"), format!("{votes:?}"), format!("{reports:?}"), format!("{replies:?}")])
}

pub fn of_reviews() -> [(&'static str, Trail); 10] {
    [
        (
            "submitReview",
            Records(
                "review.submitted",
                ready!(|app| {
                    let course = app.instructor("Tomas").await.publishes("Rust").await;
                    let ada = learner(&app, "Ada", &course).await;
                    (ada.viewer, mutation("submitReview", &format!("courseId: \"{course}\", rating: 5")))
                }),
            ),
        ),
        (
            "updateReview",
            Records(
                "review.updated",
                ready!(|app| {
                    let (ada, id) = written(&app).await;
                    (ada.viewer, mutation("updateReview", &format!("id: \"{id}\", rating: 5")))
                }),
            ),
        ),
        (
            "deleteReview",
            Records(
                "review.deleted",
                ready!(|app| {
                    let (ada, id) = written(&app).await;
                    (ada.viewer, mutation("deleteReview", &format!("id: \"{id}\"")))
                }),
            ),
        ),
        (
            "voteReview",
            Records(
                "review.voted",
                ready!(|app| {
                    let (_, id) = written(&app).await;
                    let input = format!("reviewId: \"{id}\", isHelpful: true");
                    (app.student("Ben").await.viewer, mutation("voteReview", &input))
                }),
            ),
        ),
        (
            "removeReviewVote",
            Records(
                "review.vote_removed",
                ready!(|app| {
                    let ((_, id), ben) = (written(&app).await, app.student("Ben").await);
                    votes(&ben, &id, true).await.data();
                    (ben.viewer, mutation("removeReviewVote", &format!("reviewId: \"{id}\"")))
                }),
            ),
        ),
        (
            "reportReview",
            Records(
                "review.reported",
                ready!(|app| {
                    let (_, id) = written(&app).await;
                    let input = format!("reviewId: \"{id}\", reason: SPAM");
                    (app.student("Ben").await.viewer, mutation("reportReview", &input))
                }),
            ),
        ),
        (
            "moderateReview",
            Records(
                "review.hidden",
                ready!(|app| {
                    let (_, id) = written(&app).await;
                    let input = format!("reviewId: \"{id}\", action: HIDE, reason: \"Spam.\"");
                    (moderator(&app, "Mo").await.viewer, mutation("moderateReview", &input))
                }),
            ),
        ),
        (
            "replyToReview",
            Records(
                "review.replied",
                ready!(|app| {
                    let ((_, id), root) = (written(&app).await, app.admin("Root").await);
                    (root.viewer, mutation("replyToReview", &format!("reviewId: \"{id}\", comment: \"Thanks.\"")))
                }),
            ),
        ),
        (
            "updateReply",
            Records(
                "review.reply_updated",
                ready!(|app| {
                    let (tomas, reply) = answered(&app).await;
                    (tomas.viewer, mutation("updateReply", &format!("id: \"{reply}\", comment: \"Well.\"")))
                }),
            ),
        ),
        (
            "deleteReply",
            Records(
                "review.reply_deleted",
                ready!(|app| {
                    let (tomas, reply) = answered(&app).await;
                    (tomas.viewer, mutation("deleteReply", &format!("id: \"{reply}\"")))
                }),
            ),
        ),
    ]
}

/// An author, and their review.
async fn written(app: &TestApp) -> (Person, String) {
    let course = app.instructor("Tomas").await.publishes("Rust").await;
    let ada = learner(app, "Ada", &course).await;
    let review = reviews(&ada, &course, 2).await;
    (ada, review)
}

/// An owner of a course, and their reply to a review.
async fn answered(app: &TestApp) -> (Person, String) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    let Opinion { reply, .. } = seen(app, &tomas, &course, "Ada").await;
    (tomas, reply)
}
