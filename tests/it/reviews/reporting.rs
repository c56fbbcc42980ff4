use kernel::{Viewer, audit_event};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use testkit::{Person, TestApp, on_both};

use super::{does, learner, listed, moderates, moderator, reports, reviews};

const QUEUE: &str = "{ moderationQueue { totalCount nodes { id reportedCount queuedAt } } }";

async fn queued(app: &TestApp) -> u64 {
    let all = audit_event::Entity::visible_to(&Viewer::System);
    all.filter(audit_event::Column::Action.eq("review.queued")).count(app.db().read()).await.unwrap()
}

#[on_both]
async fn three_reports_bring_a_review_before_a_moderator_and_hide_nothing(app: TestApp) {
    let course = app.instructor("Tomas").await.publishes("Rust").await;
    let (ada, mod_) = (learner(&app, "Ada", &course).await, moderator(&app, "Mo").await);
    let review = reviews(&ada, &course, 2).await;
    for (number, name) in ["Ben", "Cleo", "Dora"].into_iter().enumerate() {
        assert_eq!(mod_.ask(QUEUE).await.at("/moderationQueue/totalCount"), 0, "{number}");
        let person = app.student(name).await;
        assert_eq!(reports(&person, &review).await.user_errors(), [""; 0]);
        assert_eq!(reports(&person, &review).await.user_errors(), ["REVIEW_REPORT_EXISTS"]);
        app.world.pass(chrono::Duration::minutes(1));
    }
    let waiting = json!({"id": review, "reportedCount": 3, "queuedAt": "2026-07-01T12:02:00+00:00"});
    assert_eq!(mod_.ask(QUEUE).await.at("/moderationQueue"), &json!({"totalCount": 1, "nodes": [waiting]}));
    assert_eq!(
        listed(&app, &Viewer::Anonymous, &format!("courseId: \"{course}\"")).await,
        std::slice::from_ref(&review)
    );
    let seen = format!(
        "{{ node(id: \"{review}\") {{ ... on Review {{ reportedCount queuedAt reports {{ totalCount nodes {{ reason text settledAt reporter {{ name }} }} }} }} }} }}"
    );
    let nothing = json!({"reportedCount": null, "queuedAt": null, "reports": {"totalCount": 0, "nodes": []}});
    assert_eq!(ada.ask(&seen).await.at("/node"), &nothing);
    let last = json!({"reason": "SPAM", "text": "", "settledAt": null, "reporter": {"name": "Dora"}});
    assert_eq!(mod_.ask(&seen).await.at("/node/reports/nodes/0"), &last);
    // It stands: nobody who has reported it does so again, and it takes three others.
    assert_eq!(moderates(&mod_, &review, "DISMISS_REPORTS").await.user_errors(), [""; 0]);
    assert_eq!(moderates(&mod_, &review, "DISMISS_REPORTS").await.user_errors(), ["REVIEW_NOT_REPORTED"]);
    assert_eq!(mod_.ask(QUEUE).await.at("/moderationQueue/totalCount"), 0);
    assert_eq!(mod_.ask(&seen).await.at("/node/reports/nodes/0/settledAt"), "2026-07-01T12:03:00+00:00");
    for name in ["Emil", "Fay"] {
        reports(&app.student(name).await, &review).await.data();
    }
    assert_eq!(mod_.ask(QUEUE).await.at("/moderationQueue/totalCount"), 0);
    reports(&app.student("Gus").await, &review).await.data();
    assert_eq!(mod_.ask(QUEUE).await.at("/moderationQueue/nodes/0/reportedCount"), 3);
    assert_eq!(queued(&app).await, 2);
    // Nobody writes to the author about what came to nothing.
    assert!(app.letters().await.is_empty());
}

#[on_both]
async fn what_is_wrong_with_it_is_said_in_words_where_no_word_fits(app: TestApp) {
    let course = app.instructor("Tomas").await.publishes("Rust").await;
    let (ada, ben) = (learner(&app, "Ada", &course).await, app.student("Ben").await);
    let review = reviews(&ada, &course, 2).await;
    let says = async |person: &Person, reason: &str, text: &str| {
        let input = json!({"reviewId": review, "reason": reason, "text": text});
        let answer = does(person, "reportReview", input, "review { id }").await;
        answer.at("/reportReview/userErrors").clone()
    };
    let invalid = json!([{"code": "REVIEW_REPORT_INVALID", "field": ["input", "text"]}]);
    assert_eq!(says(&ben, "OTHER", " \u{200b}").await, invalid);
    assert_eq!(says(&ben, "SPAM", &"x".repeat(1_001)).await, invalid);
    assert_eq!(says(&ben, "SPAM", "\u{7}").await, invalid);
    assert_eq!(says(&ben, "OTHER", "It is a poem.").await, json!([]));
    assert_eq!(says(&ada, "SPAM", "").await, json!([{"code": "REVIEW_IS_OWN", "field": ["input", "reviewId"]}]));
}

#[on_both]
async fn thirty_two_reports_at_once_queue_it_once(app: TestApp) {
    let course = app.instructor("Tomas").await.publishes("Rust").await;
    let (ada, mod_) = (learner(&app, "Ada", &course).await, moderator(&app, "Mo").await);
    let review = reviews(&ada, &course, 2).await;
    let mut people = vec![];
    for n in 0..32 {
        people.push(app.student(&format!("Reader{n}")).await);
    }
    let tasks: Vec<_> = people
        .into_iter()
        .map(|person| {
            let review = review.clone();
            tokio::spawn(async move { reports(&person, &review).await })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap().user_errors(), [""; 0]);
    }
    let waiting = json!({"totalCount": 1, "nodes": [{"id": review, "reportedCount": 32, "queuedAt": "2026-07-01T12:00:00+00:00"}]});
    assert_eq!(mod_.ask(QUEUE).await.at("/moderationQueue"), &waiting);
    assert_eq!(queued(&app).await, 1);
}

/// The most reported first, and of these the one that has waited longest; page by page.
#[on_both]
async fn the_queue_is_read_in_its_order(app: TestApp) {
    let course = app.instructor("Tomas").await.publishes("Rust").await;
    let mod_ = moderator(&app, "Mo").await;
    let mut readers = vec![];
    for n in 0..5 {
        readers.push(app.student(&format!("Reader{n}")).await);
    }
    let mut ids = vec![];
    for (n, reported) in [3, 5, 4, 5, 2].into_iter().enumerate() {
        let review = reviews(&learner(&app, &format!("Author{n}"), &course).await, &course, 1).await;
        for reader in &readers[..reported] {
            reports(reader, &review).await.data();
        }
        ids.push(review);
        app.world.pass(chrono::Duration::minutes(1));
    }
    let (mut found, mut cursor) = (vec![], Value::Null);
    for _ in 0..4 {
        let query = "query ($after: String) { moderationQueue(first: 1, after: $after) { totalCount nodes { id } pageInfo { endCursor } } }";
        let page = mod_.ask_with(query, json!({"after": cursor})).await;
        assert_eq!(page.at("/moderationQueue/totalCount"), 4);
        found.push(page.at("/moderationQueue/nodes/0/id").as_str().unwrap().to_string());
        cursor = page.at("/moderationQueue/pageInfo/endCursor").clone();
    }
    assert_eq!(found, [1, 3, 2, 0].map(|n: usize| ids[n].clone()));
}
