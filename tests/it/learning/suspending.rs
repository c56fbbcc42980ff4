use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

use super::{
    enrolling::{completes, counters, drops, enrolls},
    granting::grants,
};

async fn handles(person: &Person, mutation: &str, id: &Value, reason: Option<&str>) -> Answer {
    let reason = reason.map(|reason| format!(", reason: \"{reason}\"")).unwrap_or_default();
    let query = format!(
        "mutation ($id: ID!) {{ {mutation}(input: {{enrollmentId: $id{reason}}}) {{
            enrollment {{ status hasAccess suspendedAt suspendedReason }} userErrors {{ code field }} }} }}"
    );
    person.ask_with(&query, json!({"id": id})).await
}

#[on_both]
async fn a_suspended_learner_sees_why_and_opens_nothing(app: TestApp) {
    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let course = tomas.publishes("Rust").await;
    crate::sweeps::placed_file(&app, &tomas, &course).await;
    let id = enrolls(&ada, &course).await.at("/enroll/enrollment/id").clone();
    assert_eq!(handles(&ada, "suspendEnrollment", &id, Some("x")).await.codes(), ["FORBIDDEN"]);
    for reason in ["  ".to_string(), "x".repeat(1001)] {
        let refused = handles(&tomas, "suspendEnrollment", &id, Some(&reason)).await;
        assert_eq!(refused.user_errors(), ["ENROLLMENT_REASON_INVALID"]);
    }
    assert_eq!(handles(&tomas, "resumeEnrollment", &id, None).await.user_errors(), ["ENROLLMENT_NOT_SUSPENDED"]);
    handles(&tomas, "suspendEnrollment", &id, Some(" Refunded. ")).await.data();
    let own = "{ myEnrollments(status: SUSPENDED) { nodes { id status hasAccess suspendedReason course { title } } } }";
    let wanted = json!([{"id": id, "status": "SUSPENDED", "hasAccess": false, "suspendedReason": "Refunded.", "course": {"title": "Rust"}}]);
    assert_eq!(ada.ask(own).await.at("/myEnrollments/nodes"), &wanted);
    let user = ada.id;
    let course_id = kernel::EntityId::from_wire(&course).unwrap();
    let entitled = async || {
        let now = kernel::World::now(&*app.world);
        learning::entitled(app.db().read(), user, course_id, now).await.unwrap()
    };
    assert!(!entitled().await);
    // Neither by leaving and coming back, nor by another grant.
    assert_eq!(enrolls(&ada, &course).await.user_errors(), ["ENROLLMENT_SUSPENDED"]);
    drops(&ada, &course).await.data();
    assert_eq!(enrolls(&ada, &course).await.user_errors(), ["ENROLLMENT_SUSPENDED"]);
    assert_eq!(grants(&tomas, &course, &ada, json!({})).await.user_errors(), ["ENROLLMENT_SUSPENDED"]);
    assert_eq!(handles(&tomas, "suspendEnrollment", &id, Some("x")).await.user_errors(), ["ENROLLMENT_SUSPENDED"]);
    let resumed = handles(&tomas, "resumeEnrollment", &id, None).await;
    let wanted = json!({"status": "DROPPED", "hasAccess": false, "suspendedAt": null, "suspendedReason": null});
    assert_eq!(resumed.at("/resumeEnrollment/enrollment"), &wanted);
    assert_eq!(enrolls(&ada, &course).await.at("/enroll/enrollment/hasAccess"), true);
    assert!(entitled().await);
}

#[on_both]
async fn the_seat_of_who_is_suspended_stays_theirs(app: TestApp) {
    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let course = tomas.publishes("Rust").await;
    let id = enrolls(&ada, &course).await.at("/enroll/enrollment/id").clone();
    completes(&app, &ada, &course).await;
    handles(&tomas, "suspendEnrollment", &id, Some("Cheated.")).await.data();
    assert_eq!(counters(&app, &course).await, [1, 1, 0]);
    let resumed = handles(&tomas, "resumeEnrollment", &id, None).await;
    assert_eq!(resumed.at("/resumeEnrollment/enrollment/status"), "COMPLETED");
}
