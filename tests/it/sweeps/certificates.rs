//! What the mutations of certificates record.

use learning::EnrollmentStatus;
use testkit::{Person, TestApp};

use super::audited::{
    Trail::{self, Records},
    mutation, ready,
};
use crate::learning::certificates::{finishes, is_enrolled, mine};

pub fn of_certificates() -> [(&'static str, Trail); 3] {
    [
        (
            "issueCertificate",
            Records(
                "certificate.issued",
                ready!(|app| {
                    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
                    let course = tomas.publishes("Rust").await;
                    is_enrolled(&app, &ada, &course, EnrollmentStatus::Completed).await;
                    (ada.viewer, mutation("issueCertificate", &format!("courseId: \"{course}\"")))
                }),
            ),
        ),
        (
            "revokeCertificate",
            Records(
                "certificate.revoked",
                ready!(|app| {
                    let tomas = app.instructor("Tomas").await;
                    let course = tomas.publishes("Rust").await;
                    let id = certificate_of(&app, &app.student("Ada").await, &course).await;
                    (tomas.viewer, mutation("revokeCertificate", &format!("id: \"{id}\", reason: \"x\"")))
                }),
            ),
        ),
        (
            "reissueCertificate",
            Records(
                "certificate.reissued",
                ready!(|app| {
                    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
                    let course = tomas.publishes("Rust").await;
                    let id = certificate_of(&app, &ada, &course).await;
                    ada.ask(&mutation("updateProfile", "fullName: \"Ada King\"")).await.data();
                    (tomas.viewer, mutation("reissueCertificate", &format!("id: \"{id}\"")))
                }),
            ),
        ),
    ]
}

/// The id of the certificate that somebody gets for a course.
pub async fn certificate_of(app: &TestApp, person: &Person, course: &str) -> String {
    finishes(app, person, course).await;
    mine(person).await[0]["id"].as_str().unwrap().to_string()
}
