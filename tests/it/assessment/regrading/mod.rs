//! Grading what was handed in otherwise, and taking that back.

mod later;

use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

use super::{
    does,
    sitting::{School, begins, saves, sees, statements, submits},
};

const MARK: &str = "status score maxScore percentage isPassed";

/// Regrades by these changes.
pub async fn regrades(person: &Person, quiz: &str, changes: Value, more: Value) -> Answer {
    let query = "mutation ($input: RegradeQuizInput!) { regradeQuiz(input: $input) {
        regrade { id number reason changedCount }
        effects { lookedAtCount changedCount passesGainedCount passesLostCount manualAnswerCount overriddenCount
            certificateCount certificates { user { name } }
            attempts { attemptNumber user { name } before { score percentage isPassed } after { score percentage isPassed } } }
        userErrors { code field } } }";
    let mut input = json!({"quizId": quiz, "changes": changes, "reason": "The key was wrong."});
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    person.ask_with(query, json!({"input": input})).await
}

/// The same, without a complaint: what came of it, and the regrade's id.
async fn regraded(person: &Person, quiz: &str, changes: Value) -> (Value, String) {
    let done = regrades(person, quiz, changes, json!({})).await;
    assert_eq!(done.user_errors(), [""; 0]);
    let id = done.at("/regradeQuiz/regrade/id").as_str().unwrap().to_string();
    (done.at("/regradeQuiz/effects").clone(), id)
}

pub async fn undoes(person: &Person, regrade: &str) -> Answer {
    let fields = format!("regradeId: \"{regrade}\", reason: \"It was right.\"");
    does(person, "undoRegrade", &fields, "effects { changedCount passesGainedCount passesLostCount }").await
}

/// Hands in these answers.
async fn hands_in(school: &School, person: &Person, answers: &[Value]) -> String {
    let attempt = begins(person, &school.quiz).await;
    for (question, answer) in school.questions.iter().zip(answers) {
        if !answer.is_null() {
            assert_eq!(saves(person, &attempt, question, answer.clone(), 1).await.user_errors(), [""; 0]);
        }
    }
    submits(person, &attempt).await.data();
    attempt
}

fn is_true(is: bool) -> Value {
    json!({"trueFalse": is})
}

fn key(question: &str, is: bool) -> Value {
    json!([{"key": {"questionId": question, "content": {"trueFalse": {"isTrue": is}}}}])
}

#[on_both]
async fn another_key_is_tried_applied_seen_and_taken_back(app: TestApp) {
    let settings = "passingScore: 100, maxAttempts: 3, showKeyAfter: SUBMISSION";
    let school = School::with(&app, settings, &statements(1)).await;
    let (ada, bob) = (school.learner("Ada").await, school.learner("Bob").await);
    let yes = hands_in(&school, &ada, &[is_true(true)]).await;
    // The list is in the order of the attempts.
    app.world.pass(chrono::Duration::minutes(1));
    let no = hands_in(&school, &bob, &[is_true(false)]).await;
    let wrong = key(&school.questions[0], false);
    let dry = regrades(&school.tomas, &school.quiz, wrong.clone(), json!({"dryRun": true})).await;
    let (all, none) = (
        json!({"score": 1.0, "percentage": 100.0, "isPassed": true}),
        json!({"score": 0.0, "percentage": 0.0, "isPassed": false}),
    );
    let effects = json!({"lookedAtCount": 2, "changedCount": 2, "passesGainedCount": 1, "passesLostCount": 1,
        "manualAnswerCount": 0, "overriddenCount": 0, "certificateCount": 0, "certificates": [],
        "attempts": [
            {"attemptNumber": 1, "user": {"name": "Ada"}, "before": all, "after": none},
            {"attemptNumber": 1, "user": {"name": "Bob"}, "before": none, "after": all}]});
    assert_eq!(dry.at("/regradeQuiz"), &json!({"regrade": null, "effects": effects, "userErrors": []}));
    assert_eq!(sees(&ada, &yes, "isPassed regrades { reason }").await, json!({"isPassed": true, "regrades": []}));

    let (done, id) = regraded(&school.tomas, &school.quiz, wrong).await;
    assert_eq!(done, effects, "what was told is what is done");
    let mark = |score: f64| json!({"status": "GRADED", "score": score, "maxScore": 1.0, "percentage": score * 100.0, "isPassed": score > 0.0});
    assert_eq!(sees(&ada, &yes, MARK).await, mark(0.0));
    assert_eq!(sees(&bob, &no, MARK).await, mark(1.0));
    let wanted = format!("regrades {{ reason regradedAt before {{ {MARK} }} after {{ {MARK} }} }}");
    let told = json!({"reason": "The key was wrong.", "regradedAt": "2026-07-01T12:01:00+00:00",
        "before": mark(1.0), "after": mark(0.0)});
    assert_eq!(sees(&ada, &yes, &wanted).await, json!({"regrades": [told]}));
    let review = sees(&bob, &no, "reviews { points }").await;
    assert_eq!(review["reviews"][0]["points"], 1.0);
    // Who begins at the same version later is graded so, too.
    let later = hands_in(&school, &ada, &[is_true(false)]).await;
    assert_eq!(sees(&ada, &later, MARK).await, mark(1.0));

    let listed = format!(
        "{{ node(id: \"{}\") {{ ... on Quiz {{ regrades {{ totalCount nodes {{ number reason changedCount
            regradedBy {{ name }} changes {{ kind questionId }} undoes {{ number }} undoneBy {{ number }}
            attempts {{ totalCount nodes {{ after {{ score }} attempt {{ id }} }} }} }} }} }} }} }}",
        school.quiz
    );
    assert_eq!(ada.ask(&listed).await.at("/node/regrades/totalCount"), 0, "learners see none");
    let undone = undoes(&school.tomas, &id).await;
    let back = json!({"changedCount": 3, "passesGainedCount": 0, "passesLostCount": 1});
    assert_eq!(undone.at("/undoRegrade/effects"), &back);
    assert_eq!(sees(&ada, &yes, MARK).await, mark(1.0));
    assert_eq!(sees(&bob, &no, MARK).await, mark(0.0));
    assert_eq!(sees(&ada, &yes, "regrades { reason }").await["regrades"].as_array().unwrap().len(), 2);
    let seen = school.tomas.ask(&listed).await;
    let nodes = seen.at("/node/regrades/nodes");
    assert_eq!(nodes[0]["undoes"], json!({"number": 1}));
    assert_eq!(nodes[0]["changes"], json!([]));
    assert_eq!(nodes[1]["undoneBy"], json!({"number": 2}));
    assert_eq!(nodes[1]["changes"], json!([{"kind": "KEY", "questionId": school.questions[0]}]));
    assert_eq!((&nodes[1]["attempts"]["totalCount"], &nodes[1]["regradedBy"]["name"]), (&json!(2), &json!("Tomas")));
    assert_eq!(undoes(&school.tomas, &id).await.user_errors(), ["REGRADE_UNDONE"]);
}

/// A single choice, a short answer, a gap and an essay, each for a point.
fn all_sorts() -> Vec<Value> {
    let options = json!([{"text": "A", "isRight": true}, {"text": "B"}, {"text": "C"}]);
    vec![
        json!({"questionText": "Which?", "content": {"multipleChoice": {"options": options}}}),
        json!({"questionText": "What?", "content": {"shortAnswer": {"accepted": ["move"]}}}),
        json!({"questionText": "I {{verb}}.", "content": {"fillIn": {"gaps": [{"name": "verb", "accepted": ["am"]}]}}}),
        json!({"questionText": "Why?", "content": {"essay": {}}}),
    ]
}

/// The key of an option by its text.
async fn option(person: &Person, attempt: &str, text: &str) -> String {
    let asked = sees(person, attempt, "questions { options { key text } }").await;
    let options = asked["questions"][0]["options"].as_array().unwrap();
    options.iter().find(|option| option["text"] == text).unwrap()["key"].as_str().unwrap().to_string()
}

#[on_both]
async fn what_else_is_right_counts_beside_what_was(app: TestApp) {
    let school = School::with(&app, "", &all_sorts()[..3]).await;
    let ada = school.learner("Ada").await;
    let attempt = begins(&ada, &school.quiz).await;
    let (b, gap) = (option(&ada, &attempt, "B").await, json!({"fillIn": [{"name": "verb", "text": "be"}]}));
    for (question, answer) in
        school.questions.iter().zip([json!({"multipleChoice": [b]}), json!({"shortAnswer": "Borrow"}), gap])
    {
        assert_eq!(saves(&ada, &attempt, question, answer, 1).await.user_errors(), [""; 0]);
    }
    submits(&ada, &attempt).await.data();
    assert_eq!(sees(&ada, &attempt, "score").await["score"], 0.0);
    let accept = |question: &str, answers: Value| json!({"accept": {"questionId": question, "answers": answers}});
    let [choice, short, gaps] = [0, 1, 2].map(|number| school.questions[number].as_str());
    let good = json!([
        accept(choice, json!({"multipleChoice": [b]})),
        accept(short, json!({"shortAnswer": ["borrow"]})),
        accept(gaps, json!({"fillIn": [{"name": "verb", "accepted": ["be"]}]})),
    ]);
    regraded(&school.tomas, &school.quiz, good).await;
    assert_eq!(sees(&ada, &attempt, "score").await["score"], 3.0);
    // What was right still is.
    let bob = school.learner("Bob").await;
    let other = begins(&bob, &school.quiz).await;
    let a = option(&bob, &other, "A").await;
    saves(&bob, &other, choice, json!({"multipleChoice": [a]}), 1).await.data();
    submits(&bob, &other).await.data();
    assert_eq!(sees(&bob, &other, "score").await["score"], 1.0);
    let bad = json!([
        accept(choice, json!({"multipleChoice": ["nothing"]})),
        accept(short, json!({"shortAnswer": ["BORROW"]})),
        accept(short, json!({"multipleChoice": [b]})),
        accept(gaps, json!({"fillIn": [{"name": "noun", "accepted": ["be"]}]})),
    ]);
    let refused = regrades(&school.tomas, &school.quiz, bad, json!({})).await;
    assert_eq!(refused.user_errors(), ["REGRADE_ACCEPT_UNFIT"; 4]);
    let field = json!(["input", "changes", "3", "accept", "answers"]);
    assert_eq!(refused.at("/regradeQuiz/userErrors/3/field"), &field);
}

#[on_both]
async fn a_bad_question_is_dropped_given_or_worth_something_else(app: TestApp) {
    let school = School::with(&app, "maxAttempts: 9", &statements(2)).await;
    let (ada, bob) = (school.learner("Ada").await, school.learner("Bob").await);
    let wrong = hands_in(&school, &ada, &[is_true(false), is_true(true)]).await;
    let silent = hands_in(&school, &bob, &[Value::Null, is_true(true)]).await;
    let question = &school.questions[0];
    let scores = async || {
        let of = async |person, attempt: &str| {
            let seen = sees(person, attempt, "score maxScore").await;
            (seen["score"].as_f64().unwrap(), seen["maxScore"].as_f64().unwrap())
        };
        [of(&ada, &wrong).await, of(&bob, &silent).await]
    };
    for (change, expected) in [
        (json!({"drop": {"questionId": question, "credit": "FULL_POINTS"}}), [(2.0, 2.0), (2.0, 2.0)]),
        (json!({"drop": {"questionId": question, "credit": "EXCLUDED"}}), [(1.0, 1.0), (1.0, 1.0)]),
        (json!({"fullPoints": {"questionId": question}}), [(2.0, 2.0), (2.0, 2.0)]),
        (json!({"fullPoints": {"questionId": question, "onlyAnswered": true}}), [(2.0, 2.0), (1.0, 2.0)]),
        (json!({"points": {"questionId": school.questions[1], "points": 2.5}}), [(2.5, 3.5), (2.5, 3.5)]),
    ] {
        let (_, id) = regraded(&school.tomas, &school.quiz, json!([change])).await;
        assert_eq!(scores().await, expected, "{change}");
        undoes(&school.tomas, &id).await.data();
        assert_eq!(scores().await, [(1.0, 2.0), (1.0, 2.0)], "{change} taken back");
    }
}

#[on_both]
async fn what_people_said_stays(app: TestApp) {
    let essay = json!({"questionText": "Why?", "content": {"essay": {}}, "points": 3});
    let school = School::with(&app, "passingScore: 100, showKeyAfter: NEVER", &[statements(1).remove(0), essay]).await;
    let (ada, bob) = (school.learner("Ada").await, school.learner("Bob").await);
    let text = json!({"essay": "Because."});
    let attempt = hands_in(&school, &ada, &[is_true(true), text.clone()]).await;
    let set = hands_in(&school, &bob, &[is_true(true), text]).await;
    let queue = format!("{{ gradingQueue(courseId: \"{}\") {{ nodes {{ id attempt {{ id }} }} }} }}", school.course);
    let queue = school.tomas.ask(&queue).await;
    let nodes = queue.at("/gradingQueue/nodes").as_array().unwrap();
    let answer = &nodes.iter().find(|node| node["attempt"]["id"] == attempt).unwrap()["id"];
    let fields = format!("answerId: {answer}, points: 2, feedback: \"Nearly.\"");
    assert_eq!(does(&school.tomas, "gradeAnswer", &fields, "").await.user_errors(), [""; 0]);
    let fields = format!("attemptId: \"{set}\", score: 4, reason: \"The bell rang.\"");
    assert_eq!(does(&school.tomas, "overrideScore", &fields, "").await.user_errors(), [""; 0]);

    let drop = json!([{"drop": {"questionId": school.questions[1], "credit": "FULL_POINTS"}}]);
    let (effects, id) = regraded(&school.tomas, &school.quiz, drop).await;
    assert_eq!((&effects["manualAnswerCount"], &effects["overriddenCount"]), (&json!(1), &json!(1)));
    let wanted = "score earnedScore reviews { points isManual feedback }";
    let seen = sees(&ada, &attempt, wanted).await;
    assert_eq!((&seen["score"], &seen["earnedScore"]), (&json!(3.0), &json!(3.0)));
    assert_eq!(seen["reviews"], json!([{"points": 2.0, "isManual": true, "feedback": "Nearly."}]));
    let seen = sees(&bob, &set, "score earnedScore scoreOverride { reason }").await;
    assert_eq!(seen, json!({"score": 4.0, "earnedScore": 4.0, "scoreOverride": {"reason": "The bell rang."}}));
    undoes(&school.tomas, &id).await.data();
    assert_eq!(sees(&bob, &set, "score earnedScore status").await["earnedScore"], 1.0);

    // Worth less than a person gave: it counts for no more, and what they gave stays.
    let less = json!([{"points": {"questionId": school.questions[1], "points": 1}}]);
    regraded(&school.tomas, &school.quiz, less).await;
    let seen = sees(&ada, &attempt, "score maxScore reviews { points }").await;
    assert_eq!(seen, json!({"score": 2.0, "maxScore": 2.0, "reviews": [{"points": 2.0}]}));
}

#[on_both]
async fn a_regrade_that_another_stands_on_stays_until_that_one_is_gone(app: TestApp) {
    let school = School::with(&app, "", &statements(2)).await;
    let ada = school.learner("Ada").await;
    let attempt = hands_in(&school, &ada, &[is_true(true), is_true(true)]).await;
    let (_, first) = regraded(&school.tomas, &school.quiz, key(&school.questions[0], false)).await;
    let (_, other) = regraded(&school.tomas, &school.quiz, key(&school.questions[1], false)).await;
    let (_, second) = regraded(&school.tomas, &school.quiz, key(&school.questions[0], true)).await;
    let score = async || sees(&ada, &attempt, "score").await["score"].as_f64().unwrap();
    assert_eq!(score().await, 1.0);
    let refused = undoes(&school.tomas, &first).await;
    let error = json!([{"code": "REGRADE_STOOD_ON", "field": ["input", "regradeId"]}]);
    assert_eq!(refused.at("/undoRegrade"), &json!({"effects": null, "userErrors": error}));
    assert_eq!(score().await, 1.0, "it stays");
    for (regrade, after) in [(&other, 2.0), (&second, 1.0), (&first, 2.0)] {
        let undone = undoes(&school.tomas, regrade).await;
        assert_eq!((undone.user_errors(), score().await), (vec![], after));
    }
}

#[on_both]
async fn what_is_no_regrade_is_refused_and_changes_nothing(app: TestApp) {
    let school = School::with(&app, "", &all_sorts()).await;
    let (ada, eve) = (school.learner("Ada").await, app.student("Eve").await);
    let attempt = begins(&ada, &school.quiz).await;
    saves(&ada, &attempt, &school.questions[1], json!({"shortAnswer": "move"}), 1).await.data();
    submits(&ada, &attempt).await.data();
    let listed = format!("{{ node(id: \"{}\") {{ ... on Quiz {{ regrades {{ totalCount }} }} }} }}", school.quiz);
    let state = async || {
        let regrades = school.tomas.ask(&listed).await.at("/node/regrades/totalCount").clone();
        (regrades, sees(&school.tomas, &attempt, &format!("{MARK} reviews {{ points }} regrades {{ reason }}")).await)
    };
    let before = state().await;
    assert_eq!((&before.0, &before.1["score"]), (&json!(0), &json!(1.0)));
    let [choice, short, _, essay] = [0, 1, 2, 3].map(|number| school.questions[number].clone());
    let of = |question: &str, content: Value| json!([{"key": {"questionId": question, "content": content}}]);
    let options = |texts: &[&str]| {
        let options: Vec<_> = texts.iter().map(|text| json!({"text": text, "isRight": *text == "B"})).collect();
        json!({"multipleChoice": {"options": options}})
    };
    let other = School::in_course(&app, school.tomas.clone(), school.course.clone(), "", &statements(1)).await;
    for (changes, codes) in [
        (json!([]), ["REGRADE_CHANGES_INVALID"]),
        (key(&other.questions[0], true), ["REGRADE_QUESTION_UNKNOWN"]),
        (key(&short, true), ["REGRADE_KEY_UNFIT"]),
        (of(&essay, json!({"essay": {"maxCharacters": 1}})), ["REGRADE_KEY_UNFIT"]),
        (of(&choice, options(&["A", "B"])), ["REGRADE_KEY_UNFIT"]),
        (of(&choice, options(&["A", "B", "D"])), ["REGRADE_KEY_UNFIT"]),
        (of(&choice, options(&["A", "B", "C", "D"])), ["REGRADE_KEY_UNFIT"]),
        (of(&short, json!({"shortAnswer": {"accepted": []}})), ["QUESTION_NEEDS_RIGHT_ANSWER"]),
        (json!([{"points": {"questionId": short, "points": 0}}]), ["QUESTION_POINTS_INVALID"]),
    ] {
        let refused = regrades(&school.tomas, &school.quiz, changes.clone(), json!({})).await;
        assert_eq!(refused.user_errors(), codes, "{changes}");
        let nothing = (refused.at("/regradeQuiz/regrade"), refused.at("/regradeQuiz/effects"));
        assert_eq!(nothing, (&Value::Null, &Value::Null), "{changes}");
    }
    // One that would do, beside one that won't.
    let half = json!([{"points": {"questionId": short, "points": 3}}, {"points": {"questionId": choice, "points": 0}}]);
    let refused = regrades(&school.tomas, &school.quiz, half, json!({})).await;
    let error = json!([{"code": "QUESTION_POINTS_INVALID", "field": ["input", "changes", "1", "points", "points"]}]);
    assert_eq!(refused.at("/regradeQuiz/userErrors"), &error);
    let good = of(&choice, options(&["C", "B", "A"]));
    let silent = regrades(&school.tomas, &school.quiz, good.clone(), json!({"reason": " "})).await;
    assert_eq!(silent.user_errors(), ["REGRADE_REASON_INVALID"]);
    assert_eq!(regrades(&ada, &school.quiz, good.clone(), json!({})).await.codes(), ["FORBIDDEN"]);
    assert_eq!(regrades(&eve, &school.quiz, good.clone(), json!({"dryRun": true})).await.codes(), ["FORBIDDEN"]);
    assert_eq!(state().await, before);
    let (_, id) = regraded(&school.tomas, &school.quiz, good).await;
    assert_eq!(undoes(&ada, &id).await.codes(), ["NOT_FOUND"]);
    let hers = format!("{{ node(id: \"{id}\") {{ id }} }}");
    assert_eq!(ada.ask(&hers).await.at("/node"), &Value::Null, "it tells the key");
}

#[on_both]
async fn held_grades_stay_held_when_they_change(app: TestApp) {
    let school = School::with(&app, "showKeyAfter: RELEASE, passingScore: 100", &statements(1)).await;
    let ada = school.learner("Ada").await;
    let attempt = hands_in(&school, &ada, &[is_true(false)]).await;
    let (effects, _) = regraded(&school.tomas, &school.quiz, key(&school.questions[0], false)).await;
    assert_eq!((&effects["changedCount"], &effects["passesGainedCount"]), (&json!(1), &json!(0)));
    let wanted = "isPassed regrades { reason }";
    assert_eq!(sees(&ada, &attempt, wanted).await, json!({"isPassed": false, "regrades": []}));
    does(&school.tomas, "releaseGrades", &format!("quizId: \"{}\"", school.quiz), "").await.data();
    let told = json!({"isPassed": true, "regrades": [{"reason": "The key was wrong."}]});
    assert_eq!(sees(&ada, &attempt, wanted).await, told);
}

#[on_both]
async fn thirty_attempts_are_regraded_in_as_many_statements_as_one(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    let mut counts = vec![];
    for learners in [1, 30] {
        let school = School::in_course(&app, tomas.clone(), course.clone(), "passingScore: 0", &statements(5)).await;
        for number in 0..learners {
            let person = school.learner(&format!("Ada{learners}of{number}")).await;
            hands_in(&school, &person, &[is_true(true), is_true(true), is_true(false)]).await;
        }
        let change = key(&school.questions[2], false);
        let (done, statements) = app.statements(regrades(&tomas, &school.quiz, change, json!({}))).await;
        assert_eq!(done.at("/regradeQuiz/effects/changedCount"), learners);
        counts.push(statements.len());
    }
    assert_eq!(counts[0], counts[1]);
}
