//! What the sweeps turn on attempts and on what people are granted.

use kernel::Live;
use sea_orm::{DatabaseConnection, EntityTrait, QueryOrder};
use serde_json::json;
use testkit::{Person, TestApp};

use super::{
    audited::{
        Trail::{self, Nothing, Records},
        mutation, ready,
    },
    quizzes::Quizzes,
};
use crate::assessment::sitting::{School, begins, enrols, saves, statements};

/// Somebody sits the quiz, and is granted more time: their id and that of the attempt.
pub async fn sat(app: &TestApp, teacher: &Person, quizzes: &Quizzes) -> [String; 2] {
    let lena = app.student("Lena").await;
    enrols(app, &lena, &quizzes.course).await;
    let attempt = begins(&lena, &quizzes.quiz).await;
    saves(&lena, &attempt, &quizzes.question, json!({"trueFalse": true}), 1).await.data();
    let input = format!("userId: \"{}\", quizId: \"{}\", {GRANTED}", lena.wire_id(), quizzes.quiz);
    assert_eq!(teacher.ask(&mutation("grantAccommodation", &input)).await.user_errors(), [""; 0]);
    [lena.wire_id(), attempt]
}

const GRANTED: &str = "extraTimeMinutes: 5, reason: \"x\"";

/// On a quiz that is hidden and one that is seen, and on an attempt at the second.
pub fn turned(
    quizzes: &[Quizzes; 2],
    [person, attempt]: &[String; 2],
) -> [(&'static str, Vec<String>, &'static [&'static str]); 6] {
    let on_quizzes = |name: &str, more: &str| {
        quizzes.iter().map(|of| mutation(name, &format!("quizId: \"{}\"{more}", of.quiz))).collect::<Vec<_>>()
    };
    let (user, question) = (format!(", userId: \"{person}\""), &quizzes[1].question);
    let answer = format!("questionId: \"{question}\", answer: {{trueFalse: false}}, clientSequence: 9");
    let on_attempt = |name: &str, more: &str| vec![mutation(name, &format!("attemptId: \"{attempt}\"{more}"))];
    let hidden_then_seen = &["NOT_FOUND", "FORBIDDEN"];
    [
        ("startQuizAttempt", on_quizzes("startQuizAttempt", ""), hidden_then_seen),
        ("saveAnswer", on_attempt("saveAnswer", &format!(", {answer}")), &["NOT_FOUND"]),
        ("saveAnswers", on_attempt("saveAnswers", &format!(", answers: [{{{answer}}}]")), &["NOT_FOUND"]),
        ("submitQuizAttempt", on_attempt("submitQuizAttempt", ""), &["NOT_FOUND"]),
        ("grantAccommodation", on_quizzes("grantAccommodation", &format!("{user}, {GRANTED}")), hidden_then_seen),
        ("removeAccommodation", on_quizzes("removeAccommodation", &user), hidden_then_seen),
    ]
}

pub fn probes(quizzes: &Quizzes, user: &str) -> Vec<(&'static str, String)> {
    let input = format!("quizId: \"{}\", userId: \"{user}\"", quizzes.quiz);
    vec![
        ("Mutation.grantAccommodation", mutation("grantAccommodation", &format!("{input}, {GRANTED}"))),
        ("Mutation.removeAccommodation", mutation("removeAccommodation", &input)),
    ]
}

/// All rows of attempts and what belongs to them.
pub async fn everything(db: &DatabaseConnection) -> String {
    use assessment::{quiz_accommodation, quiz_answer, quiz_attempt};
    async fn all<E: kernel::Audited>(db: &DatabaseConnection, id: E::Column) -> String
    where
        <E as EntityTrait>::Model: std::fmt::Debug,
    {
        format!("{:?}", E::live().order_by_asc(id).all(db).await.unwrap())
    }
    [
        all::<quiz_attempt::Entity>(db, quiz_attempt::Column::Id).await,
        all::<quiz_answer::Entity>(db, quiz_answer::Column::Id).await,
        all::<quiz_accommodation::Entity>(db, quiz_accommodation::Column::Id).await,
    ]
    .concat()
}

/// A learner before a quiz.
async fn before(app: &TestApp) -> (School, Person) {
    let school = School::with(app, "", &statements(1)).await;
    let ada = school.learner("Ada").await;
    (school, ada)
}

const OFTEN: &str = "kept with its time and number; as many as there are would bury what the trail is for";

pub fn of_attempts() -> [(&'static str, Trail); 6] {
    [
        (
            "startQuizAttempt",
            Records(
                "attempt.started",
                ready!(|app| {
                    let (school, ada) = before(&app).await;
                    (ada.viewer, mutation("startQuizAttempt", &format!("quizId: \"{}\"", school.quiz)))
                }),
            ),
        ),
        ("saveAnswer", Nothing(OFTEN)),
        ("saveAnswers", Nothing(OFTEN)),
        (
            "submitQuizAttempt",
            Records(
                "attempt.submitted",
                ready!(|app| {
                    let (school, ada) = before(&app).await;
                    let attempt = begins(&ada, &school.quiz).await;
                    (ada.viewer, mutation("submitQuizAttempt", &format!("attemptId: \"{attempt}\"")))
                }),
            ),
        ),
        (
            "grantAccommodation",
            Records(
                "accommodation.granted",
                ready!(|app| {
                    let (school, ada) = before(&app).await;
                    let input = format!("quizId: \"{}\", userId: \"{}\", {GRANTED}", school.quiz, ada.wire_id());
                    (school.tomas.viewer, mutation("grantAccommodation", &input))
                }),
            ),
        ),
        (
            "removeAccommodation",
            Records(
                "accommodation.removed",
                ready!(|app| {
                    let (school, ada) = before(&app).await;
                    let input = format!("quizId: \"{}\", userId: \"{}\"", school.quiz, ada.wire_id());
                    let granted = mutation("grantAccommodation", &format!("{input}, {GRANTED}"));
                    school.tomas.ask(&granted).await.data();
                    (school.tomas.viewer, mutation("removeAccommodation", &input))
                }),
            ),
        ),
    ]
}
