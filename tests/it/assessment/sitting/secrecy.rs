//! What learners learn of keys and of each other, and when.

use chrono::Duration;
use gateway::privacy::rows_about;
use kernel::{EntityId, UserId, Viewer};
use serde_json::{Value, json};
use testkit::{Person, TestApp, on_both};

use super::{School, begins, saves, sees, submits};
use crate::assessment::does;

/// One of each type with something to tell, and the same word in everything that is secret.
fn questions() -> Vec<Value> {
    let choice =
        json!({"multipleChoice": {"options": [{"text": "A", "isRight": true, "feedback": "SECRET"}, {"text": "B"}]}});
    let contents = [
        choice,
        json!({"shortAnswer": {"accepted": ["SECRET"]}}),
        json!({"numeric": {"value": "777777"}}),
        json!({"fillIn": {"gaps": [{"name": "a", "accepted": ["SECRET"]}]}}),
    ];
    let texts = ["Which?", "What?", "How many?", "{{a}}"];
    let questions = contents.into_iter().zip(texts);
    questions
        .map(|(content, text)| json!({"questionText": text, "content": content, "points": 1, "explanation": "SECRET"}))
        .collect()
}

const REVIEWS: &str = "reviews { points isManual explanation parts { key isRight feedback } solution {
    ... on MultipleChoiceContent { options { text isRight feedback } }
    ... on ShortAnswerContent { accepted } ... on NumericContent { value } ... on FillInContent { gaps { accepted } } } }";

async fn knows(person: &Person, attempt: &str) -> bool {
    let questions = "questions { questionId questionText questionType points isMultiple options { key text } prompts { key text } gaps
        answer { shortAnswer } } status score receipt { statement }";
    let seen = sees(person, attempt, &format!("{questions} {REVIEWS}")).await.to_string();
    assert_eq!(seen.contains("SECRET"), seen.contains("777777"));
    seen.contains("SECRET")
}

#[on_both]
async fn the_key_is_shown_when_the_quiz_says_so_and_to_the_staff_always(app: TestApp) {
    let due = "dueAt: \"2026-07-01T14:00:00Z\", gracePeriodSeconds: 0";
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    for (setting, after_submission, after_due) in
        [("NEVER", false, false), ("SUBMISSION", true, true), ("DUE", false, true), ("RELEASE", false, false)]
    {
        let app_of = app.clone();
        let settings = format!("showKeyAfter: {setting}, {due}");
        let school = School::in_course(&app_of, tomas.clone(), course.clone(), &settings, &questions()).await;
        let ada = school.learner(&format!("Ada{setting}")).await;
        let attempt = begins(&ada, &school.quiz).await;
        assert!(!knows(&ada, &attempt).await, "{setting}");
        saves(&ada, &attempt, &school.questions[1], json!({"shortAnswer": "wrong"}), 1).await.data();
        submits(&ada, &attempt).await.data();
        assert_eq!(knows(&ada, &attempt).await, after_submission, "{setting}");
        assert!(knows(&school.tomas, &attempt).await, "{setting}");
        app.world.pass(Duration::hours(2));
        assert_eq!(knows(&ada, &attempt).await, after_due, "{setting}");
        app.world.pass(-Duration::hours(2));
    }
}

/// Who sat it before it was moved does not tell those who sit it now.
#[on_both]
async fn a_key_waits_for_the_due_date_that_was_moved(app: TestApp) {
    let settings = "showKeyAfter: DUE, dueAt: \"2026-07-01T14:00:00Z\", gracePeriodSeconds: 0";
    let school = School::with(&app, settings, &questions()).await;
    let (ada, bob) = (school.learner("Ada").await, school.learner("Bob").await);
    let attempt = begins(&ada, &school.quiz).await;
    submits(&ada, &attempt).await.data();
    let later = format!("id: \"{}\", dueAt: \"2026-07-01T18:00:00Z\"", school.quiz);
    does(&school.tomas, "updateQuiz", &later, "").await.data();
    does(&school.tomas, "publishQuiz", &format!("id: \"{}\"", school.quiz), "").await.data();
    let late = begins(&bob, &school.quiz).await;
    // Back to what it was: Bob goes on until six.
    let back = format!("id: \"{}\", dueAt: \"2026-07-01T14:00:00Z\"", school.quiz);
    does(&school.tomas, "updateQuiz", &back, "").await.data();
    app.world.pass(Duration::hours(3));
    assert!(!knows(&ada, &attempt).await, "while he sits there");
    submits(&bob, &late).await.data();
    assert!(knows(&ada, &attempt).await, "when nobody can hand in");
    does(&school.tomas, "updateQuiz", &later, "").await.data();
    assert!(!knows(&ada, &attempt).await, "while it is open");
    app.world.pass(Duration::hours(4));
    assert!(knows(&ada, &attempt).await, "when it is over");
}

/// The copy that everybody may ask for is no way around what is held back.
#[on_both]
async fn the_copy_of_ones_data_has_no_result_before_it_is_released(app: TestApp) {
    let school = School::with(&app, "showKeyAfter: RELEASE", &questions()).await;
    let ada = school.learner("Ada").await;
    let attempt = begins(&ada, &school.quiz).await;
    saves(&ada, &attempt, &school.questions[1], json!({"shortAnswer": "mine"}), 1).await.data();
    submits(&ada, &attempt).await.data();
    let results = async || {
        let copied = rows_about(app.db(), UserId(ada.id.0)).await.unwrap();
        let (attempt, answer) = (&copied["quiz_attempts"][0], &copied["quiz_answers"][0]);
        assert!(answer["answer"].to_string().contains("mine"), "{answer}");
        let keys = |row: &Value, names: &[&str]| names.iter().filter(|name| row.get(**name).is_some()).count();
        (
            keys(attempt, &["score", "percentage", "is_passed", "override_score"]),
            keys(answer, &["feedback"]),
            keys(answer, &["points", "needs_person", "is_manual"]),
        )
    };
    assert_eq!(results().await, (0, 0, 0));
    does(&school.tomas, "releaseGrades", &format!("quizId: \"{}\"", school.quiz), "").await.data();
    assert_eq!(results().await, (4, 1, 0), "what each was worth is for the quiz to show");
}

#[on_both]
async fn nobody_sees_an_attempt_of_somebody_else(app: TestApp) {
    let school = School::with(&app, "", &questions()).await;
    let (ada, bob, eve) = (school.learner("Ada").await, school.learner("Bob").await, app.student("Eve").await);
    let attempt = begins(&ada, &school.quiz).await;
    saves(&ada, &attempt, &school.questions[1], json!({"shortAnswer": "mine"}), 1).await.data();
    submits(&ada, &attempt).await.data();
    for viewer in [&bob.viewer, &eve.viewer, &Viewer::Anonymous] {
        let query = format!(
            "{{ node(id: \"{attempt}\") {{ id }} quiz: node(id: \"{}\") {{ ... on Quiz {{ attempts {{ totalCount nodes {{ id }} }}
                viewerAttempts {{ totalCount nodes {{ id }} }} viewerGrade {{ score }} accommodations {{ totalCount }} }} }} }}",
            school.quiz
        );
        let none = json!({"totalCount": 0, "nodes": []});
        let wanted = json!({"node": null, "quiz": {"attempts": none, "viewerAttempts": none, "viewerGrade": null,
            "accommodations": {"totalCount": 0}}});
        assert_eq!(app.ask_as(viewer, &query, json!({})).await.data(), &wanted);
    }
    for person in [&bob, &eve] {
        assert_eq!(sees(person, &attempt, "id").await, Value::Null);
        let saved = saves(person, &attempt, &school.questions[1], json!({"shortAnswer": "theirs"}), 9).await;
        assert_eq!(saved.codes(), ["NOT_FOUND"]);
    }
    let profile = format!("{{ user(id: \"{}\") {{ quizAttempts {{ totalCount }} }} }}", UserId(ada.id.0).to_wire());
    assert_eq!(bob.ask(&profile).await.0["data"]["user"], Value::Null);
    assert_eq!(
        sees(&ada, &attempt, "questions { answer { shortAnswer } }").await["questions"][1]["answer"]["shortAnswer"],
        "mine"
    );
}
