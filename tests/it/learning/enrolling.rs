use courses::course;
use kernel::{CourseId, EntityId, Live, MediaId, Viewer};
use learning::{course_progress, video_progress};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, Set};
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

use crate::conventions::dictionary::uuid_literal;

pub async fn enrolls(person: &Person, course: &str) -> Answer {
    let query = "mutation ($id: ID!) { enroll(input: {courseId: $id}) {
        enrollment { id status source expiresAt hasAccess } waitlistEntry { status position }
        missingPrerequisites { title } userErrors { code field message } } }";
    person.ask_with(query, json!({"id": course})).await
}

pub async fn drops(person: &Person, course: &str) -> Answer {
    let query = "mutation ($id: ID!) { dropEnrollment(input: {courseId: $id}) {
        enrollment { id status completedAt hasAccess } userErrors { code field } } }";
    person.ask_with(query, json!({"id": course})).await
}

/// On which terms a course takes people in.
pub async fn sets_policy(person: &Person, course: &str, mut policy: Value) {
    policy["courseId"] = course.into();
    let query = "mutation ($input: SetEnrollmentPolicyInput!) { setEnrollmentPolicy(input: $input) {
        course { id } userErrors { code field } } }";
    let answer = person.ask_with(query, json!({"input": policy})).await;
    assert_eq!(answer.user_errors(), [""; 0], "{answer:?}");
}

/// Learners, completions, kept seats.
pub async fn counters(app: &TestApp, course: &str) -> [i32; 3] {
    let id: CourseId = EntityId::from_wire(course).unwrap();
    let row = course::Entity::live().filter(course::Column::Id.eq(id)).one(app.db().read()).await.unwrap().unwrap();
    [row.enrollment_count, row.completion_count, row.reserved_seats]
}

/// As progress does it when all is done.
pub async fn completes(app: &TestApp, person: &Person, course: &str) {
    let id: CourseId = EntityId::from_wire(course).unwrap();
    let literal = |id: uuid::Uuid| uuid_literal(app.db().backend(), id);
    let (user, row) = (literal(person.id.0), literal(id.0));
    let change = format!(
        "UPDATE enrollments SET status = 'completed', completed_at = enrolled_at WHERE user_id = {user} AND course_id = {row}"
    );
    assert_eq!(app.db().write().execute_unprepared(&change).await.unwrap().rows_affected(), 1);
    let count = format!("UPDATE courses SET completion_count = completion_count + 1 WHERE id = {row}");
    app.db().write().execute_unprepared(&count).await.unwrap();
}

#[on_both]
async fn a_free_course_takes_everybody_in_once(app: TestApp) {
    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let course = tomas.publishes("Rust").await;
    let first = enrolls(&ada, &course).await;
    let enrollment = json!({"id": first.at("/enroll/enrollment/id"), "status": "ACTIVE", "source": "SELF_SERVICE",
        "expiresAt": null, "hasAccess": true});
    let wanted = json!({"enroll": {"enrollment": enrollment, "waitlistEntry": null, "missingPrerequisites": [], "userErrors": []}});
    assert_eq!(first.data(), &wanted);
    assert_eq!(enrolls(&ada, &course).await.data(), &wanted);
    assert_eq!(counters(&app, &course).await, [1, 0, 0]);
    let query = "query ($id: ID!) { course(id: $id) { enrollmentCount capacity seatsLeft
        viewerEnrollment { status courseVersion reference suspendedReason } viewerWaitlistEntry { id } }
        myEnrollments { totalCount nodes { course { title } } } none: myEnrollments(status: DROPPED) { totalCount } }";
    let seen = ada.ask_with(query, json!({"id": course})).await;
    let mine = json!({"status": "ACTIVE", "courseVersion": 1, "reference": null, "suspendedReason": null});
    assert_eq!(
        seen.data(),
        &json!({"course": {"enrollmentCount": 1, "capacity": null, "seatsLeft": null, "viewerEnrollment": mine,
            "viewerWaitlistEntry": null}, "myEnrollments": {"totalCount": 1, "nodes": [{"course": {"title": "Rust"}}]},
            "none": {"totalCount": 0}})
    );
    let stranger = app
        .ask_as(
            &Viewer::Anonymous,
            "query ($id: ID!) { course(id: $id) { viewerEnrollment { id } } }",
            json!({"id": course}),
        )
        .await;
    assert_eq!(stranger.data(), &json!({"course": {"viewerEnrollment": null}}));
}

#[on_both]
async fn what_stands_against_it_is_told(app: TestApp) {
    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let (draft, open) = (tomas.drafts("Draft").await, tomas.publishes("Open").await);
    assert_eq!(enrolls(&ada, &draft).await.codes(), ["NOT_FOUND"]);
    assert_eq!(enrolls(&tomas, &draft).await.user_errors(), ["ENROLLMENT_COURSE_CLOSED"]);
    let aide = app.student("Aida").await;
    assert_eq!(tomas.appoints(&open, &aide, "ASSISTANT").await.user_errors(), [""; 0]);
    for staff in [&tomas, &aide] {
        let refused = enrolls(staff, &open).await;
        assert_eq!(refused.user_errors(), ["ENROLLMENT_OF_STAFF"]);
        assert_eq!(refused.data()["enroll"]["userErrors"][0]["field"], json!(["input", "courseId"]));
    }
    let token = ada.creates_token(&[]).await;
    let program = app.viewer_of(&token).await.unwrap();
    let enroll = format!("mutation {{ enroll(input: {{courseId: \"{open}\"}}) {{ userErrors {{ code }} }} }}");
    assert_eq!(app.ask_as(&program, &enroll, json!({})).await.codes(), ["FORBIDDEN"], "a program is nobody's learner");
    assert_eq!(drops(&ada, &open).await.user_errors(), ["ENROLLMENT_NOT_FOUND"]);
    assert_eq!(counters(&app, &open).await, [0, 0, 0]);
}

#[on_both]
async fn what_costs_something_is_not_for_taking(app: TestApp) {
    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let course = tomas.publishes("Rust").await;
    let says = async |mutation: &str, price: &str| {
        let amount = format!("price: {{amount: \"{price}\", currency: \"EUR\"}}");
        let query = format!(
            "mutation {{ {mutation}(input: {{courseId: \"{course}\", {amount}}}) {{ userErrors {{ code }} }} }}"
        );
        assert_eq!(tomas.ask(&query).await.user_errors(), [""; 0]);
    };
    says("setCoursePrice", "20").await;
    assert_eq!(enrolls(&ada, &course).await.user_errors(), ["ENROLLMENT_PAYMENT_REQUIRED"]);
    // Free for a while is free.
    says("scheduleDiscount", "0").await;
    assert_eq!(enrolls(&ada, &course).await.user_errors(), [""; 0]);
}

#[on_both]
async fn what_has_to_be_completed_first_is_named(app: TestApp) {
    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let (go, c, rust) = (tomas.publishes("Go").await, tomas.publishes("C").await, tomas.publishes("Rust").await);
    let require = "mutation ($id: ID!, $of: [ID!]!) { setCoursePrerequisites(input: {courseId: $id, courseIds: $of}) { userErrors { code } } }";
    tomas.ask_with(require, json!({"id": rust, "of": [go, c]})).await.data();
    let refused = enrolls(&ada, &rust).await;
    let error = json!({"code": "ENROLLMENT_PREREQUISITES_MISSING", "field": ["input", "courseId"], "message": "First complete: Go, C."});
    assert_eq!(
        refused.data(),
        &json!({"enroll": {"enrollment": null, "waitlistEntry": null, "missingPrerequisites": [{"title": "Go"}, {"title": "C"}],
            "userErrors": [error]}})
    );
    for course in [&go, &c] {
        assert_eq!(enrolls(&ada, course).await.user_errors(), [""; 0]);
    }
    completes(&app, &ada, &go).await;
    // What one has completed stays so when one leaves.
    drops(&ada, &go).await;
    let refused = enrolls(&ada, &rust).await;
    assert_eq!(refused.data()["enroll"]["missingPrerequisites"], json!([{"title": "C"}]));
    completes(&app, &ada, &c).await;
    assert_eq!(enrolls(&ada, &rust).await.user_errors(), [""; 0]);
}

#[on_both]
async fn who_comes_back_goes_on_where_they_were(app: TestApp) {
    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let course = tomas.publishes("Rust").await;
    let (film, _) = crate::sweeps::placed_file(&app, &tomas, &course).await;
    let id = enrolls(&ada, &course).await.at("/enroll/enrollment/id").clone();
    watched(&app, &ada, &course, &film).await;
    let seen = "query ($id: ID!) { node(id: $id) { ... on Enrollment { status progress { completionPercentage completedVideos { id } } } } }";
    let as_it_stands = async |status: &str| {
        let progress = json!({"completionPercentage": 50.0, "completedVideos": [{"id": film}]});
        let wanted = json!({"node": {"status": status, "progress": progress}});
        assert_eq!(ada.ask_with(seen, json!({"id": id})).await.data(), &wanted);
    };
    as_it_stands("ACTIVE").await;
    let left = drops(&ada, &course).await;
    let wanted = json!({"id": id, "status": "DROPPED", "completedAt": null, "hasAccess": false});
    assert_eq!(left.at("/dropEnrollment/enrollment"), &wanted);
    assert_eq!(drops(&ada, &course).await.user_errors(), ["ENROLLMENT_NOT_FOUND"]);
    assert_eq!(counters(&app, &course).await, [0, 0, 0]);
    assert_eq!(enrolls(&ada, &course).await.at("/enroll/enrollment/id"), &id);
    as_it_stands("ACTIVE").await;
    assert_eq!(counters(&app, &course).await, [1, 0, 0]);
    completes(&app, &ada, &course).await;
    let left = drops(&ada, &course).await;
    assert_eq!(left.at("/dropEnrollment/enrollment/completedAt"), "2026-07-01T12:00:00+00:00");
    assert_eq!(counters(&app, &course).await, [0, 0, 0]);
    assert_eq!(enrolls(&ada, &course).await.at("/enroll/enrollment/status"), "COMPLETED");
    assert_eq!(counters(&app, &course).await, [1, 1, 0]);
}

async fn watched(app: &TestApp, person: &Person, course: &str, film: &str) {
    let (course, film): (CourseId, MediaId) =
        (EntityId::from_wire(course).unwrap(), EntityId::from_wire(film).unwrap());
    let mut tx = app.tx().await;
    let whole = course_progress::ActiveModel {
        id: Set(tx.new_id().unwrap()),
        user_id: Set(person.id),
        course_id: Set(course),
        completion_percentage: Set(5_000),
        last_updated: Set(tx.now),
        ..Default::default()
    };
    let video = video_progress::ActiveModel {
        id: Set(tx.new_id().unwrap()),
        user_id: Set(person.id),
        course_id: Set(course),
        video_id: Set(film),
        completed: Set(true),
        ..Default::default()
    };
    tx.insert_all(vec![tx.stamp(whole, tx.now)]).await.unwrap();
    tx.insert_all(vec![tx.stamp(video, tx.now)]).await.unwrap();
    tx.commit().await.unwrap();
}

/// What the specification's manager finds, for those who run a course and for those who read everything.
#[on_both]
async fn lists_are_narrowed_and_nobody_sees_more_than_they_may(app: TestApp) {
    let (tomas, grace) = (app.instructor("Tomas").await, app.instructor("Grace").await);
    let (rust, go) = (tomas.publishes("Rust").await, grace.publishes("Go").await);
    let (ada, ben) = (app.student("Ada").await, app.student("Ben").await);
    for (person, course) in [(&ada, &rust), (&ben, &rust), (&ada, &go)] {
        app.world.pass(chrono::Duration::minutes(1));
        assert_eq!(enrolls(person, course).await.user_errors(), [""; 0]);
    }
    completes(&app, &ben, &rust).await;
    let list = "query ($filter: EnrollmentFilter) { enrollments(filter: $filter) { totalCount nodes { status user { name } course { title } } } }";
    let seen = async |person: &Person, filter: Value| {
        let answer = person.ask_with(list, json!({"filter": filter})).await;
        let nodes = answer.at("/enrollments/nodes").as_array().unwrap();
        assert_eq!(answer.at("/enrollments/totalCount"), nodes.len());
        let text = |value: &Value| value.as_str().unwrap().to_string();
        nodes
            .iter()
            .map(|node| [&node["user"]["name"], &node["course"]["title"], &node["status"]].map(text).join(" "))
            .collect::<Vec<_>>()
    };
    let clerk = app.with_permissions("Clerk", &[kernel::Permission::LearningRead]).await;
    let all = ["Ada Go ACTIVE", "Ben Rust COMPLETED", "Ada Rust ACTIVE"];
    assert_eq!(seen(&clerk, Value::Null).await, all);
    assert_eq!(seen(&tomas, json!({})).await, all[1..]);
    assert_eq!(seen(&grace, json!({})).await, all[..1]);
    assert_eq!(seen(&ada, json!({})).await, [all[0], all[2]]);
    for (filter, wanted) in [
        (json!({"status": "ACTIVE"}), vec![all[0], all[2]]),
        (json!({"status": "COMPLETED"}), vec![all[1]]),
        (json!({"userId": ada.wire_id()}), vec![all[0], all[2]]),
        (json!({"courseId": rust}), vec![all[1], all[2]]),
        (json!({"courseId": rust, "status": "ACTIVE", "source": "SELF_SERVICE"}), vec![all[2]]),
        (json!({"source": "PURCHASE"}), vec![]),
    ] {
        assert_eq!(seen(&clerk, filter.clone()).await, wanted, "{filter}");
    }
    let first = clerk.ask("{ enrollments(first: 1) { pageInfo { endCursor hasNextPage } } }").await;
    let cursor = first.at("/enrollments/pageInfo/endCursor").clone();
    let next = clerk
        .ask_with(
            "query ($after: String) { enrollments(first: 1, after: $after) { nodes { user { name } } } }",
            json!({"after": cursor}),
        )
        .await;
    assert_eq!(next.at("/enrollments/nodes"), &json!([{"user": {"name": "Ben"}}]));
}
