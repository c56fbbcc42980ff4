use serde_json::{Value, json};
use testkit::{Person, TestApp, on_both};

use super::{School, begins, saves, sees, statements, submits};

/// One question of each type, all about the same.
pub fn every_type() -> Vec<Value> {
    let contents = json!([
        {"multipleChoice": {"options": [{"text": "A", "isRight": true}, {"text": "B", "isRight": true}, {"text": "C"}],
            "isMultiple": true, "partialCredit": "PER_PART"}},
        {"trueFalse": {"isTrue": true}},
        {"shortAnswer": {"accepted": ["Rust"]}},
        {"numeric": {"value": "1.5", "tolerance": "0.1"}},
        {"matching": {"pairs": [{"prompt": "p", "choice": "P"}, {"prompt": "q", "choice": "Q"}], "partialCredit": "PER_PART"}},
        {"ordering": {"items": [{"text": "1"}, {"text": "2"}]}},
        {"fillIn": {"gaps": [{"name": "a", "accepted": ["x"]}, {"name": "b", "accepted": ["y"]}], "partialCredit": "PER_PART"}},
    ]);
    let texts = ["Which?", "Is it?", "What?", "How many?", "Who is who?", "In which order?", "{{a}} and {{b}}"];
    let questions = contents.as_array().unwrap().iter().zip(texts);
    questions.map(|(content, text)| json!({"questionText": text, "content": content, "points": 2})).collect()
}

/// The key of the option or prompt with this text.
fn key(question: &Value, list: &str, text: &str) -> String {
    let found = question[list].as_array().unwrap().iter().find(|option| option["text"] == text);
    found.unwrap()["key"].as_str().unwrap().to_string()
}

async fn asked(person: &Person, attempt: &str) -> Vec<Value> {
    let wanted = "questions { questionId options { key text } prompts { key text } }";
    sees(person, attempt, wanted).await["questions"].as_array().unwrap().clone()
}

#[on_both]
async fn every_kind_of_answer_is_kept_and_graded(app: TestApp) {
    let school = School::with(&app, "passingScore: 70", &every_type()).await;
    let ada = school.learner("Ada").await;
    let attempt = begins(&ada, &school.quiz).await;
    let asked = asked(&ada, &attempt).await;
    let (a, c) = (key(&asked[0], "options", "A"), key(&asked[0], "options", "C"));
    let (p, of_p) = (key(&asked[4], "prompts", "p"), key(&asked[4], "options", "P"));
    let (one, two) = (key(&asked[5], "options", "1"), key(&asked[5], "options", "2"));
    let answers = [
        json!({"multipleChoice": [a]}),
        json!({"trueFalse": true}),
        json!({"shortAnswer": " rust "}),
        json!({"numeric": "1,6"}),
        json!({"matching": [{"prompt": p, "choice": of_p}]}),
        json!({"ordering": [two, one]}),
        json!({"fillIn": [{"name": "a", "text": "x"}]}),
    ];
    for (question, answer) in school.questions.iter().zip(&answers) {
        let saved = saves(&ada, &attempt, question, answer.clone(), 1).await;
        assert_eq!(saved.user_errors(), [""; 0], "{answer}");
        for (field, value) in answer.as_object().unwrap() {
            assert_eq!(&saved.at("/saveAnswer/answer")[field], value);
        }
    }
    // What is not saved is not graded: the last of two counts.
    saves(&ada, &attempt, &school.questions[0], json!({"multipleChoice": [c]}), 1).await.data();
    let seen =
        sees(&ada, &attempt, "answeredCount status questions { answer { multipleChoice trueFalse numeric } }").await;
    assert_eq!((&seen["answeredCount"], &seen["status"]), (&json!(7), &json!("IN_PROGRESS")));
    assert_eq!(seen["questions"][0]["answer"]["multipleChoice"], json!([a]));
    app.world.pass(chrono::Duration::seconds(90));
    let done = submits(&ada, &attempt).await;
    let done = done.at("/submitQuizAttempt/attempt");
    // 1 + 2 + 2 + 2 + 1 + 0 + 1 of 14.
    let wanted = json!({"status": "GRADED", "score": 9.0, "maxScore": 14.0, "percentage": 64.28, "isPassed": false,
        "timeTakenSeconds": 90, "isExpired": false, "completedAt": "2026-07-01T12:01:30+00:00", "receipt": done["receipt"]});
    assert_eq!(done, &wanted);
    let grade = format!(
        "{{ node(id: \"{}\") {{ ... on Quiz {{ viewerGrade {{ gradeMethod score maxScore percentage isPassed attemptCount }} }} }} }}",
        school.quiz
    );
    let wanted = json!({"gradeMethod": "HIGHEST", "score": 9.0, "maxScore": 14.0, "percentage": 64.28,
        "isPassed": false, "attemptCount": 1});
    assert_eq!(ada.ask(&grade).await.at("/node/viewerGrade"), &wanted);
}

#[on_both]
async fn what_does_not_fit_is_refused_by_its_place(app: TestApp) {
    let school = School::with(&app, "", &every_type()).await;
    let ada = school.learner("Ada").await;
    let attempt = begins(&ada, &school.quiz).await;
    for (number, answer, code, field) in [
        (0, json!({"multipleChoice": ["nothing"]}), "ANSWER_INVALID", json!(["input", "answer", "multipleChoice"])),
        (0, json!({"trueFalse": true}), "ANSWER_INVALID", json!(["input", "answer"])),
        (3, json!({"numeric": "many"}), "ANSWER_INVALID", json!(["input", "answer", "numeric"])),
        (5, json!({"ordering": ["a", "a"]}), "ANSWER_INVALID", json!(["input", "answer", "ordering"])),
        (6, json!({"fillIn": [{"name": "c", "text": ""}]}), "ANSWER_INVALID", json!(["input", "answer", "fillIn"])),
    ] {
        let refused = saves(&ada, &attempt, &school.questions[number], answer, 1).await;
        assert_eq!(refused.at("/saveAnswer/userErrors"), &json!([{"code": code, "field": field}]));
    }
    let other = School::in_course(&app, school.tomas.clone(), school.course.clone(), "", &statements(1)).await;
    let unknown = saves(&ada, &attempt, &other.questions[0], json!({"trueFalse": true}), 1).await;
    let wanted = json!([{"code": "ANSWER_QUESTION_UNKNOWN", "field": ["input", "questionId"]}]);
    assert_eq!(unknown.at("/saveAnswer/userErrors"), &wanted);
    let negative = saves(&ada, &attempt, &school.questions[1], json!({"trueFalse": true}), -1).await;
    assert_eq!(negative.user_errors(), ["ANSWER_SEQUENCE_INVALID"]);
    assert_eq!(sees(&ada, &attempt, "answeredCount").await["answeredCount"], 0);
}

#[on_both]
async fn a_queue_of_answers_is_kept_each_for_itself(app: TestApp) {
    let school = School::with(&app, "", &statements(3)).await;
    let ada = school.learner("Ada").await;
    let attempt = begins(&ada, &school.quiz).await;
    let query = "mutation ($input: SaveAnswersInput!) { saveAnswers(input: $input) {
        results { answer { trueFalse clientSequence } isSuperseded userErrors { code field } } userErrors { code field } } }";
    let [one, two, _] = school.questions.as_slice() else { panic!("three questions") };
    let item = |question: &str, answer: Value, sequence: i32| json!({"questionId": question, "answer": answer, "clientSequence": sequence});
    let (yes, no) = (json!({"trueFalse": true}), json!({"trueFalse": false}));
    let answers =
        [item(one, yes.clone(), 2), item(one, no, 1), item(two, json!({"numeric": "1"}), 1), item(two, yes.clone(), 7)];
    let saved = ada.ask_with(query, json!({"input": {"attemptId": attempt, "answers": answers}})).await;
    let kept = |sequence: i32, is_superseded: bool| json!({"answer": {"trueFalse": true, "clientSequence": sequence}, "isSuperseded": is_superseded, "userErrors": []});
    let refused = json!({"answer": null, "isSuperseded": false,
        "userErrors": [{"code": "ANSWER_INVALID", "field": ["input", "answers", "2", "answer"]}]});
    let wanted = json!({"results": [kept(2, false), kept(2, true), refused, kept(7, false)], "userErrors": []});
    assert_eq!(saved.at("/saveAnswers"), &wanted);
    let many: Vec<Value> = (0..101).map(|number| item(one, yes.clone(), number)).collect();
    let refused = ada.ask_with(query, json!({"input": {"attemptId": attempt, "answers": many}})).await;
    assert_eq!(refused.user_errors(), ["ANSWERS_TOO_MANY"]);
}

#[on_both]
async fn what_is_handed_in_stays_and_its_receipt_is_good(app: TestApp) {
    let school = School::with(&app, "", &statements(2)).await;
    let (ada, bob) = (school.learner("Ada").await, school.learner("Bob").await);
    let attempt = begins(&ada, &school.quiz).await;
    saves(&ada, &attempt, &school.questions[0], json!({"trueFalse": true}), 1).await.data();
    assert_eq!(submits(&bob, &attempt).await.codes(), ["NOT_FOUND"]);
    assert_eq!(submits(&school.tomas, &attempt).await.codes(), ["FORBIDDEN"]);
    let first = submits(&ada, &attempt).await.data().clone();
    app.world.pass(chrono::Duration::hours(1));
    assert_eq!(submits(&ada, &attempt).await.data(), &first, "however often it is said");
    let late = saves(&ada, &attempt, &school.questions[1], json!({"trueFalse": true}), 2).await;
    let wanted = json!([{"code": "ATTEMPT_CLOSED", "field": ["input", "attemptId"]}]);
    assert_eq!(late.at("/saveAnswer/userErrors"), &wanted);
    let receipt = &first["submitQuizAttempt"]["attempt"]["receipt"];
    assert_eq!(&sees(&ada, &attempt, "receipt { sha256 statement signature }").await["receipt"], receipt);
    let query = "query ($statement: String!, $signature: String!) { verifyReceipt(statement: $statement, signature: $signature) }";
    let good = json!({"statement": receipt["statement"], "signature": receipt["signature"]});
    assert_eq!(bob.ask_with(query, good).await.at("/verifyReceipt"), true);
    let forged = receipt["statement"].as_str().unwrap().replace("2026-07-01", "2026-06-30");
    let forged = json!({"statement": forged, "signature": receipt["signature"]});
    assert_eq!(bob.ask_with(query, forged).await.at("/verifyReceipt"), false);
}

#[on_both]
async fn what_a_person_has_to_read_waits_for_one(app: TestApp) {
    let essay = json!({"questionText": "Why?", "content": {"essay": {}}, "points": 3});
    let school = School::with(&app, "passingScore: 0", &[statements(1).remove(0), essay]).await;
    let (ada, bob) = (school.learner("Ada").await, school.learner("Bob").await);
    let attempt = begins(&ada, &school.quiz).await;
    saves(&ada, &attempt, &school.questions[0], json!({"trueFalse": true}), 1).await.data();
    saves(&ada, &attempt, &school.questions[1], json!({"essay": "Because."}), 1).await.data();
    let done = submits(&ada, &attempt).await;
    let done = done.at("/submitQuizAttempt/attempt");
    assert_eq!((&done["status"], &done["score"], &done["isPassed"]), (&json!("SUBMITTED"), &json!(0.0), &json!(false)));
    // What is left blank nobody has to read.
    let attempt = begins(&bob, &school.quiz).await;
    saves(&bob, &attempt, &school.questions[1], json!({"essay": "  "}), 1).await.data();
    assert_eq!(submits(&bob, &attempt).await.at("/submitQuizAttempt/attempt/status"), "GRADED");
}

/// Two devices that count by themselves say two things by one number: the second is told that it is not what is kept.
#[on_both]
async fn another_answer_with_the_same_number_is_told_that_it_is_not_kept(app: TestApp) {
    let school = School::with(&app, "", &statements(2)).await;
    let ada = school.learner("Ada").await;
    let attempt = begins(&ada, &school.quiz).await;
    saves(&ada, &attempt, &school.questions[0], json!({"trueFalse": true}), 1).await.data();
    let entry = |question: &str, value: bool| json!({"questionId": question, "answer": {"trueFalse": value}, "clientSequence": 1});
    let answers = json!([
        entry(&school.questions[0], false),
        entry("question_x", true),
        entry(&school.questions[0], true),
        entry(&school.questions[1], true),
    ]);
    let query = "mutation ($input: SaveAnswersInput!) { saveAnswers(input: $input) {
        results { isSuperseded answer { trueFalse } userErrors { code field } } userErrors { code } } }";
    let saved = ada.ask_with(query, json!({"input": {"attemptId": attempt, "answers": answers}})).await;
    let kept =
        |is_superseded: bool| json!({"isSuperseded": is_superseded, "answer": {"trueFalse": true}, "userErrors": []});
    let unknown = json!([{"code": "ANSWER_QUESTION_UNKNOWN", "field": ["input", "answers", "1", "questionId"]}]);
    assert_eq!(
        saved.at("/saveAnswers/results"),
        &json!([
            kept(true),
            {"isSuperseded": false, "answer": null, "userErrors": unknown},
            kept(false),
            kept(false),
        ])
    );
}

/// A queue that is sent again as it is would never get through, if one of it kept the others back.
#[on_both]
async fn whatever_is_wrong_with_one_of_a_queue_is_told_in_its_place(app: TestApp) {
    let school = School::with(&app, "", &every_type()).await;
    let ada = school.learner("Ada").await;
    let attempt = begins(&ada, &school.quiz).await;
    let [choice, truth, short, numeric, matching, _, gaps] = school.questions.as_slice() else { panic!("seven") };
    let entry = |question: &str, answer: Value, sequence: Value| json!({"questionId": question, "answer": answer, "clientSequence": sequence});
    let pair = json!({"prompt": "p", "choice": "c"});
    let twice = json!([{"name": "a", "text": "x"}, {"name": "a", "text": "y"}]);
    let cases = [
        (entry(short, json!({"shortAnswer": "a\0b"}), json!(1)), "ANSWER_INVALID", json!(["answer", "shortAnswer"])),
        (
            entry(choice, json!({"multipleChoice": ["\0"]}), json!(1)),
            "ANSWER_INVALID",
            json!(["answer", "multipleChoice"]),
        ),
        (entry(numeric, json!({"numeric": "1\0"}), json!(1)), "ANSWER_INVALID", json!(["answer", "numeric"])),
        (entry("question\0", json!({"trueFalse": true}), json!(1)), "ANSWER_QUESTION_UNKNOWN", json!(["questionId"])),
        (entry(matching, json!({"matching": [pair, pair]}), json!(1)), "ANSWER_INVALID", json!(["answer", "matching"])),
        (entry(gaps, json!({"fillIn": twice}), json!(1)), "ANSWER_INVALID", json!(["answer", "fillIn"])),
        (entry(truth, json!({"trueFalse": true}), json!(1e300)), "ANSWER_SEQUENCE_INVALID", json!(["clientSequence"])),
        (entry(truth, json!({"trueFalse": true}), json!(1.5)), "ANSWER_SEQUENCE_INVALID", json!(["clientSequence"])),
        (
            entry(truth, json!({"trueFalse": true}), json!(9_007_199_254_740_992u64)),
            "ANSWER_SEQUENCE_INVALID",
            json!(["clientSequence"]),
        ),
    ];
    // A counter that is a time has room.
    let good = entry(truth, json!({"trueFalse": true}), json!(1_795_000_000_000u64));
    let answers: Vec<Value> = cases.iter().map(|(entry, ..)| entry.clone()).chain([good]).collect();
    let query = "mutation ($input: SaveAnswersInput!) { saveAnswers(input: $input) {
        results { answer { trueFalse clientSequence } userErrors { code field } } userErrors { code } } }";
    let saved = ada.ask_with(query, json!({"input": {"attemptId": attempt, "answers": answers}})).await;
    let refused = cases.iter().enumerate().map(|(number, (_, code, path))| {
        let start = [json!("input"), json!("answers"), json!(number.to_string())];
        let field: Vec<Value> = start.into_iter().chain(path.as_array().unwrap().clone()).collect();
        json!({"answer": null, "userErrors": [{"code": code, "field": field}]})
    });
    let kept = json!({"answer": {"trueFalse": true, "clientSequence": 1_795_000_000_000u64}, "userErrors": []});
    let wanted: Vec<Value> = refused.chain([kept]).collect();
    assert_eq!(saved.at("/saveAnswers"), &json!({"results": wanted, "userErrors": []}));
    // Alone they are refused the same way.
    let alone = "mutation ($input: SaveAnswerInput!) { saveAnswer(input: $input) { userErrors { code field } } }";
    let mut input = cases[0].0.clone();
    input["attemptId"] = json!(attempt);
    let refused = ada.ask_with(alone, json!({"input": input})).await;
    let error = json!([{"code": "ANSWER_INVALID", "field": ["input", "answer", "shortAnswer"]}]);
    assert_eq!(refused.at("/saveAnswer/userErrors"), &error);
    // Where anything else is asked for in the same request, nothing passes.
    let with_more =
        "mutation ($input: SaveAnswerInput!, $text: String!) { saveAnswer(input: $input) { userErrors { code } }
        updateProfile(input: {bio: $text}) { userErrors { code } } }";
    let refused = ada.ask_with(with_more, json!({"input": input, "text": "a\0b"})).await;
    assert_eq!(refused.codes(), ["BAD_USER_INPUT"]);
}
