//! What it means to have passed a quiz: over all attempts, and for the course.

use serde_json::{Value, json};
use testkit::{Person, TestApp, on_both};

use super::{
    does,
    regrading::{regrades, undoes},
    sitting::{School, begins, saves, sees, statements, submits},
};

/// A published course that asks for a quiz to be passed.
async fn opens(app: &TestApp, settings: &str) -> School {
    let settings = format!("isRequired: true, passingScore: 100, maxAttempts: 9, {settings}");
    let school = School::with(app, &settings, &statements(2)).await;
    publishes_again(&school).await;
    school
}

/// Takes the course out of the catalogue and publishes it as it is now.
async fn publishes_again(school: &School) {
    for mutation in ["unpublishCourse", "publishCourse"] {
        let query = format!("mutation ($id: ID!) {{ {mutation}(input: {{id: $id}}) {{ userErrors {{ code }} }} }}");
        assert_eq!(school.tomas.ask_with(&query, json!({"id": school.course})).await.user_errors(), [""; 0]);
    }
}

/// Another quiz that has to be passed, so that passing the first does not complete the course.
async fn adds_another(app: &TestApp, school: &School) {
    School::in_course(app, school.tomas.clone(), school.course.clone(), "isRequired: true", &statements(1)).await;
}

async fn enrolled(school: &School, name: &str) -> Person {
    let person = school.app.student(name).await;
    let enroll =
        format!("mutation {{ enroll(input: {{courseId: \"{}\"}}) {{ userErrors {{ code }} }} }}", school.course);
    assert_eq!(person.ask(&enroll).await.user_errors(), [""; 0]);
    person
}

/// Hands in so many right answers of two.
async fn hands_in(school: &School, person: &Person, right: usize) -> String {
    let attempt = begins(person, &school.quiz).await;
    for (number, question) in school.questions.iter().enumerate() {
        saves(person, &attempt, question, json!({"trueFalse": number < right}), 1).await.data();
    }
    submits(person, &attempt).await.data();
    attempt
}

async fn progress(person: &Person, course: &str) -> Value {
    let query = "query ($id: ID!) { courseProgress(courseId: $id) { percentage remaining { reason quiz { title } } } }";
    person.ask_with(query, json!({"id": course})).await.at("/courseProgress").clone()
}

/// Whether there is a certificate to be had, and what stands against it.
async fn eligible(person: &Person, course: &str) -> (bool, usize) {
    let query = "query ($id: ID!) { certificateEligibility(courseId: $id) { eligible blockers { code } } }";
    let answer = person.ask_with(query, json!({"id": course})).await;
    let found = answer.at("/certificateEligibility");
    (found["eligible"].as_bool().unwrap(), found["blockers"].as_array().unwrap().len())
}

async fn certificates(person: &Person) -> i64 {
    person.ask("{ me { certificates { totalCount } } }").await.at("/me/certificates/totalCount").as_i64().unwrap()
}

/// What results say of the only one who sat the quiz, and what they see themselves.
async fn is_passed(school: &School, person: &Person) -> [Value; 2] {
    let results = format!("{{ quizResults(quizId: \"{}\") {{ nodes {{ grade {{ isPassed }} }} }} }}", school.quiz);
    let own = format!("{{ node(id: \"{}\") {{ ... on Quiz {{ viewerGrade {{ isPassed }} }} }} }}", school.quiz);
    [
        school.tomas.ask(&results).await.at("/quizResults/nodes/0/grade/isPassed").clone(),
        person.ask(&own).await.at("/node/viewerGrade/isPassed").clone(),
    ]
}

fn missing() -> Value {
    json!({"percentage": 0.0, "remaining": [{"reason": "NOT_PASSED", "quiz": {"title": "Quiz"}}]})
}

fn done() -> Value {
    json!({"percentage": 100.0, "remaining": []})
}

#[on_both]
async fn passing_what_has_to_be_passed_completes_the_course_and_brings_the_certificate(app: TestApp) {
    let school = opens(&app, "").await;
    let ada = enrolled(&school, "Ada").await;
    assert_eq!(progress(&ada, &school.course).await, missing());
    hands_in(&school, &ada, 1).await;
    assert_eq!(progress(&ada, &school.course).await, missing());
    let (is_eligible, blockers) = eligible(&ada, &school.course).await;
    assert!(!is_eligible && blockers > 0);
    assert_eq!(certificates(&ada).await, 0);
    hands_in(&school, &ada, 2).await;
    assert_eq!(progress(&ada, &school.course).await, done());
    assert_eq!(eligible(&ada, &school.course).await, (true, 0));
    assert_eq!(certificates(&ada).await, 1);
    // Taking the pass away now touches the certificate, which stays good: people decide.
    let both = json!([{"key": {"questionId": school.questions[0], "content": {"trueFalse": {"isTrue": false}}}}]);
    let lost = regrades(&school.tomas, &school.quiz, both, json!({"dryRun": true})).await;
    let effects = lost.at("/regradeQuiz/effects");
    assert_eq!((&effects["passesLostCount"], &effects["certificateCount"]), (&json!(1), &json!(1)));
    assert_eq!(effects["certificates"], json!([{"user": {"name": "Ada"}}]));
}

/// A second item keeps the course from being completed, so that what was passed can be lost.
#[on_both]
async fn a_pass_that_a_regrade_takes_away_is_to_be_had_again(app: TestApp) {
    let school = opens(&app, "").await;
    adds_another(&app, &school).await;
    publishes_again(&school).await;
    let ada = enrolled(&school, "Ada").await;
    let percent = async || progress(&ada, &school.course).await["percentage"].clone();
    let attempt = hands_in(&school, &ada, 2).await;
    assert_eq!(percent().await, 50.0);
    let change = json!([{"key": {"questionId": school.questions[0], "content": {"trueFalse": {"isTrue": false}}}}]);
    let regraded = regrades(&school.tomas, &school.quiz, change, json!({})).await;
    assert_eq!(percent().await, 0.0);
    assert_eq!(is_passed(&school, &ada).await, [false, false]);
    undoes(&school.tomas, regraded.at("/regradeQuiz/regrade/id").as_str().unwrap()).await.data();
    assert_eq!(percent().await, 50.0);
    // So does a score that somebody sets, and takes back.
    let sets = async |score: &str| {
        let fields = format!("attemptId: \"{attempt}\", {score} reason: \"x\"");
        does(&school.tomas, "overrideScore", &fields, "").await.data();
    };
    sets("score: 1,").await;
    assert_eq!((percent().await, is_passed(&school, &ada).await), (json!(0.0), [json!(false), json!(false)]));
    sets("").await;
    assert_eq!((percent().await, is_passed(&school, &ada).await), (json!(50.0), [json!(true), json!(true)]));
}

#[on_both]
async fn the_grade_method_says_who_has_passed(app: TestApp) {
    // Attempts that are all right, half right, and all right: what counts after each.
    for (method, after) in [
        ("HIGHEST", [true, true, true]),
        ("LATEST", [true, false, true]),
        ("FIRST", [true, true, true]),
        ("AVERAGE", [true, false, false]),
    ] {
        let tomas = app.instructor(&format!("Tomas{}", method.to_lowercase())).await;
        let course = tomas.publishes(&format!("Rust {method}")).await;
        let settings = format!("isRequired: true, passingScore: 100, maxAttempts: 9, gradeMethod: {method}");
        let school = School::in_course(&app, tomas, course, &settings, &statements(2)).await;
        adds_another(&app, &school).await;
        publishes_again(&school).await;
        let ada = enrolled(&school, &format!("Ada{}", method.to_lowercase())).await;
        for (right, passed) in [2, 1, 2].into_iter().zip(after) {
            let attempt = hands_in(&school, &ada, right).await;
            assert_eq!(sees(&ada, &attempt, "isPassed").await["isPassed"], right == 2);
            assert_eq!(is_passed(&school, &ada).await, [passed, passed], "{method}");
            let counted = progress(&ada, &school.course).await["percentage"].clone();
            assert_eq!(counted, if passed { 50.0 } else { 0.0 }, "{method}");
        }
        // Another method counts anew, at once.
        does(&school.tomas, "updateQuiz", &format!("id: \"{}\", gradeMethod: HIGHEST", school.quiz), "").await.data();
        assert_eq!(progress(&ada, &school.course).await["percentage"], 50.0, "{method}");
    }
}
