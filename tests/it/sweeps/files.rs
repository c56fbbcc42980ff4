//! What mutations on files record.

use testkit::{Person, TestApp};

use super::{
    audited::{
        Trail::{self, Records},
        mutation, ready,
    },
    stranger::placed_file,
};
use crate::media::files::file;

pub fn of_files() -> [(&'static str, Trail); 8] {
    [
        (
            "addCaptionTrack",
            Records(
                "media.captions_added",
                ready!(|app| {
                    let (tomas, file, _) = placed(&app).await;
                    let words = "WEBVTT\\n\\n00:01.000 --> 00:02.000";
                    let input =
                        format!("mediaId: \"{file}\", language: \"de\", label: \"Deutsch\", content: \"{words}\"");
                    (tomas.viewer, mutation("addCaptionTrack", &input))
                }),
            ),
        ),
        (
            "deleteCaptionTrack",
            Records(
                "media.captions_deleted",
                ready!(|app| {
                    let (tomas, file, _) = placed(&app).await;
                    let id = crate::media::captions::captions(&tomas, &file).await;
                    (tomas.viewer, mutation("deleteCaptionTrack", &format!("id: \"{id}\"")))
                }),
            ),
        ),
        (
            "attachMedia",
            Records(
                "media.attached",
                ready!(|app| {
                    let tomas = app.instructor("Tomas").await;
                    let (course, file) = (tomas.drafts("Rust").await, file(&app, &tomas, "a.mp4").await);
                    let input = format!("mediaId: \"{file}\", courseId: \"{course}\"");
                    (tomas.viewer, mutation("attachMedia", &input))
                }),
            ),
        ),
        (
            "detachMedia",
            Records(
                "media.detached",
                ready!(|app| {
                    let (tomas, file, _) = placed(&app).await;
                    (tomas.viewer, mutation("detachMedia", &format!("mediaId: \"{file}\"")))
                }),
            ),
        ),
        (
            "reorderMedia",
            Records(
                "media.reordered",
                ready!(|app| {
                    let (tomas, file, section) = placed(&app).await;
                    let input = format!("sectionId: \"{section}\", order: [\"{file}\"]");
                    (tomas.viewer, mutation("reorderMedia", &input))
                }),
            ),
        ),
        (
            "updateMedia",
            Records(
                "media.updated",
                ready!(|app| {
                    let (tomas, file, _) = placed(&app).await;
                    (tomas.viewer, mutation("updateMedia", &format!("mediaId: \"{file}\", isDownloadable: true")))
                }),
            ),
        ),
        (
            "deleteMedia",
            Records(
                "media.deleted",
                ready!(|app| {
                    let (tomas, file, _) = placed(&app).await;
                    (tomas.viewer, mutation("deleteMedia", &format!("mediaId: \"{file}\"")))
                }),
            ),
        ),
        (
            "retryProcessing",
            Records(
                "media.processing_retried",
                ready!(|app| {
                    let (tomas, file, _) = placed(&app).await;
                    let id = kernel::EntityId::from_wire(&file).unwrap();
                    let failed = app.app.write_as_system(async |tx| media::processing::fail(tx, id, "No.").await);
                    assert!(failed.await.unwrap());
                    (tomas.viewer, mutation("retryProcessing", &format!("mediaId: \"{file}\"")))
                }),
            ),
        ),
    ]
}

async fn placed(app: &TestApp) -> (Person, String, String) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.drafts("Rust").await;
    let (file, section) = placed_file(app, &tomas, &course).await;
    (tomas, file, section)
}
