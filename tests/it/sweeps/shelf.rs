//! What the operations of a course's staff record: see `audited.rs`.

use testkit::{Person, TestApp};

use super::audited::{
    Trail::{self, Records},
    mutation, ready,
};

pub fn of_staff() -> [(&'static str, Trail); 3] {
    [
        (
            "addCourseStaff",
            Records(
                "course.staff_added",
                ready!(|app| {
                    let (tomas, input) = with_aide(&app).await;
                    (tomas.viewer, mutation("addCourseStaff", &format!("{input}, role: EDITOR")))
                }),
            ),
        ),
        (
            "removeCourseStaff",
            Records(
                "course.staff_removed",
                ready!(|app| {
                    let (tomas, input) = with_aide(&app).await;
                    tomas.ask(&mutation("addCourseStaff", &format!("{input}, role: EDITOR"))).await.data();
                    (tomas.viewer, mutation("removeCourseStaff", &input))
                }),
            ),
        ),
        (
            "transferCourse",
            Records(
                "course.transferred",
                ready!(|app| {
                    let (tomas, input) = with_aide(&app).await;
                    (tomas.viewer, mutation("transferCourse", &input))
                }),
            ),
        ),
    ]
}

/// An owner, and the words that name their course and a colleague.
async fn with_aide(app: &TestApp) -> (Person, String) {
    let (tomas, aide) = (app.instructor("Tomas").await, app.instructor("Aida").await);
    let course = tomas.drafts("Rust").await;
    (tomas, format!("courseId: \"{course}\", userId: \"{}\"", aide.wire_id()))
}
