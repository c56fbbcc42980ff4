//! What the sweeps turn on attempts and on what people are granted.

use assessment::{AttemptStatus, quiz_answer, quiz_attempt, quiz_regrade};
use kernel::{AnswerId, AttemptId, EntityId, Live, RegradeId};
use sea_orm::{ColumnTrait, DatabaseConnection, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;
use testkit::{Person, TestApp};

use super::{
    audited::{
        Trail::{self, Nothing, Records},
        mutation, ready,
    },
    quizzes::Quizzes,
};
use crate::assessment::sitting::{School, begins, enrols, saves, statements, submits};

/// Somebody sits the quiz, and is granted more time, and the quiz is regraded: their id, those of the attempt, of an answer and of
/// the regrade.
pub async fn sat(app: &TestApp, teacher: &Person, quizzes: &Quizzes) -> [String; 4] {
    let lena = app.student("Lena").await;
    enrols(app, &lena, &quizzes.course).await;
    let attempt = begins(&lena, &quizzes.quiz).await;
    saves(&lena, &attempt, &quizzes.question, json!({"trueFalse": true}), 1).await.data();
    let input = format!("userId: \"{}\", quizId: \"{}\", {GRANTED}", lena.wire_id(), quizzes.quiz);
    assert_eq!(teacher.ask(&mutation("grantAccommodation", &input)).await.user_errors(), [""; 0]);
    let answer = quiz_answer::Entity::live().filter(quiz_answer::Column::AttemptId.eq(id_of::<AttemptId>(&attempt)));
    let answer = answer.one(app.db().read()).await.unwrap().unwrap().id.to_wire();
    submits(&lena, &attempt).await.data();
    let regraded = teacher.ask(&mutation("regradeQuiz", &regrade(quizzes))).await;
    assert_eq!(regraded.user_errors(), [""; 0]);
    let regrade = quiz_regrade::Entity::live().one(app.db().read()).await.unwrap().unwrap().id.to_wire();
    [lena.wire_id(), attempt, answer, regrade]
}

/// That everybody gets the points of the question.
fn regrade(quizzes: &Quizzes) -> String {
    let change = format!("{{fullPoints: {{questionId: \"{}\"}}}}", quizzes.question);
    format!("quizId: \"{}\", changes: [{change}], reason: \"x\"", quizzes.quiz)
}

fn id_of<I: EntityId>(wire: &str) -> I {
    I::from_wire(wire).unwrap()
}

/// An attempt at a quiz that nobody could sit, as it is no draft's business who may grade it: its id, that of an answer
/// and that of a regrade.
pub async fn handed_in(app: &TestApp, quizzes: &Quizzes, user: &str) -> [String; 3] {
    let mut tx = app.tx().await;
    let (attempt, answer): (AttemptId, AnswerId) = (tx.new_id().unwrap(), tx.new_id().unwrap());
    let row = quiz_attempt::ActiveModel {
        id: Set(attempt),
        user_id: Set(id_of(user)),
        quiz_id: Set(id_of(&quizzes.quiz)),
        attempt_number: Set(1),
        status: Set(AttemptStatus::Submitted),
        started_at: Set(tx.now),
        ..Default::default()
    };
    tx.insert_all(vec![tx.stamp(row, tx.now)]).await.unwrap();
    let row = quiz_answer::ActiveModel {
        id: Set(answer),
        attempt_id: Set(attempt),
        question_id: Set(id_of(&quizzes.question)),
        answer: Set(json!({"value": true})),
        saved_at: Set(tx.now),
        ..Default::default()
    };
    tx.insert_all(vec![tx.stamp(row, tx.now)]).await.unwrap();
    let regrade: RegradeId = tx.new_id().unwrap();
    let row = quiz_regrade::ActiveModel {
        id: Set(regrade),
        quiz_id: Set(id_of(&quizzes.quiz)),
        number: Set(1),
        changes: Set(json!([])),
        undoes_id: Set(None),
        ..Default::default()
    };
    tx.insert_all(vec![tx.stamp(row, tx.now)]).await.unwrap();
    tx.commit().await.unwrap();
    [attempt.to_wire(), answer.to_wire(), regrade.to_wire()]
}

const GRANTED: &str = "extraTimeMinutes: 5, reason: \"x\"";

/// On a quiz that is hidden and one that is seen, and on an attempt at the second.
pub fn turned(
    quizzes: &[Quizzes; 2],
    [person, attempt, given, regraded]: &[String; 4],
) -> [(&'static str, Vec<String>, &'static [&'static str]); 13] {
    let on_quizzes = |name: &str, more: &str| {
        quizzes.iter().map(|of| mutation(name, &format!("quizId: \"{}\"{more}", of.quiz))).collect::<Vec<_>>()
    };
    let (user, question) = (format!(", userId: \"{person}\""), &quizzes[1].question);
    let answer = format!("questionId: \"{question}\", answer: {{trueFalse: false}}, clientSequence: 9");
    let on_attempt = |name: &str, more: &str| vec![mutation(name, &format!("attemptId: \"{attempt}\"{more}"))];
    let on_answer = |name: &str, more: &str| vec![mutation(name, &format!("answerId: \"{given}\"{more}"))];
    let hidden_then_seen = &["NOT_FOUND", "FORBIDDEN"];
    [
        ("claimSubmission", on_answer("claimSubmission", ""), &["NOT_FOUND"]),
        ("unclaimSubmission", on_answer("unclaimSubmission", ""), &["NOT_FOUND"]),
        ("gradeAnswer", on_answer("gradeAnswer", ", points: 1"), &["NOT_FOUND"]),
        ("overrideScore", on_attempt("overrideScore", ", score: 1, reason: \"x\""), &["NOT_FOUND"]),
        ("releaseGrades", on_quizzes("releaseGrades", ""), hidden_then_seen),
        ("regradeQuiz", quizzes.iter().map(|of| mutation("regradeQuiz", &regrade(of))).collect(), hidden_then_seen),
        (
            "undoRegrade",
            vec![mutation("undoRegrade", &format!("regradeId: \"{regraded}\", reason: \"x\""))],
            &["NOT_FOUND"],
        ),
        ("startQuizAttempt", on_quizzes("startQuizAttempt", ""), &["NOT_FOUND", "ATTEMPT_NEEDS_ENROLLMENT"]),
        ("saveAnswer", on_attempt("saveAnswer", &format!(", {answer}")), &["NOT_FOUND"]),
        ("saveAnswers", on_attempt("saveAnswers", &format!(", answers: [{{{answer}}}]")), &["NOT_FOUND"]),
        ("submitQuizAttempt", on_attempt("submitQuizAttempt", ""), &["NOT_FOUND"]),
        ("grantAccommodation", on_quizzes("grantAccommodation", &format!("{user}, {GRANTED}")), hidden_then_seen),
        ("removeAccommodation", on_quizzes("removeAccommodation", &user), hidden_then_seen),
    ]
}

pub fn probes(quizzes: &Quizzes, user: &str, [attempt, answer, regraded]: &[String; 3]) -> Vec<(&'static str, String)> {
    let input = format!("quizId: \"{}\", userId: \"{user}\"", quizzes.quiz);
    let of_answer = format!("answerId: \"{answer}\"");
    let of_attempt = format!("attemptId: \"{attempt}\", score: 0, reason: \"x\"");
    let queue = format!("{{ gradingQueue(courseId: \"{}\") {{ totalCount }} }}", quizzes.course);
    vec![
        ("Query.gradingQueue", queue),
        ("Query.deletedQuizzes", format!("{{ deletedQuizzes(courseId: \"{}\") {{ totalCount }} }}", quizzes.course)),
        ("Query.exportGrades", format!("{{ exportGrades(quizId: \"{}\") {{ mimeType }} }}", quizzes.quiz)),
        ("Query.itemAnalysis", format!("{{ itemAnalysis(quizId: \"{}\") {{ attemptCount }} }}", quizzes.quiz)),
        ("Query.quizResults", format!("{{ quizResults(quizId: \"{}\") {{ totalCount }} }}", quizzes.quiz)),
        ("Mutation.claimSubmission", mutation("claimSubmission", &of_answer)),
        ("Mutation.unclaimSubmission", mutation("unclaimSubmission", &of_answer)),
        ("Mutation.gradeAnswer", mutation("gradeAnswer", &format!("{of_answer}, points: 1"))),
        ("Mutation.overrideScore", mutation("overrideScore", &of_attempt)),
        ("Mutation.regradeQuiz", mutation("regradeQuiz", &regrade(quizzes))),
        ("Mutation.undoRegrade", mutation("undoRegrade", &format!("regradeId: \"{regraded}\", reason: \"x\""))),
        ("Mutation.releaseGrades", mutation("releaseGrades", &format!("quizId: \"{}\"", quizzes.quiz))),
        ("Mutation.grantAccommodation", mutation("grantAccommodation", &format!("{input}, {GRANTED}"))),
        ("Mutation.removeAccommodation", mutation("removeAccommodation", &input)),
    ]
}

/// All rows of attempts and what belongs to them.
pub async fn everything(db: &DatabaseConnection) -> String {
    use assessment::{grading_claim, quiz_accommodation, regraded_attempt, score_override};
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
        all::<grading_claim::Entity>(db, grading_claim::Column::Id).await,
        all::<score_override::Entity>(db, score_override::Column::Id).await,
        all::<quiz_regrade::Entity>(db, quiz_regrade::Column::Id).await,
        all::<regraded_attempt::Entity>(db, regraded_attempt::Column::Id).await,
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

/// Who teaches a course with an attempt that is handed in, the quiz, the attempt and an answer.
async fn graded(app: &TestApp) -> (Person, [String; 3]) {
    let (school, ada) = before(app).await;
    let attempt = begins(&ada, &school.quiz).await;
    saves(&ada, &attempt, &school.questions[0], json!({"trueFalse": true}), 1).await.data();
    ada.ask(&mutation("submitQuizAttempt", &format!("attemptId: \"{attempt}\""))).await.data();
    let answer = quiz_answer::Entity::live().one(app.db().read()).await.unwrap().unwrap().id.to_wire();
    (school.tomas, [school.quiz, attempt, answer])
}

pub fn of_grading() -> [(&'static str, Trail); 5] {
    [
        (
            "claimSubmission",
            Records(
                "answer.claimed",
                ready!(|app| {
                    let (tomas, [_, _, answer]) = graded(&app).await;
                    (tomas.viewer, mutation("claimSubmission", &format!("answerId: \"{answer}\"")))
                }),
            ),
        ),
        (
            "unclaimSubmission",
            Records(
                "answer.unclaimed",
                ready!(|app| {
                    let (tomas, [_, _, answer]) = graded(&app).await;
                    let input = format!("answerId: \"{answer}\"");
                    tomas.ask(&mutation("claimSubmission", &input)).await.data();
                    (tomas.viewer, mutation("unclaimSubmission", &input))
                }),
            ),
        ),
        (
            "gradeAnswer",
            Records(
                "answer.graded",
                ready!(|app| {
                    let (tomas, [_, _, answer]) = graded(&app).await;
                    (tomas.viewer, mutation("gradeAnswer", &format!("answerId: \"{answer}\", points: 0.5")))
                }),
            ),
        ),
        (
            "overrideScore",
            Records(
                "attempt.score_overridden",
                ready!(|app| {
                    let (tomas, [_, attempt, _]) = graded(&app).await;
                    let input = format!("attemptId: \"{attempt}\", score: 0, reason: \"x\"");
                    (tomas.viewer, mutation("overrideScore", &input))
                }),
            ),
        ),
        (
            "releaseGrades",
            Records(
                "quiz.grades_released",
                ready!(|app| {
                    let (tomas, [quiz, ..]) = graded(&app).await;
                    (tomas.viewer, mutation("releaseGrades", &format!("quizId: \"{quiz}\"")))
                }),
            ),
        ),
    ]
}

/// A regrade of a quiz that was handed in: who teaches it, what gives everybody the points, and the id.
async fn regraded(app: &TestApp) -> (Person, String, String) {
    let (school, ada) = before(app).await;
    let attempt = begins(&ada, &school.quiz).await;
    submits(&ada, &attempt).await.data();
    let change = format!("{{fullPoints: {{questionId: \"{}\"}}}}", school.questions[0]);
    let input = format!("quizId: \"{}\", changes: [{change}], reason: \"x\"", school.quiz);
    school.tomas.ask(&mutation("regradeQuiz", &input)).await.data();
    let regrade = quiz_regrade::Entity::live().one(app.db().read()).await.unwrap().unwrap().id.to_wire();
    (school.tomas, input, regrade)
}

pub fn of_regrading() -> [(&'static str, Trail); 2] {
    [
        (
            "regradeQuiz",
            Records(
                "quiz.regraded",
                ready!(|app| {
                    let (tomas, input, _) = regraded(&app).await;
                    (tomas.viewer, mutation("regradeQuiz", &input))
                }),
            ),
        ),
        (
            "undoRegrade",
            Records(
                "quiz.regrade_undone",
                ready!(|app| {
                    let (tomas, _, regrade) = regraded(&app).await;
                    (tomas.viewer, mutation("undoRegrade", &format!("regradeId: \"{regrade}\", reason: \"x\"")))
                }),
            ),
        ),
    ]
}
