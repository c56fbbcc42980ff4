//! What the mutations record that are done by the link of a letter, and those of leaving.

use kernel::Viewer;
use testkit::{Person, TestApp};

use super::audited::{
    Trail::{self, Records},
    mutation, ready,
};

pub fn of_letters() -> [(&'static str, Trail); 5] {
    [
        (
            "verifyEmail",
            Records(
                "user.email_verified",
                ready!(|app| {
                    let input = "email: \"ada@example.org\", password: \"tin drum rolling\"";
                    app.ask(&mutation("register", input)).await.data();
                    by_letter(&app, "verifyEmail", "").await
                }),
            ),
        ),
        (
            "resetPassword",
            Records(
                "user.password_reset",
                ready!(|app| {
                    app.student("Ada").await;
                    app.ask(&mutation("requestPasswordReset", "email: \"ada@example.org\"")).await.data();
                    by_letter(&app, "resetPassword", ", newPassword: \"a quite new password\"").await
                }),
            ),
        ),
        (
            "requestEmailChange",
            Records(
                "user.email_change_requested",
                ready!(|app| (with_password(&app).await.viewer, mutation("requestEmailChange", NEW_ADDRESS))),
            ),
        ),
        (
            "confirmEmailChange",
            Records(
                "user.email_changed",
                ready!(|app| {
                    with_password(&app).await.ask(&mutation("requestEmailChange", NEW_ADDRESS)).await.data();
                    by_letter(&app, "confirmEmailChange", "").await
                }),
            ),
        ),
        (
            "undoEmailChange",
            Records(
                "user.email_changed",
                ready!(|app| {
                    with_password(&app).await.ask(&mutation("requestEmailChange", NEW_ADDRESS)).await.data();
                    let (viewer, confirm) = by_letter(&app, "confirmEmailChange", "").await;
                    app.ask_as(&viewer, &confirm, serde_json::json!({})).await.data();
                    by_letter(&app, "undoEmailChange", "").await
                }),
            ),
        ),
    ]
}

pub fn of_leaving() -> [(&'static str, Trail); 3] {
    [
        (
            "requestDataExport",
            Records(
                "data_export.requested",
                ready!(|app| (app.student("Ada").await.viewer, mutation("requestDataExport", ""))),
            ),
        ),
        (
            "requestAccountDeletion",
            Records(
                "user.deletion_requested",
                ready!(|app| (with_password(&app).await.viewer, mutation("requestAccountDeletion", PASSWORD))),
            ),
        ),
        (
            "cancelAccountDeletion",
            Records(
                "user.deletion_cancelled",
                ready!(|app| {
                    with_password(&app).await.ask(&mutation("requestAccountDeletion", PASSWORD)).await.data();
                    by_letter(&app, "cancelAccountDeletion", "").await
                }),
            ),
        ),
    ]
}

const PASSWORD: &str = "password: \"tin drum rolling\"";
const NEW_ADDRESS: &str = "email: \"new@example.org\", password: \"tin drum rolling\"";

async fn with_password(app: &TestApp) -> Person {
    let ada = app.student("Ada").await;
    let hash = app.app.passwords.hash("tin drum rolling".into()).await.unwrap();
    app.sets_password(&ada, hash).await;
    app.letters().await;
    ada
}

/// What somebody does who follows the link of the letter that has just come.
async fn by_letter(app: &TestApp, name: &str, rest: &str) -> (Viewer, String) {
    let letters = app.letters().await;
    (Viewer::Anonymous, mutation(name, &format!("token: \"{}\"{rest}", letters[0].token())))
}
