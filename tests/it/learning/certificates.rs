//! A certificate comes with the end of a course: once, with the words of that day.

use chrono::Duration;
use kernel::{CourseId, CourseVersionId, EnrollmentId, EntityId, Event, Live, Viewer, audit_event};
use learning::{EnrollmentSource, EnrollmentStatus, certificate, enrollment};
use sea_orm::{ConnectionTrait, PaginatorTrait, Set};
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

pub const ALL: &str =
    "id serial status recipientName courseTitle instructorName institutionName durationSeconds completedAt issuedAt
    revokedAt revokedReason supersededAt pageUrl pdfUrl credentialUrl replacedBy { serial }";

/// As if the person had done all that the course asks for, an hour ago.
pub async fn finishes(app: &TestApp, person: &Person, course: &str) -> EnrollmentId {
    let enrollment = is_enrolled(app, person, course, EnrollmentStatus::Completed).await;
    completes(app, person, course, enrollment).await;
    enrollment
}

pub async fn is_enrolled(app: &TestApp, person: &Person, course: &str, status: EnrollmentStatus) -> EnrollmentId {
    let course = CourseId::from_wire(course).unwrap();
    let written = app.app.write_as_system(async |tx| {
        let at = tx.now - Duration::hours(1);
        let row = enrollment::ActiveModel {
            id: Set(tx.new_id()?),
            user_id: Set(person.id),
            course_id: Set(course),
            enrolled_at: Set(at),
            completed_at: Set((status == EnrollmentStatus::Completed).then_some(at)),
            status: Set(status),
            source: Set(EnrollmentSource::SelfService),
            ..Default::default()
        };
        let id = row.id.clone().unwrap();
        tx.insert_all(vec![tx.stamp(row, tx.now)]).await?;
        Ok(id)
    });
    written.await.unwrap()
}

/// What the completion sets off.
pub async fn completes(app: &TestApp, person: &Person, course: &str, enrollment: EnrollmentId) {
    let course = CourseId::from_wire(course).unwrap();
    let event = Event::CourseCompleted { enrollment, user: person.id, course };
    let done = app.app.write_as_system(async |tx| {
        tx.emit(event);
        Ok(())
    });
    done.await.unwrap();
}

pub async fn claims(person: &Person, course: &str) -> Answer {
    let query = format!(
        "mutation ($id: ID!) {{ issueCertificate(input: {{courseId: $id}}) {{ certificate {{ {ALL} }} userErrors {{ code field }} }} }}"
    );
    person.ask_with(&query, json!({"id": course})).await
}

pub async fn mine(person: &Person) -> Vec<Value> {
    let answer = person.ask(&format!("{{ me {{ certificates {{ nodes {{ {ALL} }} }} }} }}")).await;
    answer.at("/me/certificates/nodes").as_array().unwrap().clone()
}

async fn eligibility(person: &Person, course: &str) -> Value {
    let query = "query ($id: ID!) { certificateEligibility(courseId: $id) { eligible certificate { status } blockers { code message } } }";
    person.ask_with(query, json!({"id": course})).await.at("/certificateEligibility").clone()
}

pub fn codes(eligibility: &Value) -> Vec<&str> {
    eligibility["blockers"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect()
}

#[on_both]
async fn the_end_of_a_course_brings_its_certificate_with_the_words_of_that_day(app: TestApp) {
    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let course = tomas.publishes("Rust").await;
    app.db().write().execute_unprepared("UPDATE courses SET duration = 5400").await.unwrap();
    let enrollment = finishes(&app, &ada, &course).await;
    let [certificate] = &mine(&ada).await[..] else { panic!("not one") };
    let serial = certificate["serial"].as_str().unwrap();
    let page = format!("http://127.0.0.1:8000/certificates/{serial}");
    let words = json!({
        "id": certificate["id"], "serial": serial, "status": "VALID", "recipientName": "Ada", "courseTitle": "Rust",
        "instructorName": "Tomas", "institutionName": "Lectern", "durationSeconds": 5400,
        "completedAt": "2026-07-01T11:00:00+00:00", "issuedAt": "2026-07-01T12:00:00+00:00",
        "revokedAt": null, "revokedReason": "", "supersededAt": null, "replacedBy": null,
        "pageUrl": page, "pdfUrl": format!("{page}.pdf"), "credentialUrl": format!("{page}.json"),
    });
    assert_eq!(*certificate, words);
    let of_enrollment = "query ($id: ID!) { node(id: $id) { ... on Enrollment { certificateIssued certificateUrl certificate { serial } } } }";
    let of_enrollment = ada.ask_with(of_enrollment, json!({"id": enrollment.to_wire()})).await;
    let derived = json!({"certificateIssued": true, "certificateUrl": page, "certificate": {"serial": serial}});
    assert_eq!(*of_enrollment.at("/node"), derived);

    let letters = app.letters().await;
    assert_eq!((letters.len(), letters[0].to.as_str()), (1, "ada@example.org"));
    assert!(letters[0].text.contains(&page) && letters[0].text.contains("\"Rust\""), "{}", letters[0].text);

    // Whatever happens to the names afterwards, and however often the end is told of.
    for change in ["UPDATE courses SET title = 'Go', duration = 1", "UPDATE users SET full_name = 'Somebody else'"] {
        app.db().write().execute_unprepared(change).await.unwrap();
    }
    app.world.pass(Duration::days(1));
    completes(&app, &ada, &course, enrollment).await;
    assert_eq!(claims(&ada, &course).await.at("/issueCertificate/certificate"), &words);
    assert_eq!(mine(&ada).await, [words]);
    assert_eq!(app.letters().await.len(), 0);
}

#[on_both]
async fn of_many_ends_at_once_one_brings_the_certificate(app: TestApp) {
    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let course = tomas.publishes("Rust").await;
    let enrollment = is_enrolled(&app, &ada, &course, EnrollmentStatus::Completed).await;
    let tasks: Vec<_> = (0..32)
        .map(|number| {
            let (app, ada, course) = (app.clone(), ada.clone(), course.clone());
            tokio::spawn(async move {
                if number % 2 == 0 {
                    completes(&app, &ada, &course, enrollment).await;
                    return Value::Null;
                }
                let claimed = claims(&ada, &course).await;
                claimed.at("/issueCertificate/certificate/serial").clone()
            })
        })
        .collect();
    let mut seen = vec![];
    for task in tasks {
        seen.push(task.await.unwrap());
    }
    let certificates = mine(&ada).await;
    assert_eq!(certificates.len(), 1);
    assert!(seen.iter().all(|serial| serial.is_null() || *serial == certificates[0]["serial"]), "{seen:?}");
    assert_eq!(certificate::Entity::live().count(app.db().read()).await.unwrap(), 1);
    assert_eq!(app.letters().await.len(), 1);
    assert_eq!(recorded(&app, "certificate.issued").await, 1);
}

pub async fn recorded(app: &TestApp, action: &str) -> u64 {
    use sea_orm::{ColumnTrait, QueryFilter};
    let all = audit_event::Entity::visible_to(&Viewer::System).filter(audit_event::Column::Action.eq(action));
    all.count(app.db().read()).await.unwrap()
}

#[on_both]
async fn a_certificate_waits_for_the_name_that_it_is_to_bear(app: TestApp) {
    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let course = tomas.publishes("Rust").await;
    app.db()
        .write()
        .execute_unprepared("UPDATE users SET full_name = ' ' WHERE email_key = 'ada@example.org'")
        .await
        .unwrap();
    finishes(&app, &ada, &course).await;
    let blocked = eligibility(&ada, &course).await;
    assert_eq!((&blocked["eligible"], codes(&blocked)), (&json!(false), vec!["CERTIFICATE_NAME_MISSING"]));
    let refused = claims(&ada, &course).await;
    let errors = json!([{"code": "CERTIFICATE_NAME_MISSING", "field": ["input", "courseId"]}]);
    assert_eq!(*refused.at("/issueCertificate"), json!({"certificate": null, "userErrors": errors}));
    assert_eq!(mine(&ada).await.len(), 0);

    ada.ask("mutation { updateProfile(input: {fullName: \"Ada King\"}) { userErrors { code } } }").await.data();
    assert_eq!(eligibility(&ada, &course).await, json!({"eligible": true, "certificate": null, "blockers": []}));
    assert_eq!(claims(&ada, &course).await.at("/issueCertificate/certificate/recipientName"), "Ada King");
    let there = eligibility(&ada, &course).await;
    assert_eq!(there, json!({"eligible": true, "certificate": {"status": "VALID"}, "blockers": []}));
}

#[on_both]
async fn what_stands_against_a_certificate_is_said(app: TestApp) {
    let (tomas, ada, eve) = (app.instructor("Tomas").await, app.student("Ada").await, app.student("Eve").await);
    let (course, draft) = (tomas.publishes("Rust").await, tomas.drafts("Go").await);
    is_enrolled(&app, &ada, &course, EnrollmentStatus::Active).await;
    assert_eq!(codes(&eligibility(&ada, &course).await), ["CERTIFICATE_NOT_COMPLETED"]);
    assert_eq!(codes(&eligibility(&eve, &course).await), ["CERTIFICATE_NOT_ENROLLED"]);
    for (person, code) in [(&ada, "CERTIFICATE_NOT_COMPLETED"), (&eve, "CERTIFICATE_NOT_ENROLLED")] {
        assert_eq!(claims(person, &course).await.user_errors(), [code]);
    }
    // What one may not see, one hears nothing of.
    assert_eq!(claims(&eve, &draft).await.codes(), ["NOT_FOUND"]);
    let hidden = "query ($id: ID!) { certificateEligibility(courseId: $id) { eligible } }";
    assert_eq!(eve.ask_with(hidden, json!({"id": draft})).await.codes(), ["NOT_FOUND"]);
    assert_eq!(recorded(&app, "certificate.issued").await, 0);
}

#[on_both]
async fn each_version_of_a_course_has_a_certificate_of_its_own(app: TestApp) {
    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let course = tomas.publishes("Rust").await;
    let enrollment = finishes(&app, &ada, &course).await;
    let version: CourseVersionId = {
        use courses::course_version;
        let all = course_version::Entity::live().all(app.db().read()).await.unwrap();
        all[0].id
    };
    let pin = "UPDATE enrollments SET course_version_id = (SELECT id FROM course_versions LIMIT 1)";
    app.db().write().execute_unprepared(pin).await.unwrap();
    for _ in 0..2 {
        completes(&app, &ada, &course, enrollment).await;
    }
    let all = certificate::Entity::live().all(app.db().read()).await.unwrap();
    let mut versions: Vec<_> = all.iter().map(|one| one.course_version_id).collect();
    versions.sort();
    assert_eq!(versions, [None, Some(version)]);
}

#[on_both]
async fn serials_can_not_be_gone_through(app: TestApp) {
    let course = app.instructor("Tomas").await.publishes("Rust").await;
    let mut serials = std::collections::BTreeSet::new();
    for name in ["Ada", "Eve", "Kim"] {
        let person = app.student(name).await;
        finishes(&app, &person, &course).await;
        serials.insert(mine(&person).await[0]["serial"].as_str().unwrap().to_string());
    }
    assert_eq!(serials.len(), 3);
    for serial in &serials {
        let symbols = serial.replace('-', "");
        // 23 random symbols of five bits, and one that checks them.
        assert_eq!((serial.len(), symbols.len()), (29, 24));
        let seen: std::collections::BTreeSet<_> = symbols.chars().collect();
        assert!(seen.len() >= 8, "{serial}");
    }
    // A neighbour, another length and nonsense: nothing tells them apart.
    let known = serials.first().unwrap().clone();
    let mut neighbour = known.clone();
    let last = if neighbour.pop() == Some('0') { '1' } else { '0' };
    neighbour.push(last);
    let unknown = learning::certificates::serial_of(0);
    let ask = async |serial: &str| {
        let query = "query ($serial: String!) { verifyCertificate(serial: $serial) { recipientName } }";
        app.ask_as(&Viewer::Anonymous, query, json!({"serial": serial})).await.data().clone()
    };
    for serial in [&neighbour, &unknown, "", "%", "x", &"0".repeat(500)] {
        assert_eq!(ask(serial).await, json!({"verifyCertificate": null}), "{serial}");
    }
    assert!(ask(&known.to_lowercase().replace('-', " ")).await["verifyCertificate"].is_object());
}
