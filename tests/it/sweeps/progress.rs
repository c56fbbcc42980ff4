//! What mutations on progress record.

use testkit::TestApp;

use super::audited::{
    Trail::{self, Nothing, Records},
    mutation, ready,
};
use crate::learning::school::School;

pub fn of_progress() -> [(&'static str, Trail); 3] {
    [
        (
            "recordPlayback",
            Nothing("every few seconds, of every learner: the rows say it; that a course is completed is recorded"),
        ),
        (
            "completeItem",
            Records(
                "enrollment.item_completed",
                ready!(|app| {
                    let (school, ada, input) = with_notes(&app).await;
                    drop(school);
                    (ada.viewer, mutation("completeItem", &input))
                }),
            ),
        ),
        (
            "uncompleteItem",
            Records(
                "enrollment.item_uncompleted",
                ready!(|app| {
                    let (school, ada, input) = with_notes(&app).await;
                    drop(school);
                    ada.ask(&mutation("completeItem", &input)).await.data();
                    (ada.viewer, mutation("uncompleteItem", &input))
                }),
            ),
        ),
    ]
}

/// Somebody who takes a course with two documents, and the words that name the first.
async fn with_notes(app: &TestApp) -> (School, testkit::Person, String) {
    let school = School::open(app, &[None, None]).await;
    let ada = app.student("Ada").await;
    school.enrols(&ada).await;
    let input = format!("courseId: \"{}\", itemId: \"{}\"", school.course, school.files[0]);
    (school, ada, input)
}
