//! Certificates are taken back and replaced by those who give the school's word.

use kernel::Live;
use learning::certificate;
use sea_orm::{ConnectionTrait, PaginatorTrait};
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

use super::certificates::{ALL, claims, finishes, mine, recorded};

pub async fn revokes(person: &Person, id: &Value, reason: &str) -> Answer {
    let query = format!(
        "mutation ($input: RevokeCertificateInput!) {{ revokeCertificate(input: $input) {{ certificate {{ {ALL} }} userErrors {{ code field }} }} }}"
    );
    person.ask_with(&query, json!({"input": {"id": id, "reason": reason}})).await
}

pub async fn reissues(person: &Person, id: &Value) -> Answer {
    let query = format!(
        "mutation ($input: ReissueCertificateInput!) {{ reissueCertificate(input: $input) {{ certificate {{ {ALL} }} replaced {{ {ALL} }} userErrors {{ code field }} }} }}"
    );
    person.ask_with(&query, json!({"input": {"id": id, "reason": "Married."}})).await
}

async fn finished(app: &TestApp) -> (Person, Person, String, Value) {
    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let course = tomas.publishes("Rust").await;
    finishes(app, &ada, &course).await;
    app.letters().await;
    let certificate = mine(&ada).await.remove(0);
    (tomas, ada, course, certificate)
}

async fn is_called(person: &Person, name: &str) {
    let query = "mutation ($name: String!) { updateProfile(input: {fullName: $name}) { userErrors { code } } }";
    assert_eq!(person.ask_with(query, json!({"name": name})).await.user_errors(), [""; 0]);
}

#[on_both]
async fn a_revoked_certificate_stays_and_says_why(app: TestApp) {
    let (tomas, ada, course, certificate) = finished(&app).await;
    for (reason, code) in [(" ", "CERTIFICATE_REASON_REQUIRED"), (&*"x".repeat(501), "CERTIFICATE_REASON_TOO_LONG")] {
        assert_eq!(revokes(&tomas, &certificate["id"], reason).await.user_errors(), [code]);
    }
    let revoked = revokes(&tomas, &certificate["id"], " The work was\n not hers. ").await;
    let mut wanted = certificate.clone();
    (wanted["status"], wanted["revokedReason"]) = (json!("REVOKED"), json!("The work was not hers."));
    wanted["revokedAt"] = json!("2026-07-01T12:00:00+00:00");
    assert_eq!(*revoked.at("/revokeCertificate"), json!({"certificate": wanted, "userErrors": []}));
    assert_eq!(mine(&ada).await, [wanted]);
    let letters = app.letters().await;
    assert!(letters.len() == 1 && letters[0].text.contains("The work was not hers."));
    assert_eq!(revokes(&tomas, &certificate["id"], "Again.").await.user_errors(), ["CERTIFICATE_REVOKED"]);
    // Finishing once more does not bring it back.
    assert_eq!(claims(&ada, &course).await.user_errors(), ["CERTIFICATE_REVOKED"]);
    let enrolment = ada.ask("{ me { enrollments { nodes { certificateIssued certificateUrl } } } }").await;
    assert_eq!(*enrolment.at("/me/enrollments/nodes"), json!([{"certificateIssued": false, "certificateUrl": null}]));
    assert_eq!(recorded(&app, "certificate.revoked").await, 1);
}

#[on_both]
async fn a_new_name_comes_with_a_new_certificate_to_which_the_old_one_leads(app: TestApp) {
    let (tomas, ada, _, old) = finished(&app).await;
    assert_eq!(reissues(&tomas, &old["id"]).await.user_errors(), ["CERTIFICATE_UNCHANGED"]);
    is_called(&ada, "Ada King").await;
    app.world.pass(chrono::Duration::minutes(5));
    let answer = reissues(&tomas, &old["id"]).await;
    let new = answer.at("/reissueCertificate/certificate").clone();
    let mut wanted = old.clone();
    for field in ["id", "serial", "pageUrl", "pdfUrl", "credentialUrl"] {
        assert_ne!(new[field], old[field]);
        wanted[field] = new[field].clone();
    }
    (wanted["recipientName"], wanted["issuedAt"]) = (json!("Ada King"), json!("2026-07-01T12:05:00+00:00"));
    assert_eq!(new, wanted);
    let mut replaced = old.clone();
    (replaced["status"], replaced["supersededAt"]) = (json!("SUPERSEDED"), json!("2026-07-01T12:05:00+00:00"));
    replaced["replacedBy"] = json!({"serial": new["serial"]});
    assert_eq!(*answer.at("/reissueCertificate/replaced"), replaced);
    assert_eq!(mine(&ada).await, [new.clone(), replaced]);
    let letters = app.letters().await;
    assert!(letters.len() == 1 && letters[0].text.contains(new["pageUrl"].as_str().unwrap()));
    // The old one is done with.
    for answer in [reissues(&tomas, &old["id"]).await, revokes(&tomas, &old["id"], "x").await] {
        assert_eq!(answer.user_errors(), ["CERTIFICATE_SUPERSEDED"]);
    }
}

#[on_both]
async fn who_is_called_otherwise_helps_themselves_twice(app: TestApp) {
    let (tomas, ada, _, first) = finished(&app).await;
    assert_eq!(reissues(&ada, &first["id"]).await.user_errors(), ["CERTIFICATE_UNCHANGED"]);
    let mut last = first.clone();
    for name in ["Ada King", "Ada Lovelace"] {
        is_called(&ada, name).await;
        let answer = reissues(&ada, &last["id"]).await;
        let new = answer.at("/reissueCertificate/certificate").clone();
        assert_eq!((&new["recipientName"], &new["status"]), (&json!(name), &json!("VALID")));
        assert_eq!(answer.at("/reissueCertificate/replaced/replacedBy/serial"), &new["serial"]);
        assert_eq!(reissues(&ada, &last["id"]).await.user_errors(), ["CERTIFICATE_SUPERSEDED"]);
        last = new;
    }
    assert_eq!(recorded(&app, "certificate.reissued").await, 2);
    is_called(&ada, "Somebody Else").await;
    assert_eq!(reissues(&ada, &last["id"]).await.user_errors(), ["CERTIFICATE_RENAMED_OFTEN"]);
    // The school still does, and its word is not undone by a name.
    let by_school = reissues(&tomas, &last["id"]).await.at("/reissueCertificate/certificate").clone();
    revokes(&tomas, &by_school["id"], "Not hers.").await.data();
    is_called(&ada, "Ada Byron").await;
    assert_eq!(reissues(&ada, &by_school["id"]).await.user_errors(), ["CERTIFICATE_REVOKED"]);
    assert_eq!(mine(&ada).await.len(), 4);
}

#[on_both]
async fn a_revocation_is_undone_by_a_new_certificate(app: TestApp) {
    let (tomas, ada, course, old) = finished(&app).await;
    revokes(&tomas, &old["id"], "By mistake.").await.data();
    let answer = reissues(&tomas, &old["id"]).await;
    assert_eq!(answer.at("/reissueCertificate/certificate/status"), "VALID");
    assert_eq!(answer.at("/reissueCertificate/replaced/status"), "REVOKED");
    assert_eq!(claims(&ada, &course).await.at("/issueCertificate/certificate/status"), "VALID");
}

#[on_both]
async fn of_many_who_replace_one_at_once_one_does(app: TestApp) {
    let (tomas, ada, _, old) = finished(&app).await;
    is_called(&ada, "Ada King").await;
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let (tomas, id) = (tomas.clone(), old["id"].clone());
            tokio::spawn(async move { reissues(&tomas, &id).await.user_errors().concat() })
        })
        .collect();
    let mut answers = vec![];
    for task in tasks {
        answers.push(task.await.unwrap());
    }
    answers.sort();
    assert_eq!(answers[0], "");
    assert!(answers[1..].iter().all(|code| code == "CERTIFICATE_SUPERSEDED"), "{answers:?}");
    assert_eq!(mine(&ada).await.len(), 2);
}

#[on_both]
async fn only_who_teaches_the_course_gives_the_word_of_the_school(app: TestApp) {
    let (tomas, ada, course, certificate) = finished(&app).await;
    let id = &certificate["id"];
    let (eve, asta, edith) = (app.student("Eve").await, app.student("Asta").await, app.student("Edith").await);
    tomas.appoints(&course, &asta, "ASSISTANT").await.data();
    tomas.appoints(&course, &edith, "EDITOR").await.data();
    for (person, code) in [(&eve, "NOT_FOUND"), (&asta, "FORBIDDEN"), (&edith, "FORBIDDEN")] {
        assert_eq!(revokes(person, id, "x").await.codes(), [code], "{}", person.email);
        assert_eq!(reissues(person, id).await.codes(), [code], "{}", person.email);
    }
    assert_eq!(revokes(&ada, id, "x").await.codes(), ["FORBIDDEN"]);
    assert_eq!(mine(&ada).await, std::slice::from_ref(&certificate));
    let ina = app.student("Ina").await;
    tomas.appoints(&course, &ina, "INSTRUCTOR").await.data();
    assert_eq!(revokes(&ina, id, "x").await.user_errors(), [""; 0]);
    assert_eq!(reissues(&app.admin("Root").await, id).await.user_errors(), [""; 0]);
}

#[on_both]
async fn whose_account_is_gone_gets_no_certificate_and_the_one_there_was_has_no_name(app: TestApp) {
    let (tomas, ada, _, certificate) = finished(&app).await;
    app.erases(&ada).await;
    assert_eq!(reissues(&tomas, &certificate["id"]).await.user_errors(), ["CERTIFICATE_HOLDER_NOT_ACTIVE"]);
    let rows = certificate::Entity::live().all(app.db().read()).await.unwrap();
    assert_eq!((rows.len(), rows[0].recipient_name.as_str(), rows[0].revoked_at.is_some()), (1, "", true));
}

#[on_both]
async fn no_certificate_is_ever_deleted(app: TestApp) {
    let (tomas, ada, course, certificate) = finished(&app).await;
    let mutations = app.ask("{ __schema { mutationType { fields { name } } } }").await;
    let names = mutations.at("/__schema/mutationType/fields").as_array().unwrap().iter();
    let mut about: Vec<_> =
        names.map(|field| field["name"].as_str().unwrap()).filter(|name| name.contains("ertificate")).collect();
    about.sort_unstable();
    assert_eq!(about, ["issueCertificate", "reissueCertificate", "revokeCertificate"]);
    // Nor with the course that it is of.
    let delete = format!("mutation {{ deleteCourse(input: {{id: \"{course}\"}}) {{ userErrors {{ code }} }} }}");
    tomas.ask(&delete).await.data();
    app.db().write().execute_unprepared("UPDATE courses SET is_deleted = TRUE").await.unwrap();
    assert_eq!(mine(&ada).await, [certificate]);
    assert_eq!(certificate::Entity::live().count(app.db().read()).await.unwrap(), 1);
}
