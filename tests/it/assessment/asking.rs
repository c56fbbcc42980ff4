//! Questions as authors write them.

use serde_json::{Value, json};
use testkit::{Person, TestApp, on_both};

use super::{adds_question, asks, creates_quiz, does};

/// Everything that authors see of a question's content.
const CONTENT: &str = "questionText questionType points explanation content { __typename
    ... on MultipleChoiceContent { options { key text isRight feedback } isMultiple partialCredit }
    ... on TrueFalseContent { isTrue }
    ... on ShortAnswerContent { accepted isCaseSensitive isReviewed }
    ... on EssayContent { maxCharacters }
    ... on NumericContent { value tolerance }
    ... on MatchingContent { pairs { prompt { key text } choice { key text } } distractors { key text } partialCredit }
    ... on OrderingContent { items { key text } partialCredit }
    ... on FillInContent { gaps { name accepted } isCaseSensitive partialCredit } }";

async fn drafted(app: &TestApp) -> (Person, String) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.drafts("Rust").await;
    let quiz = creates_quiz(&tomas, &course, "Quiz").await;
    (tomas, quiz)
}

async fn questions(person: &Person, quiz: &str) -> Vec<Value> {
    let query = format!("{{ node(id: \"{quiz}\") {{ ... on Quiz {{ questions {{ id {CONTENT} }} }} }} }}");
    person.ask(&query).await.at("/node/questions").as_array().unwrap().clone()
}

/// Keys are drawn by lot: each becomes a sign for being there.
fn without_keys(value: &Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), if name == "key" { json!("?") } else { without_keys(value) }))
            .collect(),
        Value::Array(items) => items.iter().map(without_keys).collect(),
        other => other.clone(),
    }
}

#[on_both]
async fn every_type_is_kept_as_it_was_written(app: TestApp) {
    let (tomas, quiz) = drafted(&app).await;
    let options = json!([{"text": "A", "isRight": true, "feedback": "Yes."}, {"text": "B"}]);
    let contents = [
        json!({"multipleChoice": {"options": options}}),
        json!({"multipleChoice": {"options": options, "isMultiple": true, "partialCredit": "PER_PART"}}),
        json!({"trueFalse": {"isTrue": false}}),
        json!({"shortAnswer": {"accepted": ["pH"], "isCaseSensitive": true}}),
        json!({"essay": {"maxCharacters": 500}}),
        json!({"numeric": {"value": "3.140", "tolerance": "0.01"}}),
        json!({"matching": {"pairs": [{"prompt": "a", "choice": "x"}, {"prompt": "b", "choice": "x"}],
            "distractors": [{"text": "z"}]}}),
        json!({"ordering": {"items": [{"text": "one"}, {"text": "two"}], "partialCredit": "PER_PART"}}),
        json!({"fillIn": {"gaps": [{"name": "b", "accepted": ["y"]}, {"name": "1", "accepted": ["x", "z"]}]}}),
    ];
    for content in contents {
        let input = json!({"quizId": quiz, "content": content, "questionText": " {{1}} or {{b}}?\r\n", "points": 2.5});
        adds_question(&tomas, &input).await;
    }
    let (option, item) = (
        json!({"key": "?", "text": "A", "isRight": true, "feedback": "Yes."}),
        |text: &str| json!({"key": "?", "text": text}),
    );
    let options = json!([option, {"key": "?", "text": "B", "isRight": false, "feedback": ""}]);
    let pair = |prompt: &str, choice: &str| json!({"prompt": item(prompt), "choice": item(choice)});
    let wanted = [
        (
            "MULTIPLE_CHOICE",
            json!({"__typename": "MultipleChoiceContent", "options": options, "isMultiple": false, "partialCredit": "ALL_OR_NOTHING"}),
        ),
        (
            "MULTIPLE_CHOICE",
            json!({"__typename": "MultipleChoiceContent", "options": options, "isMultiple": true, "partialCredit": "PER_PART"}),
        ),
        ("TRUE_FALSE", json!({"__typename": "TrueFalseContent", "isTrue": false})),
        (
            "SHORT_ANSWER",
            json!({"__typename": "ShortAnswerContent", "accepted": ["pH"], "isCaseSensitive": true, "isReviewed": false}),
        ),
        ("ESSAY", json!({"__typename": "EssayContent", "maxCharacters": 500})),
        ("NUMERIC", json!({"__typename": "NumericContent", "value": "3.14", "tolerance": "0.01"})),
        (
            "MATCHING",
            json!({"__typename": "MatchingContent", "pairs": [pair("a", "x"), pair("b", "x")], "distractors": [item("z")], "partialCredit": "ALL_OR_NOTHING"}),
        ),
        (
            "ORDERING",
            json!({"__typename": "OrderingContent", "items": [item("one"), item("two")], "partialCredit": "PER_PART"}),
        ),
        (
            "FILL_IN",
            json!({"__typename": "FillInContent", "gaps": [{"name": "1", "accepted": ["x", "z"]}, {"name": "b", "accepted": ["y"]}], "isCaseSensitive": false, "partialCredit": "ALL_OR_NOTHING"}),
        ),
    ];
    let kept: Vec<Value> = questions(&tomas, &quiz).await.iter().map(without_keys).collect();
    assert_eq!(kept.len(), wanted.len());
    for (kept, (question_type, content)) in kept.iter().zip(wanted) {
        let whole = json!({"id": kept["id"], "questionText": "{{1}} or {{b}}?", "questionType": question_type, "points": 2.5,
            "explanation": "", "content": content});
        assert_eq!(kept, &whole);
    }
}

#[on_both]
async fn what_is_wrong_is_told_by_its_path(app: TestApp) {
    let (tomas, quiz) = drafted(&app).await;
    let option = |text: &str, is_right: bool| json!({"text": text, "isRight": is_right});
    let choice = |options: Value| json!({"content": {"multipleChoice": {"options": options}}});
    let matching = |pairs: Value, distractors: Value| {
        let pairs = pairs.as_array().unwrap().iter();
        let pairs: Vec<Value> = pairs.map(|pair| json!({"prompt": pair[0], "choice": pair[1]})).collect();
        json!({"content": {"matching": {"pairs": pairs, "distractors": distractors}}})
    };
    let long = "x".repeat(2_001);
    let cases = [
        (json!({"questionText": " "}), "QUESTION_TEXT_INVALID", "questionText"),
        (json!({"points": 0}), "QUESTION_POINTS_INVALID", "points"),
        (json!({"points": 0.001}), "QUESTION_POINTS_INVALID", "points"),
        (
            choice(json!([option("A", false), option("B", false)])),
            "QUESTION_NEEDS_RIGHT_ANSWER",
            "content.multipleChoice.options",
        ),
        (
            choice(json!([option("A", true), option("B", true)])),
            "QUESTION_TOO_MANY_RIGHT_ANSWERS",
            "content.multipleChoice.options",
        ),
        (choice(json!([option("A", true)])), "QUESTION_OPTIONS_TOO_FEW", "content.multipleChoice.options"),
        (
            choice(json!([option("A", true), option(" A ", false)])),
            "QUESTION_OPTION_TAKEN",
            "content.multipleChoice.options.1.text",
        ),
        (
            choice(json!([option("A", true), option(&long, false)])),
            "QUESTION_OPTION_INVALID",
            "content.multipleChoice.options.1.text",
        ),
        (
            choice(json!([option("A", true), {"text": "B", "key": "mine"}])),
            "QUESTION_OPTION_UNKNOWN",
            "content.multipleChoice.options.1.key",
        ),
        (matching(json!([["a", "x"]]), json!([])), "QUESTION_OPTIONS_TOO_FEW", "content.matching.pairs"),
        (
            matching(json!([["a", "x"], ["b", "x"]]), json!([])),
            "QUESTION_OPTIONS_TOO_FEW",
            "content.matching.distractors",
        ),
        (
            matching(json!([["a", "x"], ["a", "y"]]), json!([])),
            "QUESTION_OPTION_TAKEN",
            "content.matching.pairs.1.prompt",
        ),
        (
            matching(json!([["a", "x"], ["b", " x"]]), json!([])),
            "QUESTION_OPTION_TAKEN",
            "content.matching.pairs.1.choice",
        ),
        (
            matching(json!([["a", "x"], ["b", "x"], ["c", " "]]), json!([])),
            "QUESTION_OPTION_INVALID",
            "content.matching.pairs.2.choice",
        ),
        (
            matching(json!([["a", "x"], ["b", "y"]]), json!([{"text": "z"}, {"text": "x"}])),
            "QUESTION_OPTION_TAKEN",
            "content.matching.distractors.1.text",
        ),
        (
            matching(json!([["a", "x"], ["b", "y"]]), json!([{"text": "z", "key": "mine"}])),
            "QUESTION_OPTION_UNKNOWN",
            "content.matching.distractors.0.key",
        ),
        (
            json!({"content": {"ordering": {"items": [{"text": "a"}, {"text": "b", "key": "mine"}]}}}),
            "QUESTION_OPTION_UNKNOWN",
            "content.ordering.items.1.key",
        ),
        (
            json!({"content": {"shortAnswer": {"accepted": []}}}),
            "QUESTION_NEEDS_RIGHT_ANSWER",
            "content.shortAnswer.accepted",
        ),
        (
            json!({"content": {"shortAnswer": {"accepted": ["a", "A"]}}}),
            "QUESTION_ANSWER_TAKEN",
            "content.shortAnswer.accepted.1",
        ),
        (json!({"content": {"essay": {"maxCharacters": 0}}}), "QUESTION_LENGTH_INVALID", "content.essay.maxCharacters"),
        (json!({"content": {"numeric": {"value": "five"}}}), "QUESTION_NUMBER_INVALID", "content.numeric.value"),
        (
            json!({"content": {"numeric": {"value": "5", "tolerance": "-1"}}}),
            "QUESTION_TOLERANCE_INVALID",
            "content.numeric.tolerance",
        ),
        (
            json!({"content": {"ordering": {"items": [{"text": "a"}]}}}),
            "QUESTION_OPTIONS_TOO_FEW",
            "content.ordering.items",
        ),
        (
            json!({"content": {"fillIn": {"gaps": [{"name": "1", "accepted": ["x"]}]}}}),
            "QUESTION_GAPS_DIFFER",
            "content.fillIn.gaps",
        ),
        (
            json!({"questionText": "{{1}} {{1}}", "content": {"fillIn": {"gaps": [{"name": "1", "accepted": ["x"]}]}}}),
            "QUESTION_GAPS_DIFFER",
            "content.fillIn.gaps",
        ),
    ];
    for (mut input, code, path) in cases {
        input["quizId"] = json!(quiz);
        let answer = asks(&tomas, &input).await;
        let field: Vec<&str> = std::iter::once("input").chain(path.split('.')).collect();
        assert_eq!(answer.at("/addQuestion/userErrors"), &json!([{"code": code, "field": field}]), "{input}");
    }
    assert_eq!(asks(&tomas, &json!({})).await.user_errors(), ["QUESTION_OWNER_INVALID"]);
    let two = json!({"trueFalse": {"isTrue": true}, "essay": {}});
    assert_eq!(asks(&tomas, &json!({"quizId": quiz, "content": two})).await.codes().len(), 1);
    assert!(questions(&tomas, &quiz).await.is_empty());
}

#[on_both]
async fn keys_stay_whatever_becomes_of_the_words(app: TestApp) {
    let (tomas, quiz) = drafted(&app).await;
    let options = json!([{"text": "A", "isRight": true}, {"text": "B"}, {"text": "C"}]);
    let id = adds_question(&tomas, &json!({"quizId": quiz, "content": {"multipleChoice": {"options": options}}})).await;
    let keys = async || -> Vec<(String, String)> {
        let question = questions(&tomas, &quiz).await.remove(0);
        let text = |value: &Value| value.as_str().unwrap().to_string();
        let options = question["content"]["options"].as_array().unwrap().clone();
        options.iter().map(|option| (text(&option["text"]), text(&option["key"]))).collect()
    };
    let before = keys().await;
    let update = "mutation ($input: UpdateQuestionInput!) { updateQuestion(input: $input) {
        question { id } userErrors { code } } }";
    let options =
        json!([{"text": "C!", "key": before[2].1}, {"text": "D"}, {"text": "A", "isRight": true, "key": before[0].1}]);
    let input = json!({"id": id, "content": {"multipleChoice": {"options": options}}, "expectedVersion": 2});
    assert_eq!(tomas.ask_with(update, json!({"input": input})).await.user_errors(), [""; 0]);
    let after = keys().await;
    let names: Vec<&str> = after.iter().map(|(text, _)| text.as_str()).collect();
    assert_eq!(names, ["C!", "D", "A"]);
    assert_eq!((&after[0].1, &after[2].1), (&before[2].1, &before[0].1));
    assert!(before.iter().all(|(_, key)| *key != after[1].1));
    // The same version again is stale, and changes nothing.
    let stale = tomas.ask_with(update, json!({"input": input})).await;
    assert_eq!((stale.user_errors(), stale.at("/updateQuestion/question/id")), (vec!["STALE_VERSION"], &json!(id)));
    let twice = json!([{"text": "x", "key": before[0].1, "isRight": true}, {"text": "y", "key": before[0].1}]);
    let twice = json!({"id": id, "content": {"multipleChoice": {"options": twice}}});
    assert_eq!(tomas.ask_with(update, json!({"input": twice})).await.user_errors(), ["QUESTION_OPTION_UNKNOWN"]);
    assert_eq!(keys().await, after);
    // Another type may take its place.
    let other = json!({"id": id, "content": {"essay": {}}, "points": 5});
    assert_eq!(tomas.ask_with(update, json!({"input": other})).await.user_errors(), [""; 0]);
    assert_eq!(questions(&tomas, &quiz).await[0]["questionType"], "ESSAY");
}

#[on_both]
async fn questions_are_put_in_order_and_taken_out(app: TestApp) {
    let (tomas, quiz) = drafted(&app).await;
    let mut ids = vec![];
    for text in ["a", "b", "c"] {
        ids.push(adds_question(&tomas, &json!({"quizId": quiz, "questionText": text})).await);
    }
    let texts = async || -> Vec<Value> {
        questions(&tomas, &quiz).await.into_iter().map(|question| question["questionText"].clone()).collect()
    };
    let order =
        |places: &[usize]| places.iter().map(|place| format!("\"{}\"", ids[*place])).collect::<Vec<_>>().join(", ");
    let put = async |places: &[usize], version: i32| {
        let fields = format!("quizId: \"{quiz}\", order: [{}], expectedVersion: {version}", order(places));
        does(&tomas, "reorderQuestions", &fields, "quiz { version }").await
    };
    assert_eq!(put(&[2, 0, 1], 4).await.at("/reorderQuestions/quiz/version"), 5);
    assert_eq!(texts().await, ["c", "a", "b"]);
    for (places, version, code) in [
        (&[0, 1][..], 5, "QUIZ_ORDER_INCOMPLETE"),
        (&[0, 1, 2, 2], 5, "QUIZ_ORDER_INCOMPLETE"),
        (&[0, 1, 2], 4, "STALE_VERSION"),
    ] {
        assert_eq!(put(places, version).await.user_errors(), [code], "{places:?}");
    }
    let first = format!("id: \"{}\"", ids[0]);
    let gone = does(&tomas, "deleteQuestion", &first, "deletedQuestionId quiz { questionCount version }").await;
    let wanted = json!({"deletedQuestionId": ids[0], "quiz": {"questionCount": 2, "version": 6}, "userErrors": []});
    assert_eq!(gone.at("/deleteQuestion"), &wanted);
    assert_eq!(texts().await, ["c", "b"]);
    let again = does(&tomas, "deleteQuestion", &format!("id: \"{}\"", ids[0]), "deletedQuestionId").await;
    assert_eq!(again.codes(), ["NOT_FOUND"]);
}

#[on_both]
async fn authors_try_their_questions_out(app: TestApp) {
    let (tomas, quiz) = drafted(&app).await;
    let options =
        json!([{"text": "A", "isRight": true}, {"text": "B", "isRight": true}, {"text": "C", "feedback": "No."}]);
    let content = json!({"multipleChoice": {"options": options, "isMultiple": true, "partialCredit": "PER_PART"}});
    let id = adds_question(&tomas, &json!({"quizId": quiz, "content": content, "points": 3})).await;
    let question = questions(&tomas, &quiz).await.remove(0);
    let key = |place: usize| question["content"]["options"][place]["key"].clone();
    let query = "query ($id: ID!, $answer: AnswerInput!) { previewGrade(questionId: $id, answer: $answer) {
        points maxPoints needsPerson parts { key isRight feedback } } }";
    let grade = async |answer: Value| tomas.ask_with(query, json!({"id": id, "answer": answer})).await;
    let all = grade(json!({"multipleChoice": [key(1), key(2), key(0)]})).await;
    let part = |place, is_right, feedback| json!({"key": key(place), "isRight": is_right, "feedback": feedback});
    let wanted = json!({"points": 1.5, "maxPoints": 3.0, "needsPerson": false,
        "parts": [part(0, true, ""), part(1, true, ""), part(2, false, "No.")]});
    assert_eq!(all.at("/previewGrade"), &wanted);
    for wrong in
        [json!({"trueFalse": true}), json!({"multipleChoice": ["x"]}), json!({"multipleChoice": [key(0), key(0)]})]
    {
        let refused = grade(wrong).await;
        assert_eq!(refused.codes(), ["BAD_USER_INPUT"]);
        assert_eq!(refused.0["errors"][0]["extensions"]["field"], json!(["answer"]));
    }
    let gaps = json!({"fillIn": {"gaps": [{"name": "a", "accepted": ["x"]}]}});
    let id = adds_question(&tomas, &json!({"quizId": quiz, "questionText": "{{a}}", "content": gaps})).await;
    let twice = json!({"fillIn": [{"name": "a", "text": "x"}, {"name": "a", "text": "y"}]});
    let refused = tomas.ask_with(query, json!({"id": id, "answer": twice})).await;
    let error = &refused.0["errors"][0];
    assert_eq!(
        (&error["message"], &error["extensions"]["field"]),
        (&json!("Something is named twice."), &json!(["answer"]))
    );
}
