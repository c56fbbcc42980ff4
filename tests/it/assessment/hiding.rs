//! What learners must not learn of a quiz.

use serde_json::{Value, json};
use testkit::{TestApp, on_both};

use super::{adds_question, creates_quiz, does};

#[on_both]
async fn a_learner_reaches_no_key_by_any_path(app: TestApp) {
    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let course = tomas.publishes("Rust").await;
    let quiz = creates_quiz(&tomas, &course, "Quiz").await;
    let options = json!([{"text": "A", "isRight": true, "feedback": "Told"}, {"text": "B"}]);
    let input = json!({"quizId": quiz, "content": {"multipleChoice": {"options": options}}, "explanation": "Told"});
    let question = adds_question(&tomas, &input).await;
    does(&tomas, "publishQuiz", &format!("id: \"{quiz}\""), "").await.data();
    let query = format!("{{ node(id: \"{quiz}\") {{ ... on Quiz {{ versions {{ nodes {{ id }} }} }} }} }}");
    let version = tomas.ask(&query).await.at("/node/versions/nodes/0/id").clone();
    let learner = format!(
        "{{ quiz: node(id: \"{quiz}\") {{ ... on Quiz {{ title questionCount questions {{ id }} draws {{ id }}
            versions {{ totalCount nodes {{ content {{ items {{ questions {{ explanation }} }} }} }} }} }} }}
        question: node(id: \"{question}\") {{ id }} version: node(id: {version}) {{ id }}
        course(id: \"{course}\") {{ questionBanks {{ totalCount nodes {{ id }} }} }} }}"
    );
    let none = json!({"totalCount": 0, "nodes": []});
    let wanted = json!({"quiz": {"title": "Quiz", "questionCount": 1, "questions": null, "draws": null, "versions": none},
        "question": null, "version": null, "course": {"questionBanks": none}});
    assert_eq!(ada.ask(&learner).await.data(), &wanted);
    let preview =
        format!("{{ previewGrade(questionId: \"{question}\", answer: {{multipleChoice: []}}) {{ points }} }}");
    assert_eq!(ada.ask(&preview).await.codes(), ["NOT_FOUND"]);
    let ready = format!("{{ quizPublishReadiness(id: \"{quiz}\") {{ ready }} }}");
    assert_eq!(ada.ask(&ready).await.codes(), ["NOT_FOUND"]);
}

/// The type that attempts will show questions by has no field that could hold a key, nor leads to one that has.
#[on_both]
async fn what_attempts_show_has_no_place_for_a_key(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.drafts("Rust").await;
    let quiz = creates_quiz(&tomas, &course, "Quiz").await;
    let items =
        json!([{"text": "first"}, {"text": "second"}, {"text": "third"}, {"text": "fourth"}, {"text": "fifth"}]);
    adds_question(&tomas, &json!({"quizId": quiz, "content": {"ordering": {"items": items}}, "explanation": "Told"}))
        .await;
    let types = "{ question: __type(name: \"AttemptQuestion\") { fields { name type { name ofType { name ofType { ofType { name } } } } } }
        option: __type(name: \"AttemptOption\") { fields { name } } }";
    let types = tomas.ask(types).await;
    let names = |at: &str| -> Vec<String> {
        types.at(at).as_array().unwrap().iter().map(|field| field["name"].as_str().unwrap().to_string()).collect()
    };
    let mut fields = names("/question/fields");
    fields.sort();
    let allowed = [
        // One's own.
        "answer",
        "gaps",
        "isMultiple",
        "maxCharacters",
        "options",
        "points",
        "prompts",
        "questionId",
        "questionText",
        "questionType",
    ];
    assert_eq!(fields, allowed);
    assert_eq!(names("/option/fields"), ["key", "text"]);
    // In the order of keys, which is by lot, and not in the right one that the row has.
    let query = format!(
        "{{ node(id: \"{quiz}\") {{ ... on Quiz {{ questions {{ preview {{ options {{ key text }} }} }} }} }} }}"
    );
    let shown = tomas.ask(&query).await.at("/node/questions/0/preview/options").as_array().unwrap().clone();
    let keys: Vec<&Value> = shown.iter().map(|option| &option["key"]).collect();
    assert!(keys.is_sorted_by(|one, other| one.as_str() < other.as_str()), "{keys:?}");
    assert!(!tomas.ask(&query).await.data().to_string().contains("Told"));
}
