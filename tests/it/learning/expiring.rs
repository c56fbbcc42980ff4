use chrono::Duration;
use gateway::jobs::ensure_recurring;
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

use super::{
    enrolling::{completes, counters, drops, enrolls, sets_policy},
    granting::grants,
};

async fn extends(person: &Person, id: &Value, more: Value) -> Answer {
    let mut input = more;
    input["enrollmentId"] = id.clone();
    let query = "mutation ($input: ExtendEnrollmentInput!) { extendEnrollment(input: $input) {
        enrollment { status hasAccess expiresAt } userErrors { code field } } }";
    person.ask_with(query, json!({"input": input})).await
}

/// How the enrolment stands, and which of the lists it is in.
async fn stands(person: &Person, status: &str) {
    for listed in ["ACTIVE", "COMPLETED", "DROPPED", "EXPIRED", "SUSPENDED"] {
        let query = format!(
            "{{ myEnrollments(status: {listed}) {{ nodes {{ status }} }} enrollments(filter: {{status: {listed}}}) {{ totalCount }} }}"
        );
        let answer = person.ask(&query).await;
        let wanted = if listed == status { json!([{"status": status}]) } else { json!([]) };
        assert_eq!(answer.at("/myEnrollments/nodes"), &wanted, "{listed}");
        assert_eq!(answer.at("/enrollments/totalCount"), wanted.as_array().unwrap().len(), "{listed}");
    }
}

#[on_both]
async fn the_clock_shuts_a_course_and_no_job_is_needed(app: TestApp) {
    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let course = tomas.publishes("Rust").await;
    sets_policy(&tomas, &course, json!({"accessDays": 10})).await;
    let enrolled = enrolls(&ada, &course).await;
    let id = enrolled.at("/enroll/enrollment/id").clone();
    assert_eq!(enrolled.at("/enroll/enrollment/expiresAt"), "2026-07-11T12:00:00+00:00");
    // What is said later is for those who come later.
    sets_policy(&tomas, &course, json!({"accessDays": 1})).await;
    app.world.pass(Duration::days(10) - Duration::microseconds(1));
    stands(&ada, "ACTIVE").await;
    app.world.pass(Duration::microseconds(1));
    stands(&ada, "EXPIRED").await;
    let (user, course_id) = (ada.id, kernel::EntityId::from_wire(&course).unwrap());
    let now = kernel::World::now(&*app.world);
    assert!(!learning::entitled(app.db().read(), user, course_id, now).await.unwrap());
    // Neither again nor by leaving first.
    assert_eq!(enrolls(&ada, &course).await.user_errors(), ["ENROLLMENT_EXPIRED"]);
    assert_eq!(counters(&app, &course).await, [1, 0, 0]);
    let longer = extends(&tomas, &id, json!({"expiresAt": "2026-08-01T00:00:00Z"})).await;
    let wanted = json!({"status": "ACTIVE", "hasAccess": true, "expiresAt": "2026-08-01T00:00:00+00:00"});
    assert_eq!(longer.at("/extendEnrollment/enrollment"), &wanted);
    let shorter = extends(&tomas, &id, json!({"expiresAt": "2026-07-12T00:00:00Z"})).await;
    assert_eq!(shorter.at("/extendEnrollment/enrollment/expiresAt"), "2026-07-12T00:00:00+00:00");
    let past = extends(&tomas, &id, json!({"expiresAt": "2026-07-11T12:00:00Z"})).await;
    assert_eq!(past.user_errors(), ["ENROLLMENT_EXPIRY_NOT_AHEAD"]);
    assert_eq!(extends(&ada, &id, json!({})).await.codes(), ["FORBIDDEN"]);
    app.world.pass(Duration::days(1));
    drops(&ada, &course).await.data();
    assert_eq!(enrolls(&ada, &course).await.user_errors(), ["ENROLLMENT_EXPIRED"]);
    assert_eq!(extends(&tomas, &id, json!({})).await.user_errors(), ["ENROLLMENT_NOT_FOUND"]);
}

#[on_both]
async fn what_was_completed_stays_so_when_its_time_is_over(app: TestApp) {
    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let course = tomas.publishes("Rust").await;
    grants(&tomas, &course, &ada, json!({"expiresAt": "2026-07-02T12:00:00Z"})).await.data();
    completes(&app, &ada, &course).await;
    app.world.pass(Duration::days(1));
    app.app.write_as_system(ensure_recurring).await.unwrap();
    app.run_jobs().await;
    stands(&ada, "COMPLETED").await;
    let shut = ada.ask("{ myEnrollments { nodes { hasAccess } } }").await;
    assert_eq!(shut.at("/myEnrollments/nodes"), &json!([{"hasAccess": false}]));
    assert_eq!(counters(&app, &course).await, [1, 1, 0]);
}

#[on_both]
async fn the_seat_of_who_is_out_of_time_goes_to_who_waits(app: TestApp) {
    let (tomas, ada, ben) = (app.instructor("Tomas").await, app.student("Ada").await, app.student("Ben").await);
    let course = tomas.publishes("Rust").await;
    sets_policy(&tomas, &course, json!({"capacity": 1, "hasWaitlist": true, "accessDays": 1})).await;
    let id = enrolls(&ada, &course).await.at("/enroll/enrollment/id").clone();
    assert_eq!(enrolls(&ben, &course).await.at("/enroll/waitlistEntry/position"), 1);
    app.world.pass(Duration::days(1));
    app.app.write_as_system(ensure_recurring).await.unwrap();
    app.run_jobs().await;
    stands(&ada, "EXPIRED").await;
    assert_eq!(counters(&app, &course).await, [0, 0, 1]);
    assert_eq!(enrolls(&ben, &course).await.at("/enroll/enrollment/status"), "ACTIVE");
    // Going on takes a seat by now.
    assert_eq!(extends(&tomas, &id, json!({})).await.user_errors(), ["ENROLLMENT_COURSE_FULL"]);
    let extra = extends(&tomas, &id, json!({"overCapacity": true})).await;
    assert_eq!(
        extra.at("/extendEnrollment/enrollment"),
        &json!({"status": "ACTIVE", "hasAccess": true, "expiresAt": null})
    );
    assert_eq!(counters(&app, &course).await, [2, 0, 0]);
    let root = app.admin("Root").await;
    let trail =
        root.ask("{ auditEvents(first: 100, filter: {action: \"enrollment.expired\"}) { nodes { targetId } } }").await;
    assert_eq!(trail.at("/auditEvents/nodes"), &json!([{"targetId": id}]));
}

/// The files of the course, not only the answer to whether they may be opened.
#[on_both]
async fn no_film_opens_for_who_is_out_of_time_or_suspended(app: TestApp) {
    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let course = tomas.publishes("Rust").await;
    let (film, _) = crate::sweeps::placed_file(&app, &tomas, &course).await;
    let id = enrolls(&ada, &course).await.at("/enroll/enrollment/id").clone();
    let media = kernel::EntityId::from_wire(&film).unwrap();
    let opens = async || {
        let now = kernel::World::now(&*app.world);
        match learning::opened(app.db().read(), &ada.viewer, media, now).await {
            Ok(_) => true,
            Err(kernel::Error::Denied) => false,
            Err(error) => panic!("{error}"),
        }
    };
    assert!(opens().await);
    let suspend =
        "mutation ($id: ID!) { suspendEnrollment(input: {enrollmentId: $id, reason: \"x\"}) { userErrors { code } } }";
    tomas.ask_with(suspend, json!({"id": id})).await.data();
    assert!(!opens().await);
    let resume = "mutation ($id: ID!) { resumeEnrollment(input: {enrollmentId: $id}) { userErrors { code } } }";
    tomas.ask_with(resume, json!({"id": id})).await.data();
    extends(&tomas, &id, json!({"expiresAt": "2026-07-02T12:00:00Z"})).await.data();
    assert!(opens().await);
    app.world.pass(Duration::days(1));
    assert!(!opens().await);
    // The page of the course is there all the same.
    let page = ada
        .ask_with(
            "query ($id: ID!) { course(id: $id) { title } node(id: $film) { id } }"
                .replace("$id: ID!", "$id: ID!, $film: ID!")
                .as_str(),
            json!({"id": course, "film": film}),
        )
        .await;
    assert_eq!(page.data(), &json!({"course": {"title": "Rust"}, "node": {"id": film}}));
}
