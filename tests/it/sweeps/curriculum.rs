//! What mutations on sections, and on what becomes of courses, record.

use testkit::{Person, TestApp};

use super::{
    audited::{
        Trail::{self, Records},
        mutation, ready,
    },
    stranger::placed_file,
};

pub fn of_sections() -> [(&'static str, Trail); 4] {
    [
        (
            "createSection",
            Records(
                "section.created",
                ready!(|app| {
                    let tomas = app.instructor("Tomas").await;
                    let course = tomas.drafts("Rust").await;
                    (tomas.viewer, mutation("createSection", &format!("courseId: \"{course}\", title: \"x\"")))
                }),
            ),
        ),
        (
            "updateSection",
            Records(
                "section.updated",
                ready!(|app| {
                    let (tomas, _, section) = with_section(&app).await;
                    (tomas.viewer, mutation("updateSection", &format!("id: \"{section}\", title: \"x\"")))
                }),
            ),
        ),
        (
            "deleteSection",
            Records(
                "section.deleted",
                ready!(|app| {
                    let (tomas, _, section) = with_section(&app).await;
                    (tomas.viewer, mutation("deleteSection", &format!("id: \"{section}\", force: true")))
                }),
            ),
        ),
        (
            "reorderCurriculum",
            Records(
                "course.curriculum_reordered",
                ready!(|app| {
                    let (tomas, course, section) = with_section(&app).await;
                    let other = tomas.adds_section(&course, "Other").await;
                    let order = format!("order: [{{sectionId: \"{other}\"}}, {{sectionId: \"{section}\"}}]");
                    let input = format!("courseId: \"{course}\", expectedVersion: 4, {order}");
                    (tomas.viewer, mutation("reorderCurriculum", &input))
                }),
            ),
        ),
    ]
}

pub fn of_lifecycle() -> [(&'static str, Trail); 3] {
    [
        (
            "archiveCourse",
            Records(
                "course.archived",
                ready!(|app| {
                    let tomas = app.instructor("Tomas").await;
                    let id = tomas.publishes("Rust").await;
                    tomas.ask(&mutation("unpublishCourse", &format!("id: \"{id}\""))).await.data();
                    (tomas.viewer, mutation("archiveCourse", &format!("id: \"{id}\"")))
                }),
            ),
        ),
        (
            "deleteCourse",
            Records(
                "course.deleted",
                ready!(|app| {
                    let tomas = app.instructor("Tomas").await;
                    let id = tomas.drafts("Rust").await;
                    (tomas.viewer, mutation("deleteCourse", &format!("id: \"{id}\"")))
                }),
            ),
        ),
        (
            "restoreCourse",
            Records(
                "course.restored",
                ready!(|app| {
                    let tomas = app.instructor("Tomas").await;
                    let id = tomas.drafts("Rust").await;
                    tomas.ask(&mutation("deleteCourse", &format!("id: \"{id}\""))).await.data();
                    (tomas.viewer, mutation("restoreCourse", &format!("id: \"{id}\"")))
                }),
            ),
        ),
    ]
}

pub fn of_versions() -> [(&'static str, Trail); 3] {
    [
        (
            "applyCourseDraft",
            Records(
                "course.updated",
                ready!(|app| {
                    let tomas = app.instructor("Tomas").await;
                    let id = tomas.drafts("Rust").await;
                    let input = format!("courseId: \"{id}\", operations: [{{updateCourse: {{title: \"x\"}}}}]");
                    (tomas.viewer, mutation("applyCourseDraft", &input))
                }),
            ),
        ),
        (
            "duplicateCourse",
            Records(
                "course.duplicated",
                ready!(|app| {
                    let tomas = app.instructor("Tomas").await;
                    let id = tomas.drafts("Rust").await;
                    (tomas.viewer, mutation("duplicateCourse", &format!("id: \"{id}\"")))
                }),
            ),
        ),
        (
            "restoreCourseVersion",
            Records(
                "course.version_restored",
                ready!(|app| {
                    let tomas = app.instructor("Tomas").await;
                    let id = tomas.publishes("Rust").await;
                    let versions = format!("{{ courseVersions(courseId: \"{id}\") {{ nodes {{ id }} }} }}");
                    let version = tomas.ask(&versions).await.at("/courseVersions/nodes/0/id").to_string();
                    let input = format!("courseId: \"{id}\", versionId: {version}");
                    (tomas.viewer, mutation("restoreCourseVersion", &input))
                }),
            ),
        ),
    ]
}

/// A draft with a section that holds a file: who teaches it, the course, the section.
async fn with_section(app: &TestApp) -> (Person, String, String) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.drafts("Rust").await;
    let (_, section) = placed_file(app, &tomas, &course).await;
    (tomas, course, section)
}
