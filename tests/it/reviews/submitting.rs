use kernel::Viewer;
use learning::{
    EnrollmentSource::{self, Grant, Purchase, SelfService},
    EnrollmentStatus::{self, Active, Completed, Dropped, Expired},
};
use serde_json::{Value, json};
use testkit::{Person, TestApp, on_both};

use super::{Enrolled, does, enrol, learner, numbers, reviews};

const REVIEW: &str =
    "review { rating title comment isVerifiedPurchase isHidden helpfulCount unhelpfulCount version editedAt
    author { name } course { title } viewerIsAuthor viewerCanVote viewerVote reply { comment } }";

#[on_both]
async fn a_review_is_read_by_everybody_and_counts_at_once(app: TestApp) {
    let course = app.instructor("Tomas").await.publishes("Rust").await;
    let ada = learner(&app, "Ada", &course).await;
    assert_eq!(numbers(&app, &course).await, json!([null, 0, [0, 0, 0, 0, 0]]));
    let input =
        json!({"courseId": course, "rating": 4, "title": " Clear ", "comment": "<b>Bold</b>\r\n\r\n*and* more "});
    let answer = does(&ada, "submitReview", input, REVIEW).await;
    let mut review = json!({"rating": 4, "title": "Clear", "comment": "<b>Bold</b>\n\n*and* more", "isVerifiedPurchase": false,
        "isHidden": false, "helpfulCount": 0, "unhelpfulCount": 0, "version": 1, "editedAt": null, "author": {"name": "Ada"},
        "course": {"title": "Rust"}, "viewerIsAuthor": true, "viewerCanVote": false, "viewerVote": null, "reply": null});
    assert_eq!(answer.data(), &json!({"submitReview": {"review": review, "userErrors": []}}));
    review["viewerIsAuthor"] = false.into();
    let fields = REVIEW.trim_start_matches("review");
    let list = format!("{{ courseReviews(courseId: \"{course}\") {{ totalCount nodes {fields} }} }}");
    assert_eq!(app.ask(&list).await.data(), &json!({"courseReviews": {"totalCount": 1, "nodes": [review]}}));
    assert_eq!(numbers(&app, &course).await, json!([4.0, 1, [0, 1, 0, 0, 0]]));
    let own = "{ myReviews { totalCount nodes { rating } } }";
    assert_eq!(ada.ask(own).await.data(), &json!({"myReviews": {"totalCount": 1, "nodes": [{"rating": 4}]}}));
    let mine = format!("{{ course(id: \"{course}\") {{ viewerReview {{ rating }} }} }}");
    assert_eq!(ada.ask(&mine).await.at("/course/viewerReview/rating"), 4);
    assert_eq!(app.ask(&mine).await.at("/course/viewerReview"), &Value::Null);
}

/// What a review of a course with this enrolment is refused with, or whether it is a verified purchase.
async fn attempt(
    app: &TestApp,
    course: &str,
    name: &str,
    enrolled: Option<(EnrollmentStatus, EnrollmentSource, i32)>,
) -> Result<bool, String> {
    let person = app.student(name).await;
    if let Some((status, source, percent)) = enrolled {
        enrol(app, &person, course, Enrolled(status, source, percent)).await;
    }
    tried(&person, course).await
}

async fn tried(person: &Person, course: &str) -> Result<bool, String> {
    let input = json!({"courseId": course, "rating": 5});
    let answer = does(person, "submitReview", input, "review { isVerifiedPurchase }").await;
    match answer.user_errors().first() {
        Some(code) => {
            assert_eq!(answer.at("/submitReview/userErrors/0/field"), &json!(["input", "courseId"]));
            Err(code.to_string())
        }
        None => Ok(answer.at("/submitReview/review/isVerifiedPurchase").as_bool().unwrap()),
    }
}

#[on_both]
async fn who_has_seen_enough_of_a_course_reviews_it(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    let needs = |what: &str| Err(format!("REVIEW_NEEDS_{what}"));
    for (name, enrolled, expected) in [
        ("Never", None, needs("ENROLLMENT")),
        ("Dropped", Some((Dropped, Purchase, 100)), needs("ENROLLMENT")),
        ("Early", Some((Active, Purchase, 9)), needs("PROGRESS")),
        ("Enough", Some((Active, Purchase, 10)), Ok(true)),
        ("Free", Some((Active, SelfService, 60)), Ok(false)),
        ("Given", Some((Active, Grant, 60)), Ok(false)),
        ("Late", Some((Expired, Purchase, 60)), Ok(true)),
        ("Done", Some((Completed, SelfService, 0)), Ok(false)),
    ] {
        assert_eq!(attempt(&app, &course, name, enrolled).await, expected, "{name}");
    }
    // How much is enough is the course's to say.
    let asks = async |percent: i32| {
        let input = json!({"id": course, "reviewMinProgress": percent});
        let answer = does(&tomas, "updateCourse", input, "course { reviewMinProgress }").await;
        (answer.0["data"]["updateCourse"]["course"]["reviewMinProgress"].clone(), answer.user_errors().join(" "))
    };
    assert_eq!(asks(101).await, (Value::Null, "COURSE_REVIEW_PROGRESS_INVALID".into()));
    assert_eq!(asks(80).await, (json!(80), String::new()));
    assert_eq!(attempt(&app, &course, "Most", Some((Active, Purchase, 79))).await, needs("PROGRESS"));
    assert_eq!(asks(0).await, (json!(0), String::new()));
    assert_eq!(attempt(&app, &course, "Eager", Some((Active, Purchase, 0))).await, Ok(true));
    assert_eq!(numbers(&app, &course).await, json!([5.0, 6, [6, 0, 0, 0, 0]]));
}

#[on_both]
async fn who_is_suspended_reviews_when_that_is_over(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    let ada = learner(&app, "Ada", &course).await;
    let mine = format!("{{ course(id: \"{course}\") {{ viewerEnrollment {{ id }} }} }}");
    let enrollment = ada.ask(&mine).await.at("/course/viewerEnrollment/id").clone();
    let (suspend, resume) =
        (json!({"enrollmentId": enrollment, "reason": "Late."}), json!({"enrollmentId": enrollment}));
    assert_eq!(does(&tomas, "suspendEnrollment", suspend, "enrollment { id }").await.user_errors(), [""; 0]);
    assert_eq!(tried(&ada, &course).await, Err("REVIEW_WHILE_SUSPENDED".into()));
    assert_eq!(does(&tomas, "resumeEnrollment", resume, "enrollment { id }").await.user_errors(), [""; 0]);
    assert_eq!(tried(&ada, &course).await, Ok(false));
}

#[on_both]
async fn who_works_on_a_course_does_not_review_it_nor_does_a_program(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let (course, draft) = (tomas.publishes("Rust").await, tomas.drafts("Secret").await);
    let aide = learner(&app, "Aida", &course).await;
    tomas.appoints(&course, &aide, "ASSISTANT").await.data();
    for person in [&tomas, &aide] {
        assert_eq!(tried(person, &course).await, Err("REVIEW_BY_STAFF".into()));
    }
    let admin = app.admin("Root").await;
    assert_eq!(tried(&admin, &course).await, Err("REVIEW_NEEDS_ENROLLMENT".into()));
    let submit = |course: &str| {
        format!("mutation {{ submitReview(input: {{courseId: \"{course}\", rating: 5}}) {{ userErrors {{ code }} }} }}")
    };
    let stranger = app.student("Eve").await;
    assert_eq!(stranger.ask(&submit(&draft)).await.codes(), ["NOT_FOUND"]);
    assert_eq!(app.ask(&submit(&course)).await.codes(), ["UNAUTHENTICATED"]);
    let token = learner(&app, "Ada", &course).await.creates_token(&[]).await;
    let program = app.viewer_of(&token).await.unwrap();
    assert_eq!(app.ask_as(&program, &submit(&course), json!({})).await.codes(), ["FORBIDDEN"]);
}

#[on_both]
async fn one_review_is_all_one_has_until_it_is_deleted(app: TestApp) {
    let course = app.instructor("Tomas").await.publishes("Rust").await;
    let ada = learner(&app, "Ada", &course).await;
    let first = reviews(&ada, &course, 2).await;
    let again = json!({"courseId": course, "rating": 5});
    let answer = does(&ada, "submitReview", again, "review { id rating }").await;
    let error = json!({"code": "REVIEW_EXISTS", "field": ["input", "courseId"]});
    let exists = json!({"review": {"id": first, "rating": 2}, "userErrors": [error]});
    assert_eq!(answer.data(), &json!({"submitReview": exists}));
    assert_eq!(does(&ada, "deleteReview", json!({"id": first}), "").await.user_errors(), [""; 0]);
    assert_eq!(numbers(&app, &course).await, json!([null, 0, [0, 0, 0, 0, 0]]));
    assert_eq!(does(&ada, "deleteReview", json!({"id": first}), "").await.codes(), ["NOT_FOUND"]);
    let second = reviews(&ada, &course, 5).await;
    assert_ne!(first, second);
    assert_eq!(numbers(&app, &course).await, json!([5.0, 1, [1, 0, 0, 0, 0]]));
}

#[on_both]
async fn what_is_wrong_is_said_field_by_field_and_nothing_is_written(app: TestApp) {
    let course = app.instructor("Tomas").await.publishes("Rust").await;
    let ada = learner(&app, "Ada", &course).await;
    let long = "x".repeat(5_001);
    for (rating, title, comment, errors) in [
        (0, "", "", &[("REVIEW_RATING_INVALID", "rating")][..]),
        (6, "", "", &[("REVIEW_RATING_INVALID", "rating")]),
        (5, "two\nlines", "", &[("REVIEW_TITLE_INVALID", "title")]),
        (5, "\u{202e}turned", "", &[("REVIEW_TITLE_INVALID", "title")]),
        (5, &long[..256], "", &[("REVIEW_TITLE_INVALID", "title")]),
        (5, "", &long, &[("REVIEW_COMMENT_INVALID", "comment")]),
        (5, "", "bell\u{7}", &[("REVIEW_COMMENT_INVALID", "comment")]),
        (
            9,
            "\u{1}",
            "\u{1}",
            &[
                ("REVIEW_RATING_INVALID", "rating"),
                ("REVIEW_TITLE_INVALID", "title"),
                ("REVIEW_COMMENT_INVALID", "comment"),
            ],
        ),
    ] {
        let input = json!({"courseId": course, "rating": rating, "title": title, "comment": comment});
        let answer = does(&ada, "submitReview", input, "review { id }").await;
        let errors: Vec<_> =
            errors.iter().map(|(code, field)| json!({"code": code, "field": ["input", field]})).collect();
        assert_eq!(
            answer.data(),
            &json!({"submitReview": {"review": null, "userErrors": errors}}),
            "{title:?} {comment:?}"
        );
    }
    assert_eq!(super::listed(&app, &Viewer::Anonymous, &format!("courseId: \"{course}\"")).await, [""; 0]);
    let longest = json!({"courseId": course, "rating": 1, "title": &long[..255], "comment": &long[..5_000]});
    assert_eq!(does(&ada, "submitReview", longest, "").await.user_errors(), [""; 0]);
}

#[on_both]
async fn sixteen_who_are_one_person_write_one_review(app: TestApp) {
    let course = app.instructor("Tomas").await.publishes("Rust").await;
    let ada = learner(&app, "Ada", &course).await;
    let tasks: Vec<_> = (0..16)
        .map(|n| {
            let (ada, course) = (ada.clone(), course.clone());
            let input = json!({"courseId": course, "rating": 1 + n % 5});
            tokio::spawn(async move { does(&ada, "submitReview", input, "review { id }").await })
        })
        .collect();
    let (mut ids, mut refused) = (std::collections::BTreeSet::new(), 0);
    for task in tasks {
        let answer = task.await.unwrap();
        refused += usize::from(answer.user_errors() == ["REVIEW_EXISTS"]);
        ids.insert(answer.at("/submitReview/review/id").as_str().unwrap().to_string());
    }
    assert_eq!((ids.len(), refused), (1, 15));
    assert_eq!(numbers(&app, &course).await[1], 1);
}
