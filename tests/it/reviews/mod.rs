//! Reviews, votes, reports, moderation, replies.

mod erasing;
mod histories;
mod listing;
mod moderating;
mod ordering;
mod replying;
mod reporting;
mod revising;
mod submitting;
mod voting;

use kernel::{CourseId, EntityId, Permission};
use learning::{EnrollmentSource, EnrollmentStatus, enrollment};
use sea_orm::Set;
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp};

/// Somebody takes a course: in this state, so many percent done.
pub struct Enrolled(pub EnrollmentStatus, pub EnrollmentSource, pub i32);

/// Puts somebody into a course.
pub async fn enrol(app: &TestApp, person: &Person, course: &str, Enrolled(status, source, percent): Enrolled) {
    let mut tx = app.tx().await;
    let row = enrollment::ActiveModel {
        id: Set(tx.new_id().unwrap()),
        user_id: Set(person.id),
        course_id: Set(CourseId::from_wire(course).unwrap()),
        enrolled_at: Set(tx.now),
        status: Set(status),
        source: Set(source),
        progress_percentage: Set(percent * 100),
        ..Default::default()
    };
    let row = tx.stamp(row, tx.now);
    tx.insert_all(vec![row]).await.unwrap();
    tx.commit().await.unwrap();
}

/// Somebody who is half through a course.
pub async fn learner(app: &TestApp, name: &str, course: &str) -> Person {
    let person = app.student(name).await;
    enrol(app, &person, course, Enrolled(EnrollmentStatus::Active, EnrollmentSource::SelfService, 50)).await;
    person
}

/// Somebody who may moderate reviews.
pub async fn moderator(app: &TestApp, name: &str) -> Person {
    app.with_permissions(name, &[Permission::ReviewsModerate]).await
}

/// Does this mutation; `selected` is asked of its payload, beside the errors.
pub async fn does(person: &Person, mutation: &str, input: Value, selected: &str) -> Answer {
    let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
    let document = format!(
        "mutation ($input: {kind}!) {{ {mutation}(input: $input) {{ {selected} userErrors {{ code field }} }} }}"
    );
    person.ask_with(&document, json!({"input": input})).await
}

/// The id of a new review.
pub async fn reviews(person: &Person, course: &str, rating: i32) -> String {
    let input = json!({"courseId": course, "rating": rating, "title": "Title", "comment": "Words."});
    let answer = does(person, "submitReview", input, "review { id }").await;
    answer.at("/submitReview/review/id").as_str().unwrap_or_else(|| panic!("{answer:?}")).to_string()
}

pub async fn votes(person: &Person, review: &str, is_helpful: bool) -> Answer {
    let selected = "review { helpfulCount unhelpfulCount viewerVote }";
    does(person, "voteReview", json!({"reviewId": review, "isHelpful": is_helpful}), selected).await
}

pub async fn moderates(person: &Person, review: &str, action: &str) -> Answer {
    let input = json!({"reviewId": review, "action": action, "reason": "It names people."});
    does(person, "moderateReview", input, "review { isHidden hiddenReason }").await
}

pub async fn reports(person: &Person, review: &str) -> Answer {
    does(person, "reportReview", json!({"reviewId": review, "reason": "SPAM"}), "review { id }").await
}

/// What everybody sees of a course's ratings: the mean, how many, and how many of each from five stars down.
pub async fn numbers(app: &TestApp, course: &str) -> Value {
    let query =
        format!("{{ course(id: \"{course}\") {{ ratingSummary {{ average count perStar {{ stars count }} }} }} }}");
    let summary = app.ask(&query).await.at("/course/ratingSummary").clone();
    let per_star = summary["perStar"].as_array().unwrap();
    assert_eq!(per_star.iter().map(|one| one["stars"].as_i64().unwrap()).collect::<Vec<_>>(), [5, 4, 3, 2, 1]);
    let counts: Vec<_> = per_star.iter().map(|one| one["count"].clone()).collect();
    json!([summary["average"], summary["count"], counts])
}

/// The ids that a list of a course's reviews has, in its order.
pub async fn listed(app: &TestApp, viewer: &kernel::Viewer, arguments: &str) -> Vec<String> {
    let query = format!("{{ courseReviews({arguments}) {{ totalCount nodes {{ id }} }} }}");
    let answer = app.ask_as(viewer, &query, json!({})).await;
    let nodes = answer.at("/courseReviews/nodes").as_array().unwrap();
    nodes.iter().map(|node| node["id"].as_str().unwrap().to_string()).collect()
}
