//! What the operations on categories and on a course's staff and price record: see `audited.rs`.

use testkit::{Person, TestApp};

use super::audited::{
    Trail::{self, Records},
    mutation, ready,
};
use crate::courses::categories::add;

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

pub fn of_categories() -> [(&'static str, Trail); 4] {
    [
        (
            "createCategory",
            Records(
                "category.created",
                ready!(|app| (app.admin("Root").await.viewer, mutation("createCategory", "name: \"Code\""))),
            ),
        ),
        (
            "updateCategory",
            Records(
                "category.updated",
                ready!(|app| {
                    let (root, id) = with_category(&app).await;
                    (root.viewer, mutation("updateCategory", &format!("id: \"{id}\", name: \"Art\"")))
                }),
            ),
        ),
        (
            "moveCategory",
            Records(
                "category.moved",
                ready!(|app| {
                    let (root, id) = with_category(&app).await;
                    let parent = add(&app, "Art", None, 1, true).await;
                    (root.viewer, mutation("moveCategory", &format!("id: \"{id}\", parentId: \"{parent}\"")))
                }),
            ),
        ),
        (
            "deleteCategory",
            Records(
                "category.deleted",
                ready!(|app| {
                    let (root, id) = with_category(&app).await;
                    (root.viewer, mutation("deleteCategory", &format!("id: \"{id}\"")))
                }),
            ),
        ),
    ]
}

async fn with_category(app: &TestApp) -> (Person, String) {
    (app.admin("Root").await, add(app, "Code", None, 0, true).await)
}

pub fn of_prices() -> [(&'static str, Trail); 4] {
    [
        (
            "setCoursePrice",
            Records(
                "course.priced",
                ready!(|app| {
                    let tomas = app.instructor("Tomas").await;
                    let course = tomas.drafts("Rust").await;
                    (tomas.viewer, mutation("setCoursePrice", &format!("courseId: \"{course}\", {PRICE}")))
                }),
            ),
        ),
        (
            "scheduleDiscount",
            Records(
                "course.discount_scheduled",
                ready!(|app| {
                    let (tomas, input) = with_price(&app).await;
                    (tomas.viewer, mutation("scheduleDiscount", &format!("{input}, {DISCOUNT}")))
                }),
            ),
        ),
        (
            "endDiscount",
            Records(
                "course.discount_ended",
                ready!(|app| {
                    let (tomas, input) = with_price(&app).await;
                    tomas.ask(&mutation("scheduleDiscount", &format!("{input}, {DISCOUNT}"))).await.data();
                    (tomas.viewer, mutation("endDiscount", &input))
                }),
            ),
        ),
        (
            "setCoursePrerequisites",
            Records(
                "course.prerequisites_set",
                ready!(|app| {
                    let (tomas, input) = with_price(&app).await;
                    let other = tomas.drafts("Go").await;
                    (tomas.viewer, mutation("setCoursePrerequisites", &format!("{input}, courseIds: [\"{other}\"]")))
                }),
            ),
        ),
    ]
}

const PRICE: &str = "price: {amount: \"20\", currency: \"EUR\"}";
const DISCOUNT: &str = "price: {amount: \"10\", currency: \"EUR\"}";

/// An owner, and the words that name their course.
async fn with_price(app: &TestApp) -> (Person, String) {
    let tomas = app.instructor("Tomas").await;
    let input = format!("courseId: \"{}\"", tomas.drafts("Rust").await);
    tomas.ask(&mutation("setCoursePrice", &format!("{input}, {PRICE}"))).await.data();
    (tomas, input)
}

/// An owner, and the words that name their course and a colleague.
async fn with_aide(app: &TestApp) -> (Person, String) {
    let (tomas, aide) = (app.instructor("Tomas").await, app.instructor("Aida").await);
    let course = tomas.drafts("Rust").await;
    (tomas, format!("courseId: \"{course}\", userId: \"{}\"", aide.wire_id()))
}
