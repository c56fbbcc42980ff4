//! Quizzes that are deleted, and what stays of them.

use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

use super::{
    does,
    sitting::{School, begins, saves, sees, starts, statements, submits},
};

async fn deletes(person: &Person, quiz: &str, more: &str) -> Answer {
    let query = format!(
        "mutation {{ deleteQuiz(input: {{id: \"{quiz}\"{more}}}) {{ deletedQuizId userErrors {{ code field message }} }} }}"
    );
    person.ask(&query).await
}

/// What those who grade read of it: results, the table, how questions did.
async fn results(person: &Person, quiz: &str) -> Value {
    let query = format!(
        "{{ quizResults(quizId: \"{quiz}\") {{ totalCount nodes {{ user {{ name }} grade {{ score percentage isPassed }} }} }}
            exportGrades(quizId: \"{quiz}\") {{ content }} itemAnalysis(quizId: \"{quiz}\") {{ questionText attemptCount }} }}"
    );
    person.ask(&query).await.data().clone()
}

async fn says_yes(school: &School, person: &Person, attempt: &str) -> Answer {
    saves(person, attempt, &school.questions[0], json!({"trueFalse": true}), 1).await
}

#[on_both]
async fn what_somebody_has_sat_is_deleted_by_force_only_and_its_results_stay(app: TestApp) {
    let essay = json!({"questionText": "Why?", "content": {"essay": {}}, "points": 3});
    let school = School::with(&app, "maxAttempts: 2", &[statements(1).remove(0), essay]).await;
    let [ada, bob, eve] = [school.learner("Ada").await, school.learner("Bob").await, school.learner("Eve").await];
    let graded = begins(&ada, &school.quiz).await;
    says_yes(&school, &ada, &graded).await.data();
    submits(&ada, &graded).await.data();
    app.world.pass(chrono::Duration::minutes(1));
    let waiting = begins(&bob, &school.quiz).await;
    saves(&bob, &waiting, &school.questions[1], json!({"essay": "Because."}), 1).await.data();
    submits(&bob, &waiting).await.data();
    let refused = deletes(&school.tomas, &school.quiz, "").await;
    let message = "Attempts at the quiz: 2, of which under way: 0, waiting to be graded: 1. Unpublish it, and learners find it \
        no more; or say `force`, which hands in what is under way and leaves what waits ungraded.";
    let error = json!([{"code": "QUIZ_HAS_ATTEMPTS", "field": ["input", "id"], "message": message}]);
    assert_eq!(refused.at("/deleteQuiz"), &json!({"deletedQuizId": null, "userErrors": error}));
    let before = results(&school.tomas, &school.quiz).await;
    let grade = json!({"score": 1.0, "percentage": 25.0, "isPassed": false});
    let nodes = json!([{"user": {"name": "Ada"}, "grade": grade}, {"user": {"name": "Bob"}, "grade": null}]);
    assert_eq!(before["quizResults"], json!({"totalCount": 2, "nodes": nodes}));

    let done = deletes(&school.tomas, &school.quiz, ", force: true").await;
    assert_eq!(done.at("/deleteQuiz"), &json!({"deletedQuizId": school.quiz, "userErrors": []}));
    assert_eq!(results(&school.tomas, &school.quiz).await, before);
    let asta = app.student("Asta").await;
    school.tomas.appoints(&school.course, &asta, "ASSISTANT").await.data();
    assert_eq!(results(&asta, &school.quiz).await, before, "grading is what assistants are for");
    let listed = format!(
        "{{ deletedQuizzes(courseId: \"{}\") {{ totalCount nodes {{ id title attemptCount deletedAt deletedBy {{ name }} }} }} }}",
        school.course
    );
    let node = json!({"id": school.quiz, "title": "Quiz", "attemptCount": 2, "deletedAt": "2026-07-01T12:01:00+00:00",
        "deletedBy": {"name": "Tomas"}});
    assert_eq!(asta.ask(&listed).await.at("/deletedQuizzes"), &json!({"totalCount": 1, "nodes": [node]}));
    // Learners keep what they have, and find the quiz no more.
    assert_eq!(sees(&ada, &graded, "score quiz { title }").await, json!({"score": 1.0, "quiz": null}));
    assert_eq!(starts(&eve, &school.quiz).await.codes(), ["NOT_FOUND"]);
    assert_eq!(ada.ask(&listed).await.codes(), ["FORBIDDEN"]);
    let query = format!("{{ quizResults(quizId: \"{}\") {{ totalCount }} }}", school.quiz);
    assert_eq!(ada.ask(&query).await.codes(), ["NOT_FOUND"]);
    assert_eq!(app.instructor("Rita").await.ask(&query).await.codes(), ["NOT_FOUND"]);
}

#[on_both]
async fn what_is_under_way_when_the_quiz_goes_is_handed_in(app: TestApp) {
    let school = School::with(&app, "", &statements(2)).await;
    let ada = school.learner("Ada").await;
    let attempt = begins(&ada, &school.quiz).await;
    says_yes(&school, &ada, &attempt).await.data();
    deletes(&school.tomas, &school.quiz, ", force: true").await.data();
    assert_eq!(says_yes(&school, &ada, &attempt).await.user_errors(), ["ATTEMPT_CLOSED"]);
    assert_eq!(app.run_jobs().await.iter().filter(|kind| *kind == "close_rest").count(), 1);
    assert_eq!(sees(&ada, &attempt, "status score").await, json!({"status": "GRADED", "score": 1.0}));
    let seen = results(&school.tomas, &school.quiz).await;
    assert_eq!(seen["quizResults"]["nodes"][0]["grade"]["score"], 1.0);
}

#[on_both]
async fn what_nobody_has_sat_goes_without_force(app: TestApp) {
    let school = School::with(&app, "", &statements(1)).await;
    assert_eq!(deletes(&school.tomas, &school.quiz, "").await.at("/deleteQuiz/deletedQuizId"), &json!(school.quiz));
    let gone = does(&school.tomas, "publishQuiz", &format!("id: \"{}\"", school.quiz), "").await;
    assert_eq!(gone.codes(), ["NOT_FOUND"]);
    assert_eq!(results(&school.tomas, &school.quiz).await["quizResults"]["totalCount"], 0);
}
