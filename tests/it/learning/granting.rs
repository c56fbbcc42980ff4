use kernel::Permission;
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

use super::enrolling::{counters, drops, enrolls, sets_policy};
use crate::courses::lifecycle::let_it;

const GRANT: &str = "mutation ($input: GrantEnrollmentInput!) { grantEnrollment(input: $input) {
    enrollment { id status source reference expiresAt user { name } } userErrors { code field } } }";

pub async fn grants(person: &Person, course: &str, learner: &Person, mut more: Value) -> Answer {
    more["courseId"] = course.into();
    more["userId"] = learner.wire_id().into();
    person.ask_with(GRANT, json!({"input": more})).await
}

async fn priced(tomas: &Person, title: &str) -> String {
    let course = tomas.publishes(title).await;
    let price = "price: {amount: \"20\", currency: \"EUR\"}";
    let query = format!(
        "mutation {{ setCoursePrice(input: {{courseId: \"{course}\", {price}}}) {{ userErrors {{ code }} }} }}"
    );
    assert_eq!(tomas.ask(&query).await.user_errors(), [""; 0]);
    course
}

#[on_both]
async fn those_who_run_a_course_give_it_and_so_does_a_shop(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = priced(&tomas, "Rust").await;
    let ada = app.student("Ada").await;
    for (name, role, may) in [("Ina", "INSTRUCTOR", true), ("Edith", "EDITOR", false), ("Asta", "ASSISTANT", false)] {
        let person = app.student(name).await;
        assert_eq!(tomas.appoints(&course, &person, role).await.user_errors(), [""; 0]);
        let codes: &[&str] = if may { &[] } else { &["FORBIDDEN"] };
        assert_eq!(grants(&person, &course, &ada, json!({})).await.codes(), codes, "{role}");
    }
    let shop = app.with_permissions("Shop", &[Permission::EnrollmentsManage]).await;
    let token = shop.creates_token(&["enrollments.manage"]).await;
    let program = app.viewer_of(&token).await.unwrap();
    let ben = app.student("Ben").await;
    let input = json!({"courseId": course, "userId": ben.wire_id(), "source": "PURCHASE", "reference": "order-1", "expiresAt": "2027-01-01T00:00:00Z"});
    let bought = app.ask_as(&program, GRANT, json!({"input": input})).await;
    let enrollment = json!({"id": bought.at("/grantEnrollment/enrollment/id"), "status": "ACTIVE", "source": "PURCHASE",
        "reference": "order-1", "expiresAt": "2027-01-01T00:00:00+00:00", "user": {"name": "Ben"}});
    let wanted = json!({"grantEnrollment": {"enrollment": enrollment, "userErrors": []}});
    assert_eq!(bought.data(), &wanted);
    assert_eq!(app.ask_as(&program, GRANT, json!({"input": input})).await.data(), &wanted, "once more is no more");
    assert_eq!(counters(&app, &course).await, [2, 0, 0]);
    // Ben does not see by which order.
    let own = ben.ask("{ myEnrollments { nodes { source reference } } }").await;
    assert_eq!(own.at("/myEnrollments/nodes"), &json!([{"source": "PURCHASE", "reference": null}]));
    // Who has bought the course comes back without paying again.
    drops(&ben, &course).await.data();
    assert_eq!(enrolls(&ben, &course).await.user_errors(), [""; 0]);
}

#[on_both]
async fn an_order_is_honoured_once_and_for_one_person(app: TestApp) {
    let (tomas, ada, ben) = (app.instructor("Tomas").await, app.student("Ada").await, app.student("Ben").await);
    let (rust, go) = (priced(&tomas, "Rust").await, priced(&tomas, "Go").await);
    let order = |number: u8, end: &str| json!({"reference": format!("order-{number}"), "expiresAt": end});
    let first = grants(&tomas, &rust, &ada, order(1, "2026-08-01T00:00:00Z")).await;
    let id = first.at("/grantEnrollment/enrollment/id").clone();
    let taken = grants(&tomas, &rust, &ben, order(1, "2026-08-01T00:00:00Z")).await;
    assert_eq!(
        taken.data()["grantEnrollment"]["userErrors"],
        json!([{"code": "ENROLLMENT_REFERENCE_TAKEN", "field": ["input", "reference"]}])
    );
    // In another course it is another order.
    assert_eq!(grants(&tomas, &go, &ben, order(1, "2026-08-01T00:00:00Z")).await.user_errors(), [""; 0]);
    let end = |answer: &Answer| answer.at("/grantEnrollment/enrollment/expiresAt").clone();
    let second = grants(&tomas, &rust, &ada, order(2, "2026-09-01T00:00:00Z")).await;
    assert_eq!((second.at("/grantEnrollment/enrollment/id"), end(&second)), (&id, json!("2026-09-01T00:00:00+00:00")));
    // The first comes late once more, and changes nothing.
    let again = grants(&tomas, &rust, &ada, order(1, "2030-08-01T00:00:00Z")).await;
    assert_eq!(
        (again.at("/grantEnrollment/enrollment/reference"), end(&again)),
        (&json!("order-2"), json!("2026-09-01T00:00:00+00:00"))
    );
    // A shorter one takes nothing away; without an end it is for ever.
    assert_eq!(
        end(&grants(&tomas, &rust, &ada, order(3, "2026-07-02T00:00:00Z")).await),
        json!("2026-09-01T00:00:00+00:00")
    );
    assert_eq!(end(&grants(&tomas, &rust, &ada, json!({"expiresAt": null})).await), Value::Null);
    assert_eq!(counters(&app, &rust).await, [1, 0, 0]);
}

#[on_both]
async fn grants_that_make_no_sense_are_refused(app: TestApp) {
    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let course = tomas.publishes("Rust").await;
    for (more, code, field) in [
        (json!({"expiresAt": "2026-07-01T12:00:00Z"}), "ENROLLMENT_EXPIRY_NOT_AHEAD", "expiresAt"),
        (json!({"reference": "  "}), "ENROLLMENT_REFERENCE_INVALID", "reference"),
        (json!({"reference": "x".repeat(201)}), "ENROLLMENT_REFERENCE_INVALID", "reference"),
    ] {
        let errors = json!([{"code": code, "field": ["input", field]}]);
        assert_eq!(grants(&tomas, &course, &ada, more).await.data()["grantEnrollment"]["userErrors"], errors);
    }
    assert_eq!(grants(&tomas, &course, &tomas, json!({})).await.user_errors(), ["ENROLLMENT_OF_STAFF"]);
    let root = app.admin("Root").await;
    let suspend = format!(
        "mutation {{ suspendUser(input: {{userId: \"{}\", reason: \"x\"}}) {{ userErrors {{ code }} }} }}",
        ada.wire_id()
    );
    root.ask(&suspend).await.data();
    assert_eq!(grants(&tomas, &course, &ada, json!({})).await.user_errors(), ["ENROLLMENT_PERSON_NOT_ACTIVE"]);
    let ben = app.student("Ben").await;
    let draft = tomas.drafts("Draft").await;
    assert_eq!(grants(&tomas, &draft, &ben, json!({})).await.user_errors(), ["ENROLLMENT_COURSE_CLOSED"]);
    let_it(&tomas, "unpublishCourse", json!({"id": course})).await.data();
    assert_eq!(enrolls(&ben, &course).await.codes(), ["NOT_FOUND"]);
    assert_eq!(grants(&tomas, &course, &ben, json!({})).await.user_errors(), [""; 0], "it is only not shown");
    let_it(&tomas, "archiveCourse", json!({"id": course})).await.data();
    let carl = app.student("Carl").await;
    assert_eq!(grants(&tomas, &course, &carl, json!({})).await.user_errors(), ["ENROLLMENT_COURSE_CLOSED"]);
}

#[on_both]
async fn a_full_course_is_full_unless_one_says_otherwise(app: TestApp) {
    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let course = tomas.publishes("Rust").await;
    sets_policy(&tomas, &course, json!({"capacity": 0})).await;
    assert_eq!(grants(&tomas, &course, &ada, json!({})).await.user_errors(), ["ENROLLMENT_COURSE_FULL"]);
    assert_eq!(grants(&tomas, &course, &ada, json!({"overCapacity": true})).await.user_errors(), [""; 0]);
    assert_eq!(counters(&app, &course).await, [1, 0, 0]);
    let seen =
        tomas.ask_with("query ($id: ID!) { course(id: $id) { capacity seatsLeft } }", json!({"id": course})).await;
    assert_eq!(seen.at("/course"), &json!({"capacity": 0, "seatsLeft": 0}));
}

#[on_both]
async fn a_shop_knows_addresses(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = priced(&tomas, "Rust").await;
    let ada = app.student("Ada").await;
    let to = async |mut who: Value| {
        who["courseId"] = course.clone().into();
        if who["reference"].is_null() {
            who["reference"] = "order-1".into();
        }
        tomas.ask_with(GRANT, json!({"input": who})).await
    };
    let given = to(json!({"email": "Ada@Example.org"})).await;
    assert_eq!(given.at("/grantEnrollment/enrollment/user/name"), "Ada");
    assert_eq!(to(json!({"email": "ada@example.org"})).await.data(), given.data(), "once more is no more");
    assert_eq!(to(json!({"userId": ada.wire_id()})).await.data(), given.data(), "it is the same person");
    assert_eq!(counters(&app, &course).await, [1, 0, 0]);
    let both = json!({"email": "ada@example.org", "userId": ada.wire_id()});
    for (who, code, field) in [
        (json!({}), "ENROLLMENT_PERSON_UNNAMED", "userId"),
        (both, "ENROLLMENT_PERSON_UNNAMED", "userId"),
        (json!({"email": "nobody@example.org"}), "ENROLLMENT_EMAIL_UNKNOWN", "email"),
        (json!({"email": "tomas@example.org", "reference": "order-2"}), "ENROLLMENT_OF_STAFF", "email"),
    ] {
        let refused = to(who).await;
        let errors = json!([{"code": code, "field": ["input", field]}]);
        assert_eq!(
            refused.at("/grantEnrollment"),
            &json!({"enrollment": null, "userErrors": errors}),
            "{code} {field}"
        );
    }
}

#[on_both]
async fn what_was_bought_stays_bought_whatever_is_given_on_top(app: TestApp) {
    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let course = priced(&tomas, "Rust").await;
    let order = json!({"source": "PURCHASE", "reference": "order-1", "expiresAt": "2026-08-01T00:00:00Z"});
    let bought = grants(&tomas, &course, &ada, order.clone()).await;
    assert_eq!(bought.user_errors(), [""; 0]);
    app.world.pass(chrono::Duration::minutes(1));
    let wanted = |end: &str| {
        let mut wanted = bought.at("/grantEnrollment/enrollment").clone();
        wanted["expiresAt"] = json!(end);
        wanted
    };
    let kind = grants(&tomas, &course, &ada, json!({"expiresAt": "2026-09-01T00:00:00Z"})).await;
    assert_eq!(kind.at("/grantEnrollment/enrollment"), &wanted("2026-09-01T00:00:00+00:00"));
    app.world.pass(chrono::Duration::minutes(1));
    let prize = grants(&tomas, &course, &ada, json!({"reference": "prize", "expiresAt": null})).await;
    assert_eq!(prize.at("/grantEnrollment/enrollment/reference"), "order-1");
    // The shop knows its order again.
    let again = grants(&tomas, &course, &ada, order).await;
    assert_eq!(again.at("/grantEnrollment/enrollment"), prize.at("/grantEnrollment/enrollment"));
    let seen = "query ($id: ID!) { enrollments(filter: {courseId: $id, source: PURCHASE}) { nodes {
        grants { source reference expiresAt grantedAt } } } }";
    let grant = |source: &str, reference: Option<&str>, end: Option<&str>, at: &str| json!({"source": source, "reference": reference, "expiresAt": end, "grantedAt": at});
    let all = json!([
        grant("GRANT", Some("prize"), None, "2026-07-01T12:02:00+00:00"),
        grant("GRANT", None, Some("2026-09-01T00:00:00+00:00"), "2026-07-01T12:01:00+00:00"),
        grant("PURCHASE", Some("order-1"), Some("2026-08-01T00:00:00+00:00"), "2026-07-01T12:00:00+00:00"),
    ]);
    let staff = tomas.ask_with(seen, json!({"id": course})).await;
    assert_eq!(staff.at("/enrollments/nodes"), &json!([{"grants": all}]));
    let own = ada.ask_with(seen, json!({"id": course})).await;
    assert_eq!(own.at("/enrollments/nodes"), &json!([{"grants": []}]), "orders are the shop's");
}

#[on_both]
async fn who_left_comes_back_while_the_course_is_not_in_the_catalogue(app: TestApp) {
    let (tomas, ada, ben) = (app.instructor("Tomas").await, app.student("Ada").await, app.student("Ben").await);
    let course = tomas.publishes("Rust").await;
    let id = enrolls(&ada, &course).await.at("/enroll/enrollment/id").clone();
    drops(&ada, &course).await.data();
    let unpublish = "mutation ($id: ID!) { unpublishCourse(input: {id: $id}) { userErrors { code } } }";
    assert_eq!(tomas.ask_with(unpublish, json!({"id": course})).await.user_errors(), [""; 0]);
    let back = enrolls(&ada, &course).await;
    assert_eq!((back.at("/enroll/enrollment/id"), back.at("/enroll/enrollment/status")), (&id, &json!("ACTIVE")));
    assert_eq!(enrolls(&ben, &course).await.codes(), ["NOT_FOUND"], "for others it is not there");
    assert_eq!(counters(&app, &course).await, [1, 0, 0]);
}
