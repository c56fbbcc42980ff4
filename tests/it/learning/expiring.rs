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
    drops(&ada, &course).await.data();
    app.world.pass(Duration::days(1));
    assert_eq!(enrolls(&ada, &course).await.user_errors(), ["ENROLLMENT_EXPIRED"]);
    assert_eq!(extends(&tomas, &id, json!({})).await.user_errors(), ["ENROLLMENT_EXPIRY_UNSAID"]);
    // Who runs the course can extend it, as they are told, also when they have left meanwhile: then they come back.
    let later = extends(&tomas, &id, json!({"expiresAt": "2026-08-01T00:00:00Z"})).await;
    let wanted = json!({"status": "DROPPED", "hasAccess": false, "expiresAt": "2026-08-01T00:00:00+00:00"});
    assert_eq!(later.at("/extendEnrollment/enrollment"), &wanted);
    let back = enrolls(&ada, &course).await;
    assert_eq!(
        (back.at("/enroll/enrollment/status"), back.at("/enroll/enrollment/source")),
        (&json!("ACTIVE"), &json!("SELF_SERVICE"))
    );
}

#[on_both]
async fn who_has_no_time_left_can_not_leave_whether_or_not_a_job_has_run(app: TestApp) {
    let (_, ada, course) = until_tomorrow(&app, false).await;
    app.world.pass(Duration::days(1));
    let before = drops(&ada, &course).await;
    assert_eq!(before.user_errors(), ["ENROLLMENT_EXPIRED"]);
    stands(&ada, "EXPIRED").await;
    app.app.write_as_system(ensure_recurring).await.unwrap();
    app.run_jobs().await;
    assert_eq!(drops(&ada, &course).await.data(), before.data());
    stands(&ada, "EXPIRED").await;
    assert_eq!(counters(&app, &course).await, [0, 0, 0]);
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
    // Nobody is told that all is well and sent into a closed course.
    assert_eq!(enrolls(&ada, &course).await.user_errors(), ["ENROLLMENT_EXPIRED"]);
}

/// A course with one seat that Ada has until tomorrow.
async fn until_tomorrow(app: &TestApp, has_waitlist: bool) -> (Person, Person, String) {
    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let course = tomas.publishes("Rust").await;
    sets_policy(&tomas, &course, json!({"capacity": 1, "hasWaitlist": has_waitlist, "accessDays": 1})).await;
    assert_eq!(enrolls(&ada, &course).await.user_errors(), [""; 0]);
    (tomas, ada, course)
}

#[on_both]
async fn the_seat_is_free_on_the_second_though_no_job_has_run(app: TestApp) {
    let (tomas, ada, course) = until_tomorrow(&app, false).await;
    let (ben, carl) = (app.student("Ben").await, app.student("Carl").await);
    app.world.pass(Duration::days(1) - Duration::microseconds(1));
    assert_eq!(enrolls(&ben, &course).await.user_errors(), ["ENROLLMENT_COURSE_FULL"]);
    app.world.pass(Duration::microseconds(1));
    assert_eq!(enrolls(&ben, &course).await.at("/enroll/enrollment/status"), "ACTIVE");
    assert_eq!(counters(&app, &course).await, [1, 0, 0]);
    stands(&ada, "EXPIRED").await;
    app.world.pass(Duration::days(1));
    let given = grants(&tomas, &course, &carl, json!({"reference": "order-1"})).await;
    assert_eq!(given.at("/grantEnrollment/enrollment/status"), "ACTIVE", "who has paid is not turned away");
    assert_eq!(counters(&app, &course).await, [1, 0, 0]);
}

#[on_both]
async fn a_seat_whose_time_is_over_is_offered_then_and_not_an_hour_later(app: TestApp) {
    let (tomas, ada, course) = until_tomorrow(&app, true).await;
    let ben = app.student("Ben").await;
    assert_eq!(enrolls(&ben, &course).await.at("/enroll/waitlistEntry/position"), 1);
    app.run_jobs().await;
    app.world.pass(Duration::days(1));
    // None of those that come back: the one that was waiting for this moment.
    app.run_jobs().await;
    let offered = "query ($id: ID!) { course(id: $id) { activeEnrollmentCount viewerWaitlistEntry { status } } }";
    let seen = ben.ask_with(offered, json!({"id": course})).await;
    let wanted = json!({"course": {"activeEnrollmentCount": 0, "viewerWaitlistEntry": {"status": "OFFERED"}}});
    assert_eq!(seen.data(), &wanted);
    // Neither a gift nor more time takes it from who waited for it.
    assert_eq!(grants(&tomas, &course, &ada, json!({})).await.user_errors(), ["ENROLLMENT_COURSE_FULL"]);
    assert_eq!(enrolls(&ben, &course).await.at("/enroll/enrollment/status"), "ACTIVE");
    assert_eq!(counters(&app, &course).await, [1, 0, 0]);
}

#[on_both]
async fn many_that_end_at_once_end_by_one_job(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    for name in ["Ada", "Ben", "Carl"] {
        let person = app.student(name).await;
        grants(&tomas, &course, &person, json!({"expiresAt": "2026-07-02T12:00:00Z"})).await.data();
    }
    app.world.pass(Duration::days(1));
    let ran = app.run_jobs().await;
    assert_eq!(ran.iter().filter(|kind| *kind == "settle_waitlist").count(), 1, "{ran:?}");
    assert_eq!(counters(&app, &course).await, [0, 0, 0]);
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
    assert_eq!(extends(&tomas, &id, json!({"expiresAt": null})).await.user_errors(), ["ENROLLMENT_COURSE_FULL"]);
    let extra = extends(&tomas, &id, json!({"expiresAt": null, "overCapacity": true})).await;
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
