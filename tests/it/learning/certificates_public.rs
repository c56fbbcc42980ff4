//! What everybody sees who has a certificate's serial.

use kernel::{Live, Viewer};
use learning::{CertificateRow, certificate};
use reqwest::{Response, header};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use testkit::{Person, Server, TestApp, on_both};

use super::{
    certificates::{finishes, mine},
    certificates_vouching::{reissues, revokes},
};

/// Names that would break out of a page or a program's text if they could.
const NAME: &str = "Ada <script>alert(\"1\")</script> & 'King' 王小明 عبد الله";

pub struct School {
    pub app: TestApp,
    pub server: Server,
    pub tomas: Person,
    pub ada: Person,
    pub certificate: Value,
}

impl School {
    pub async fn open(app: &TestApp) -> Self {
        let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
        let course = tomas.publishes("Rust & Co. <b>").await;
        let db = app.db().write();
        db.execute_unprepared("UPDATE courses SET duration = 5400").await.unwrap();
        let named =
            format!("UPDATE users SET full_name = '{}' WHERE email_key = 'ada@example.org'", NAME.replace('\'', "''"));
        db.execute_unprepared(&named).await.unwrap();
        finishes(app, &ada, &course).await;
        let certificate = mine(&ada).await.remove(0);
        Self { server: Server::start(app).await, app: app.clone(), tomas, ada, certificate }
    }

    pub fn path(&self, ending: &str) -> String {
        format!("/certificates/{}{ending}", self.certificate["serial"].as_str().unwrap())
    }

    pub async fn text(&self, ending: &str) -> String {
        let response = self.server.get(&self.path(ending)).await;
        assert_eq!(response.status(), 200, "{ending}");
        response.text().await.unwrap()
    }

    pub async fn verified(&self) -> Value {
        let serial = &self.certificate["serial"];
        let query =
            "query ($serial: String!) { verifyCertificate(serial: $serial) { serial status recipientName courseTitle
            instructorName institutionName durationSeconds completedAt issuedAt revokedAt revokedReason supersededAt
            replacedBySerial pageUrl pdfUrl credentialUrl } }";
        let answer = self.app.ask_as(&Viewer::Anonymous, query, json!({"serial": serial})).await;
        answer.at("/verifyCertificate").clone()
    }
}

/// As the page writes it.
fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&#x27;").replace('/', "&#x2f;")
}

pub async fn row(app: &TestApp) -> CertificateRow {
    certificate::Entity::live().one(app.db().read()).await.unwrap().unwrap().into()
}

fn header_of<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[on_both]
async fn everything_that_is_printed_is_on_the_page_in_the_answer_and_in_the_credential(app: TestApp) {
    let school = School::open(&app).await;
    let printed = row(&app).await.printed();
    assert_eq!(printed.len(), 8);
    let (page, verified) = (school.text("").await, school.verified().await);
    let credential: Value = serde_json::from_str(&school.text(".json").await).unwrap();
    for one in &printed {
        assert!(
            page.contains(&format!("<dt>{}</dt><dd dir=\"auto\">{}</dd>", one.label, escaped(&one.value))),
            "{page}"
        );
        let narrative = credential["credentialSubject"]["narrative"].as_str().unwrap();
        assert!(narrative.contains(&format!("{}: {}.", one.label, one.value)), "{narrative}");
        let answered = &verified[one.field];
        let same = match one.field {
            "durationSeconds" => *answered == 5400 && one.value == "1 hour 30 minutes",
            "completedAt" | "issuedAt" => {
                *answered == format!("2026-07-01T{}:00:00+00:00", if one.field == "issuedAt" { 12 } else { 11 })
                    && one.value == "1 July 2026"
            }
            _ => *answered == one.value,
        };
        assert!(same, "{}: {answered}", one.field);
    }
    assert!(!page.contains("<script") && page.contains("class=\"status valid\""), "{page}");
    // Exactly what the type has, and nothing that only its holder sees.
    assert_eq!(verified.as_object().unwrap().len(), 16);
    school.server.stop().await;
}

#[on_both]
async fn the_page_is_strict_and_the_forms_are_named_for_what_they_are(app: TestApp) {
    let school = School::open(&app).await;
    for (ending, kind) in [
        ("", "text/html; charset=utf-8"),
        (".pdf", "application/pdf"),
        (".json", "application/vc"),
        (".jwt", "application/vc+jwt"),
        ("/status", "application/json"),
    ] {
        let response = school.server.get(&school.path(ending)).await;
        assert_eq!((response.status().as_u16(), header_of(&response, "content-type")), (200, kind));
        assert_eq!(header_of(&response, "cache-control"), "public, no-cache");
        assert_eq!(header_of(&response, "access-control-allow-origin"), "*");
        assert_eq!(header_of(&response, "x-content-type-options"), "nosniff");
        let mark = header_of(&response, "etag").to_string();
        let again = school.server.client.get(format!("{}{}", school.server.url, school.path(ending)));
        let again = again.header(header::IF_NONE_MATCH, format!("\"other\", W/{mark}")).send().await.unwrap();
        assert_eq!(again.status(), 304, "{ending}");
    }
    let page = school.server.get(&school.path("")).await;
    let policy = header_of(&page, "content-security-policy");
    assert_eq!(
        policy,
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    let text = page.text().await.unwrap();
    assert!(!text.contains("style=") && !text.contains("<style"), "{text}");
    let style = school.server.get("/certificates/style.css").await;
    assert_eq!(header_of(&style, "content-type"), "text/css; charset=utf-8");
    let file = school.server.get(&school.path(".pdf")).await.bytes().await.unwrap();
    assert!(file.starts_with(b"%PDF-"));
    school.server.stop().await;
}

#[on_both]
async fn serials_that_are_none_look_alike(app: TestApp) {
    let school = School::open(&app).await;
    let mut answers = vec![];
    for serial in [learning::certificates::serial_of(0), "nonsense".into(), "0".repeat(400)] {
        for ending in ["", ".pdf", ".json", ".jwt", ".exe", "/status"] {
            let response = school.server.get(&format!("/certificates/{serial}{ending}")).await;
            assert_eq!(response.status(), 404, "{serial}{ending}");
            assert_eq!(header_of(&response, "cache-control"), "no-store");
            answers.push(response.text().await.unwrap());
        }
    }
    assert!(answers.iter().all(|answer| *answer == answers[0] && answer.contains("No such certificate")));
    // However it is typed.
    let typed = school.certificate["serial"].as_str().unwrap().to_lowercase().replace('-', "%20");
    assert_eq!(school.server.get(&format!("/certificates/{typed}")).await.status(), 200);
    school.server.stop().await;
}

#[on_both]
async fn a_revocation_is_told_everywhere_at_once(app: TestApp) {
    let school = School::open(&app).await;
    let marks = async || {
        let mut marks = vec![];
        for ending in ["", ".pdf", ".json", ".jwt", "/status"] {
            marks.push(header_of(&school.server.get(&school.path(ending)).await, "etag").to_string());
        }
        marks
    };
    let before = marks().await;
    let list = async || -> Value { serde_json::from_str(&school.text("/status").await).unwrap() };
    assert_eq!(list().await["revokedCredential"], json!([]));
    revokes(&school.tomas, &school.certificate["id"], "Copied <b>.").await.data();
    let after = marks().await;
    assert!(before.iter().zip(&after).all(|(before, after)| before != after));
    let page = school.text("").await;
    assert!(page.contains("Revoked</strong> on 1 July 2026") && page.contains("Copied &lt;b&gt;."), "{page}");
    let verified = school.verified().await;
    assert_eq!((&verified["status"], &verified["revokedReason"]), (&json!("REVOKED"), &json!("Copied <b>.")));
    let credential: Value = serde_json::from_str(&school.text(".json").await).unwrap();
    assert_eq!(credential["validUntil"], "2026-07-01T12:00:00Z");
    assert_eq!(credential["description"], "Revoked on 1 July 2026: Copied <b>.");
    let told =
        json!([{"id": credential["id"], "revoked": true, "revocationReason": "Revoked on 1 July 2026: Copied <b>."}]);
    assert_eq!(list().await["revokedCredential"], told);
    assert_eq!(list().await["id"], credential["credentialStatus"]["id"]);
    school.server.stop().await;
}

#[on_both]
async fn a_replaced_certificate_leads_to_the_new_one_and_not_back(app: TestApp) {
    let school = School::open(&app).await;
    app.db()
        .write()
        .execute_unprepared("UPDATE users SET full_name = 'Ada King' WHERE email_key = 'ada@example.org'")
        .await
        .unwrap();
    let answer = reissues(&school.tomas, &school.certificate["id"]).await;
    let new = answer.at("/reissueCertificate/certificate/serial").as_str().unwrap().to_string();
    let page = school.text("").await;
    assert!(
        page.contains(&format!("certificates/{new}").replace('/', "&#x2f;")) && page.contains("Replaced</strong> on"),
        "{page}"
    );
    let verified = school.verified().await;
    assert_eq!((&verified["status"], &verified["replacedBySerial"]), (&json!("SUPERSEDED"), &json!(new)));
    let credential: Value = serde_json::from_str(&school.text(".json").await).unwrap();
    assert!(credential["description"].as_str().unwrap().contains(&new), "{credential}");
    // The new one says nothing of the old name.
    let next = School { certificate: answer.at("/reissueCertificate/certificate").clone(), ..school };
    for ending in ["", ".json", "/status"] {
        let text = next.text(ending).await;
        assert!(!text.contains(next.ada.email.as_str()) && !text.contains("<script"), "{text}");
    }
    assert_eq!(next.verified().await["status"], "VALID");
    next.server.stop().await;
}

#[on_both]
async fn of_who_is_gone_no_form_has_the_name(app: TestApp) {
    let school = School::open(&app).await;
    app.erases(&school.ada).await;
    for ending in ["", ".json", "/status"] {
        let text = school.text(ending).await;
        assert!(!text.contains("Ada") && !text.contains("王"), "{text}");
    }
    let row = row(&app).await;
    assert!(row.printed().iter().all(|one| !one.value.contains("Ada")), "what the PDF is made of");
    let credential: Value = serde_json::from_str(&school.text(".json").await).unwrap();
    assert_eq!(credential["credentialSubject"].get("identifier"), None);
    assert!(school.text("").await.contains(learning::certificates::NAME_REMOVED));
    assert_eq!(school.verified().await["recipientName"], "");
    school.server.stop().await;
}
