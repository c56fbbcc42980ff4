use chrono::Duration;
use serde_json::{Value, json};
use testkit::{TestApp, on_both};

use super::{School, begins, enrols, sees, starts, statements, submits};
use crate::assessment::{adds_bank, adds_draw, adds_question, creates_quiz, does};

#[on_both]
async fn who_takes_the_course_begins_and_the_open_attempt_is_answered_again(app: TestApp) {
    let school = School::with(&app, "timeLimitMinutes: 30, maxAttempts: 2", &statements(3)).await;
    let ada = school.learner("Ada").await;
    let wanted = "attemptNumber status startedAt serverNow expiresAt gracePeriodSeconds answeredCount maxScore
        questions { questionText questionType points options { key } answer { trueFalse } } reviews { points } receipt { sha256 }";
    let attempt = begins(&ada, &school.quiz).await;
    let question = |number: usize| {
        json!({"questionText": format!("Is {number} a number?"), "questionType": "TRUE_FALSE", "points": 1.0,
            "options": [], "answer": null})
    };
    let begun = json!({"attemptNumber": 1, "status": "IN_PROGRESS", "startedAt": "2026-07-01T12:00:00+00:00",
        "serverNow": "2026-07-01T12:00:00+00:00", "expiresAt": "2026-07-01T12:30:00+00:00", "gracePeriodSeconds": 5,
        "answeredCount": 0, "maxScore": 3.0, "questions": [question(0), question(1), question(2)],
        "reviews": [], "receipt": null});
    assert_eq!(sees(&ada, &attempt, wanted).await, begun);
    app.world.pass(Duration::minutes(1));
    assert_eq!(begins(&ada, &school.quiz).await, attempt, "one at a time");
    submits(&ada, &attempt).await.data();
    let second = starts(&ada, &school.quiz).await;
    assert_eq!(second.at("/startQuizAttempt/attempt/attemptNumber"), 2);
    let id = second.at("/startQuizAttempt/attempt/id").as_str().unwrap().to_string();
    submits(&ada, &id).await.data();
    assert_eq!(starts(&ada, &school.quiz).await.user_errors(), ["ATTEMPT_LIMIT_REACHED"]);
    let own = format!("{{ myQuizAttempts(quizId: \"{}\") {{ totalCount nodes {{ attemptNumber }} }} }}", school.quiz);
    let both = json!({"totalCount": 2, "nodes": [{"attemptNumber": 2}, {"attemptNumber": 1}]});
    assert_eq!(ada.ask(&own).await.at("/myQuizAttempts"), &both);
    let none = json!({"totalCount": 0, "nodes": []});
    assert_eq!(school.tomas.ask(&own).await.at("/myQuizAttempts"), &none);
}

#[on_both]
async fn who_may_not_begin_is_told_why(app: TestApp) {
    let window = "opensAt: \"2026-07-02T12:00:00Z\", dueAt: \"2026-07-03T12:00:00Z\"";
    let school = School::with(&app, window, &statements(1)).await;
    let (ada, stranger) = (school.learner("Ada").await, app.student("Eve").await);
    let needed = ["ATTEMPT_NEEDS_ENROLLMENT"];
    assert_eq!(starts(&stranger, &school.quiz).await.user_errors(), needed);
    assert_eq!(starts(&school.tomas, &school.quiz).await.user_errors(), needed, "who teaches it does not take it");
    assert_eq!(starts(&ada, &school.quiz).await.user_errors(), ["QUIZ_NOT_OPEN"]);
    app.world.pass(Duration::days(1));
    begins(&ada, &school.quiz).await;
    app.world.pass(Duration::days(1));
    let bob = school.learner("Bob").await;
    assert_eq!(starts(&bob, &school.quiz).await.user_errors(), ["QUIZ_OVER"]);
    let draft = creates_quiz(&school.tomas, &school.course, "Draft").await;
    assert_eq!(starts(&bob, &draft).await.codes(), ["NOT_FOUND"]);
    enrols(&app, &school.tomas, &school.course).await;
    assert_eq!(starts(&school.tomas, &draft).await.user_errors(), ["QUIZ_NOT_PUBLISHED"]);
}

/// The texts of what an attempt asks, and of the options of the first question, in order.
async fn order(person: &testkit::Person, attempt: &str) -> (Vec<String>, Vec<String>) {
    let seen = sees(person, attempt, "questions { questionText options { text } }").await;
    let text = |value: &Value| value.as_str().unwrap().to_string();
    let questions = seen["questions"].as_array().unwrap();
    let options = questions[0]["options"].as_array().unwrap().iter().map(|option| text(&option["text"])).collect();
    (questions.iter().map(|question| text(&question["questionText"])).collect(), options)
}

#[on_both]
async fn each_attempt_has_an_order_of_its_own_and_keeps_it(app: TestApp) {
    let options: Vec<Value> =
        (0..12).map(|number| json!({"text": format!("Option {number}"), "isRight": number == 0})).collect();
    let question = |number: usize| json!({"questionText": format!("{number}"), "content": {"multipleChoice": {"options": options}}});
    let questions: Vec<Value> = (0..15).map(question).collect();
    let school = School::with(&app, "isRandomized: true", &questions).await;
    let (ada, bob) = (school.learner("Ada").await, school.learner("Bob").await);
    let (of_ada, of_bob) = (begins(&ada, &school.quiz).await, begins(&bob, &school.quiz).await);
    let first = order(&ada, &of_ada).await;
    assert_eq!(order(&ada, &of_ada).await, first);
    let mut other = order(&bob, &of_bob).await;
    // One in 15! by chance.
    assert_ne!(first.0, other.0);
    let mut sorted = first.0.clone();
    sorted.sort();
    other.0.sort();
    assert_eq!(sorted, other.0, "the same questions");
    // What the author does meanwhile is not for those who sit there.
    does(&school.tomas, "deleteQuestion", &format!("id: \"{}\"", school.questions[0]), "").await.data();
    does(&school.tomas, "publishQuiz", &format!("id: \"{}\"", school.quiz), "").await.data();
    assert_eq!(order(&ada, &of_ada).await, first);
}

#[on_both]
async fn what_is_drawn_from_banks_is_drawn_once(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    let (quiz, bank) = (creates_quiz(&tomas, &course, "Quiz").await, adds_bank(&tomas, &course, "Bank").await);
    for number in 0..20 {
        adds_question(&tomas, &json!({"bankId": bank, "questionText": format!("Q{number}"), "points": 9})).await;
    }
    for count in [4, 6] {
        adds_draw(&tomas, &quiz, &bank, count).await;
    }
    does(&tomas, "publishQuiz", &format!("id: \"{quiz}\""), "").await.data();
    let mut seen = std::collections::BTreeSet::new();
    for name in ["Ada", "Bob", "Cleo"] {
        let person = app.student(name).await;
        enrols(&app, &person, &course).await;
        let attempt = begins(&person, &quiz).await;
        let asked = sees(&person, &attempt, "maxScore questions { questionText points }").await;
        let texts: std::collections::BTreeSet<String> =
            asked["questions"].as_array().unwrap().iter().map(|it| it["questionText"].to_string()).collect();
        assert_eq!(texts.len(), 10, "two draws from one bank draw nothing twice");
        assert_eq!(asked["maxScore"], 10.0, "each is worth what the draw says");
        seen.insert(texts);
    }
    assert!(seen.len() > 1, "three times the same ten of twenty");
}
