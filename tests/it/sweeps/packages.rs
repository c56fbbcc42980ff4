//! What mutations on packages record.

use testkit::TestApp;

use super::audited::{
    Trail::{self, Records},
    mutation, ready,
};
use crate::courses::packaging::brings;

pub fn of_packages() -> [(&'static str, Trail); 2] {
    [
        (
            "exportCourse",
            Records(
                "course.export_requested",
                ready!(|app| {
                    let tomas = app.instructor("Tomas").await;
                    let id = tomas.drafts("Rust").await;
                    (tomas.viewer, mutation("exportCourse", &format!("courseId: \"{id}\"")))
                }),
            ),
        ),
        (
            "importCourse",
            Records(
                "course.import_requested",
                ready!(|app| {
                    let tomas = app.instructor("Tomas").await;
                    let file = brings(&app, &tomas, b"x").await;
                    (tomas.viewer, mutation("importCourse", &format!("mediaId: \"{file}\"")))
                }),
            ),
        ),
    ]
}
