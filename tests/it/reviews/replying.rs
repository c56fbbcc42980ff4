use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

use super::{does, learner, moderates, moderator, reviews};

const REPLY: &str = "reply { id comment editedAt author { name } review { id } }";

async fn answers(person: &Person, review: &str, comment: &str) -> Answer {
    does(person, "replyToReview", json!({"reviewId": review, "comment": comment}), REPLY).await
}

#[on_both]
async fn the_course_answers_once_for_everybody_to_read(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    let (ada, aide) = (learner(&app, "Ada", &course).await, app.student("Aida").await);
    tomas.appoints(&course, &aide, "ASSISTANT").await.data();
    let review = reviews(&ada, &course, 2).await;
    let answer = answers(&aide, &review, " Thank *you*. ").await;
    let id = answer.at("/replyToReview/reply/id").clone();
    let mut reply = json!({"id": id, "comment": "Thank *you*.", "editedAt": null, "author": {"name": "Aida"}, "review": {"id": review}});
    assert_eq!(answer.data(), &json!({"replyToReview": {"reply": reply, "userErrors": []}}));
    let second = answers(&tomas, &review, "No.").await;
    let exists = json!([{"code": "REVIEW_REPLY_EXISTS", "field": ["input", "reviewId"]}]);
    assert_eq!(second.data(), &json!({"replyToReview": {"reply": reply, "userErrors": exists}}));
    // The reply is the course's: whoever works there changes it.
    app.world.pass(chrono::Duration::minutes(1));
    let changed = does(&tomas, "updateReply", json!({"id": id, "comment": "Thanks."}), REPLY).await;
    (reply["comment"], reply["editedAt"]) = (json!("Thanks."), json!("2026-07-01T12:01:00+00:00"));
    assert_eq!(changed.data(), &json!({"updateReply": {"reply": reply, "userErrors": []}}));
    let list = format!("{{ courseReviews(courseId: \"{course}\") {{ nodes {{ {REPLY} }} }} }}");
    assert_eq!(app.ask(&list).await.at("/courseReviews/nodes"), &json!([{"reply": reply}]));
    let node = format!("{{ node(id: {id}) {{ ... on ReviewReply {{ comment }} }} }}");
    assert_eq!(app.ask(&node).await.at("/node/comment"), "Thanks.");
    let deleted = does(&aide, "deleteReply", json!({"id": id}), "review { reply { id } }").await;
    assert_eq!(deleted.data(), &json!({"deleteReply": {"review": {"reply": null}, "userErrors": []}}));
    assert_eq!(does(&aide, "deleteReply", json!({"id": id}), "").await.codes(), ["NOT_FOUND"]);
    assert_eq!(answers(&tomas, &review, "Once more.").await.user_errors(), [""; 0]);
}

#[on_both]
async fn nobody_else_answers_for_the_course(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    let (ada, zoe, mod_) =
        (learner(&app, "Ada", &course).await, app.instructor("Zoe").await, moderator(&app, "Mo").await);
    let review = reviews(&ada, &course, 2).await;
    let reply = answers(&tomas, &review, "Thanks.").await.at("/replyToReview/reply/id").clone();
    for person in [&ada, &zoe, &mod_] {
        assert_eq!(answers(person, &review, "Mine.").await.codes(), ["FORBIDDEN"]);
        assert_eq!(does(person, "updateReply", json!({"id": reply, "comment": "x"}), "").await.codes(), ["FORBIDDEN"]);
        assert_eq!(does(person, "deleteReply", json!({"id": reply}), "").await.codes(), ["FORBIDDEN"]);
    }
    for comment in ["", "\u{200b}", "\u{7}", &"x".repeat(5_001)] {
        let invalid = json!([{"code": "REVIEW_REPLY_INVALID", "field": ["input", "comment"]}]);
        let answer = does(&tomas, "updateReply", json!({"id": reply, "comment": comment}), "").await;
        assert_eq!(answer.at("/updateReply/userErrors"), &invalid, "{comment:?}");
    }
    // What answers a hidden review is hidden with it, from those who wrote it, too.
    moderates(&mod_, &review, "HIDE").await.data();
    let node = format!("{{ node(id: {reply}) {{ id }} }}");
    for (person, seen) in [(&tomas, &Value::Null), (&zoe, &Value::Null), (&ada, &json!({"id": reply}))] {
        assert_eq!(person.ask(&node).await.at("/node"), seen);
    }
    assert_eq!(does(&tomas, "updateReply", json!({"id": reply, "comment": "x"}), "").await.codes(), ["NOT_FOUND"]);
}

#[on_both]
async fn sixteen_who_answer_at_once_answer_once(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    let review = reviews(&learner(&app, "Ada", &course).await, &course, 2).await;
    let tasks: Vec<_> = (0..16)
        .map(|n| {
            let (tomas, review) = (tomas.clone(), review.clone());
            tokio::spawn(async move { answers(&tomas, &review, &format!("Number {n}.")).await })
        })
        .collect();
    let mut refused = 0;
    for task in tasks {
        refused += usize::from(task.await.unwrap().user_errors() == ["REVIEW_REPLY_EXISTS"]);
    }
    assert_eq!(refused, 15);
}
