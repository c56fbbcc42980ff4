use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

use super::enrolling::{counters, sets_policy};

async fn enrolls_all(person: &Person, course: &str, rows: Value, mut more: Value) -> Answer {
    more["courseId"] = course.into();
    more["rows"] = rows;
    let query = "mutation ($input: BulkEnrollInput!) { bulkEnroll(input: $input) {
        isApplied acceptedCount rejectedCount userErrors { code }
        results { index enrollment { status reference user { name } } errors { code field } } } }";
    person.ask_with(query, json!({"input": more})).await
}

/// Two good rows and four bad ones.
async fn rows(app: &TestApp, tomas: &Person) -> Value {
    let (ada, ben) = (app.student("Ada").await, app.student("Ben").await);
    json!([
        {"userId": ada.wire_id(), "reference": "order-1"},
        {"email": "nobody@example.org"},
        {"userId": tomas.wire_id()},
        {"email": "  BEN@example.org"},
        {"userId": ben.wire_id(), "email": ben.email},
        {"userId": "zzz"},
    ])
}

fn result(index: i32, enrollment: Value, error: Option<(&str, &str)>) -> Value {
    let errors = error.map(|(code, field)| json!({"code": code, "field": ["input", "rows", field]}));
    json!({"index": index, "enrollment": enrollment, "errors": Vec::from_iter(errors)})
}

fn results(ada: Value, ben: Value) -> Value {
    json!([
        result(0, ada, None),
        result(1, Value::Null, Some(("ENROLLMENT_EMAIL_UNKNOWN", "email"))),
        result(2, Value::Null, Some(("ENROLLMENT_OF_STAFF", "userId"))),
        result(3, ben, None),
        result(4, Value::Null, Some(("ENROLLMENT_PERSON_UNNAMED", "userId"))),
        result(5, Value::Null, Some(("ENROLLMENT_PERSON_NOT_ACTIVE", "userId"))),
    ])
}

#[on_both]
async fn a_bad_row_does_not_stop_the_others_unless_that_is_wanted(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    let rows = rows(&app, &tomas).await;
    let answer = |is_applied: bool, results: Value| json!({"bulkEnroll": {"isApplied": is_applied, "acceptedCount": 2, "rejectedCount": 4, "userErrors": [], "results": results}});
    for more in [json!({"dryRun": true}), json!({"errorPolicy": "ALL_OR_NOTHING"})] {
        let void = enrolls_all(&tomas, &course, rows.clone(), more.clone()).await;
        assert_eq!(void.data(), &answer(false, results(Value::Null, Value::Null)), "{more}");
        assert_eq!(counters(&app, &course).await, [0, 0, 0], "{more}");
    }
    let ada = json!({"status": "ACTIVE", "reference": "order-1", "user": {"name": "Ada"}});
    let ben = json!({"status": "ACTIVE", "reference": null, "user": {"name": "Ben"}});
    let done = enrolls_all(&tomas, &course, rows.clone(), json!({})).await;
    assert_eq!(done.data(), &answer(true, results(ada.clone(), ben.clone())));
    assert_eq!(counters(&app, &course).await, [2, 0, 0]);
    let again = enrolls_all(&tomas, &course, rows, json!({})).await;
    assert_eq!(again.data(), &answer(true, results(ada, ben)));
    assert_eq!(counters(&app, &course).await, [2, 0, 0]);
}

#[on_both]
async fn seats_are_given_in_the_order_of_the_rows_and_a_list_has_an_end(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    sets_policy(&tomas, &course, json!({"capacity": 1})).await;
    let (ada, ben) = (app.student("Ada").await, app.student("Ben").await);
    let rows = json!([{"userId": ada.wire_id()}, {"userId": ben.wire_id()}]);
    let answer = enrolls_all(&tomas, &course, rows, json!({})).await;
    let full = json!([{"code": "ENROLLMENT_COURSE_FULL", "field": ["input", "rows", "courseId"]}]);
    assert_eq!(answer.at("/bulkEnroll/results/1/errors"), &full);
    assert_eq!(counters(&app, &course).await, [1, 0, 0]);
    let many = json!(vec![json!({"email": "a@example.org"}); 101]);
    assert_eq!(enrolls_all(&tomas, &course, many, json!({})).await.codes(), ["BAD_USER_INPUT"]);
    // Who may not enrol learns nothing of who has an account.
    let rows = json!([{"email": "ada@example.org"}]);
    assert_eq!(enrolls_all(&ada, &course, rows, json!({"dryRun": true})).await.codes(), ["FORBIDDEN"]);
}

#[on_both]
async fn an_address_that_is_none_and_one_that_nobody_has_verified_are_told_apart(app: TestApp) {
    use sea_orm::ConnectionTrait;
    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let course = tomas.publishes("Rust").await;
    let unverify = format!("UPDATE users SET email_verified = FALSE WHERE email = '{}'", ada.email);
    assert_eq!(app.db().write().execute_unprepared(&unverify).await.unwrap().rows_affected(), 1);
    let rows = json!([{"email": "not an address"}, {"email": ada.email}, {"email": "nobody@example.org"}]);
    let told = enrolls_all(&tomas, &course, rows, json!({})).await;
    let wanted = json!([
        result(0, Value::Null, Some(("EMAIL_INVALID", "email"))),
        result(1, Value::Null, Some(("ENROLLMENT_EMAIL_UNKNOWN", "email"))),
        result(2, Value::Null, Some(("ENROLLMENT_EMAIL_UNKNOWN", "email"))),
    ]);
    assert_eq!(told.at("/bulkEnroll/results"), &wanted, "whether there is an account is not told");
}
