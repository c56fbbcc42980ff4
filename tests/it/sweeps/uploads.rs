//! What mutations on uploads record.

use testkit::TestApp;

use super::audited::{
    Trail::{self, Nothing, Records},
    mutation, ready,
};
use crate::media::uploading::{announced, arrived};

/// A file that may be announced.
pub const A_PICTURE: &str = "fileName: \"a.png\", size: 1, mimeType: \"image/png\", \
     sha256: \"0000000000000000000000000000000000000000000000000000000000000000\"";

pub fn of_uploads() -> [(&'static str, Trail); 5] {
    [
        (
            "createUpload",
            Records(
                "upload.created",
                ready!(|app| {
                    let tomas = app.instructor("Tomas").await;
                    (tomas.viewer, mutation("createUpload", &format!("purpose: MEDIA_FILE, {A_PICTURE}")))
                }),
            ),
        ),
        ("signUploadParts", Nothing("signs addresses; changes nothing")),
        (
            "completeUpload",
            Records(
                "upload.handed_in",
                ready!(|app| {
                    let tomas = app.instructor("Tomas").await;
                    let upload = arrived(&app, &tomas, "a.png", b"x").await;
                    (tomas.viewer, mutation("completeUpload", &format!("uploadId: \"{upload}\"")))
                }),
            ),
        ),
        (
            "abortUpload",
            Records(
                "upload.aborted",
                ready!(|app| {
                    let tomas = app.instructor("Tomas").await;
                    let upload = announced(&tomas, "a.png", b"x").await;
                    (tomas.viewer, mutation("abortUpload", &format!("uploadId: \"{upload}\"")))
                }),
            ),
        ),
        ("uploadImage", Nothing("its file comes with the request: media/picturing.rs finds the record of it")),
    ]
}
