//! Questions that a machine proposes: for whom, of what, and that nothing comes of them without a person.

use std::sync::Arc;

use ai::budgeting::SchoolBudget;
use chrono::Duration;
use serde_json::{Value, json};
use testkit::{Answer, ModelServer, Person, Reply, TestApp, on_both};

use crate::assessment::creates_quiz;

pub const OWNERSHIP: &str =
    "Ownership is the most unusual feature of Rust. Each value in Rust has exactly one owner at a time.";
const ERRORS: &str = "Panics unwind the stack unless the program was told to abort instead.";

/// A course with two sections that say something, and who teaches it.
pub struct School {
    pub app: TestApp,
    pub tomas: Person,
    pub course: String,
    pub ownership: String,
    pub errors: String,
}

pub async fn school(app: &TestApp) -> School {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    let ownership = section(&tomas, &course, "Ownership", OWNERSHIP).await;
    let errors = section(&tomas, &course, "Errors", ERRORS).await;
    School { app: app.clone(), tomas, course, ownership, errors }
}

async fn section(person: &Person, course: &str, title: &str, description: &str) -> String {
    let query = "mutation ($input: CreateSectionInput!) { createSection(input: $input) { section { id } userErrors { code } } }";
    let input = json!({"courseId": course, "title": title, "description": description});
    let answer = person.ask_with(query, json!({"input": input})).await;
    answer.at("/createSection/section/id").as_str().unwrap().to_string()
}

impl School {
    /// The same with a language model behind it.
    fn with(&self, server: &ModelServer) -> Self {
        let model = server.model(self.app.world.clone());
        let app = self.app.tuned(|app| app.model = Some(model as Arc<dyn ai::Model>));
        let Self { tomas, course, ownership, errors, .. } = self;
        let [course, ownership, errors] = [course, ownership, errors].map(Clone::clone);
        Self { app, tomas: tomas.clone(), course, ownership, errors }
    }

    pub async fn ask(&self, person: &Person, query: &str, variables: Value) -> Answer {
        self.app.ask_as(&person.viewer, query, variables).await
    }

    async fn suggests(&self, person: &Person, more: Value) -> Answer {
        let mut input = json!({"courseId": self.course, "count": 3});
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let query = "mutation ($input: SuggestQuestionsInput!) { suggestQuestions(input: $input) {
            run { id status model wanted suggestions { id } } userErrors { code field } } }";
        self.ask(person, query, json!({"input": input})).await
    }

    /// Has questions made; what came of it.
    pub async fn made(&self, more: Value) -> Value {
        let answer = self.suggests(&self.tomas, more).await;
        let id = answer.at("/suggestQuestions/run/id").clone();
        self.app.run_jobs().await;
        let query = "query ($id: ID!) { suggestionRun(id: $id) { status model wanted errorCode error createdBy { name }
            course { title } suggestions { id status questionType text options correctAnswers explanation
                source { kind title quote stale startOffset endOffset section { title } } question { id } } } }";
        self.ask(&self.tomas, query, json!({"id": id})).await.at("/suggestionRun").clone()
    }

    async fn used(&self) -> Value {
        let query = "query ($id: ID!) { aiBudget(courseId: $id) { ofCourse { tokensUsed tokensLeft } } }";
        self.ask(&self.tomas, query, json!({"id": self.course})).await.at("/aiBudget/ofCourse").clone()
    }

    /// The texts of what is listed, with this variable.
    async fn listed(&self, person: &Person, status: Option<&str>) -> (Value, Vec<String>) {
        let query = "query ($id: ID!, $status: QuestionSuggestionStatus) {
            questionSuggestions(courseId: $id, status: $status) { totalCount nodes { id text status } } }";
        let answer = self.ask(person, query, json!({"id": self.course, "status": status})).await;
        let nodes = answer.at("/questionSuggestions/nodes").as_array().unwrap().clone();
        let texts = nodes.iter().map(|node| node["text"].as_str().unwrap().to_string()).collect();
        (answer.at("/questionSuggestions/totalCount").clone(), texts)
    }
}

fn suggestion(run: &Value, number: usize) -> &str {
    run["suggestions"][number]["id"].as_str().unwrap()
}

#[on_both]
async fn without_a_model_they_are_the_courses_own_sentences_and_say_so(app: TestApp) {
    let school = school(&app).await;
    let first = school.suggests(&school.tomas, json!({"sectionIds": [school.errors]})).await;
    let run = first.at("/suggestQuestions/run");
    assert_eq!((&run["status"], &run["model"], &run["suggestions"]), (&json!("RUNNING"), &json!(null), &json!([])));
    app.run_jobs().await;
    let run = school.made(json!({"sectionIds": [school.ownership], "count": 20})).await;
    let source = |quote: &str| {
        json!({"kind": "SECTION", "title": "Ownership", "quote": quote, "stale": false, "startOffset": 0,
            "endOffset": OWNERSHIP.len(), "section": {"title": "Ownership"}})
    };
    let [unusual, value] =
        ["Ownership is the most unusual feature of Rust.", "Each value in Rust has exactly one owner at a time."];
    let explanation = |quote: &str| format!("The course says: \"{quote}\"");
    let wanted = json!({
        "status": "READY", "model": null, "wanted": 20, "errorCode": null, "error": null,
        "createdBy": {"name": "Tomas"}, "course": {"title": "Rust"},
        "suggestions": [
            {"id": suggestion(&run, 0), "status": "PENDING", "questionType": "FILL_IN", "options": [],
                "text": "{{1}} is the most unusual feature of Rust.", "correctAnswers": ["Ownership"],
                "explanation": explanation(unusual), "source": source(unusual), "question": null},
            {"id": suggestion(&run, 1), "status": "PENDING", "questionType": "TRUE_FALSE", "options": [],
                "text": value, "correctAnswers": ["true"],
                "explanation": explanation(value), "source": source(value), "question": null},
        ],
    });
    assert_eq!(run, wanted);
    let zero = json!({"tokensUsed": 0, "tokensLeft": 20_000_000});
    assert_eq!(school.used().await, zero, "nobody was asked");
}

#[on_both]
async fn a_model_is_sent_what_was_asked_about_and_nothing_else(app: TestApp) {
    let school = school(&app).await;
    let questions = json!([
        {"passage": 0, "quote": "exactly one owner", "type": "multiple_choice", "question": "How many owners has a value?",
            "options": ["One", "Two", "Any number"], "answer": "One", "explanation": "At a time."},
        {"passage": 7, "type": "true_false", "question": "Of a passage that was not sent.", "answer": true},
        {"passage": 0, "type": "short_answer", "question": "What is unusual about Rust?", "answer": "ownership"},
    ]);
    let server = ModelServer::start([Reply::says(&["Gladly:\n", &questions.to_string()])]).await;
    let run = school.with(&server).made(json!({"sectionIds": [school.ownership]})).await;
    assert_eq!((&run["status"], &run["model"]), (&json!("READY"), &json!("test-model")));
    let texts: Vec<_> = run["suggestions"].as_array().unwrap().iter().map(|one| &one["text"]).collect();
    assert_eq!(texts, ["How many owners has a value?", "What is unusual about Rust?"]);
    let first = &run["suggestions"][0];
    let told = [&first["options"], &first["correctAnswers"], &first["source"]["quote"]];
    assert_eq!(told, [&json!(["One", "Two", "Any number"]), &json!(["One"]), &json!("exactly one owner")]);
    assert_eq!(school.used().await["tokensUsed"], 18);
    let asked = server.asked();
    let messages = asked[0].body["messages"].as_array().unwrap();
    let sent: Value = serde_json::from_str(messages[1]["content"].as_str().unwrap()).unwrap();
    let passages = json!([{"number": 0, "from": "Ownership", "text": OWNERSHIP}]);
    assert_eq!(sent, json!({"passages": passages, "most_questions": 3}));
    assert_eq!((messages.len(), asked.len()), (2, 1));
}

#[on_both]
async fn what_fails_says_why_and_costs_only_what_was_used(app: TestApp) {
    let school = school(&app).await;
    let replies = [Reply::Fails(401, None), Reply::breaks_after(&["[{"]), Reply::says(&["I would rather not."])];
    let server = ModelServer::start(replies).await;
    let asking = school.with(&server);
    for (code, used) in [("AI_UNAVAILABLE", 0), ("AI_UNAVAILABLE", 0), ("SUGGESTIONS_UNREADABLE", 18)] {
        let run = asking.made(json!({})).await;
        assert_eq!((&run["status"], &run["errorCode"]), (&json!("FAILED"), &json!(code)));
        assert_eq!(school.used().await, json!({"tokensUsed": used, "tokensLeft": 20_000_000 - used}));
    }
    let poor = School {
        app: asking.app.tuned(|app| {
            app.model = asking.app.app.model.clone();
            app.ai_budget = SchoolBudget { learner_daily_tokens: 100, course_monthly_tokens: 100 };
        }),
        ..asking
    };
    let run = poor.made(json!({})).await;
    let says = "There is not enough left of your tokens for this course and today: there is more from 2026-07-02T00:00:00Z on.";
    assert_eq!((&run["errorCode"], &run["error"]), (&json!("BUDGET_EXCEEDED"), &json!(says)));
    assert_eq!(server.asked().len(), 3);
    let empty = School { course: school.tomas.drafts("Engines").await, app, ..poor };
    assert_eq!(empty.made(json!({})).await["errorCode"], "SUGGESTIONS_NOTHING");
}

#[on_both]
async fn one_request_is_under_way_at_a_time_and_asks_for_what_there_is(app: TestApp) {
    let school = school(&app).await;
    let other = school.tomas.adds_section(&school.tomas.drafts("Engines").await, "Elsewhere").await;
    for (input, codes) in
        [(json!({"count": 0}), ["SUGGESTION_COUNT_INVALID"]), (json!({"count": 21}), ["SUGGESTION_COUNT_INVALID"])]
    {
        assert_eq!(school.suggests(&school.tomas, input).await.user_errors(), codes);
    }
    assert_eq!(school.suggests(&school.tomas, json!({"sectionIds": [other]})).await.codes(), ["NOT_FOUND"]);
    let twice = json!({"sectionIds": [school.errors, school.errors]});
    assert_eq!(school.suggests(&school.tomas, twice).await.user_errors(), [""; 0]);
    assert_eq!(school.suggests(&school.tomas, json!({})).await.user_errors(), ["SUGGESTIONS_UNDERWAY"]);
    // Its job was lost: after an hour nobody waits for it any more.
    app.world.pass(Duration::hours(1));
    assert_eq!(school.suggests(&school.tomas, json!({})).await.user_errors(), [""; 0]);
    app.run_jobs().await;
    assert_eq!(school.suggests(&school.tomas, json!({})).await.user_errors(), [""; 0]);
}

#[on_both]
async fn only_who_works_on_the_course_sees_them_and_only_who_may_change_it_decides(app: TestApp) {
    let school = school(&app).await;
    let run = school.made(json!({})).await;
    let (aide, eve) = (app.student("Aida").await, app.student("Eve").await);
    school.tomas.appoints(&school.course, &aide, "ASSISTANT").await.data();
    assert_eq!(school.listed(&aide, None).await.0, 3);
    assert_eq!(school.listed(&eve, None).await, (json!(0), vec![]));
    let id = suggestion(&run, 0);
    let node = "query ($id: ID!) { node(id: $id) { __typename } }";
    assert_eq!(school.ask(&eve, node, json!({"id": id})).await.at("/node"), &json!(null));
    assert_eq!(school.ask(&aide, node, json!({"id": id})).await.at("/node/__typename"), "QuestionSuggestion");
    assert_eq!(rejects(&school, &eve, id).await.codes(), ["NOT_FOUND"]);
    assert_eq!(rejects(&school, &aide, id).await.codes(), ["FORBIDDEN"]);
    assert_eq!(school.suggests(&eve, json!({})).await.codes(), ["FORBIDDEN"]);
    assert_eq!(school.suggests(&aide, json!({})).await.codes(), ["FORBIDDEN"]);
}

/// Neither does a model repeat itself, nor the built-in program: whatever became of what it proposed.
#[on_both]
async fn what_was_proposed_is_not_proposed_again(app: TestApp) {
    let school = school(&app).await;
    let texts = |run: &Value| -> Vec<String> {
        let all = run["suggestions"].as_array().unwrap();
        all.iter().map(|one| one["text"].as_str().unwrap().to_string()).collect()
    };
    let one = |text: &str, quote: &str| json!({"passage": 0, "quote": quote, "type": "short_answer", "question": text, "answer": "one"});
    let first =
        json!([one("How many owners?", ""), one("how many  OWNERS", ""), one("Made up?", "two owners at a time")]);
    let second = json!([one("How many owners ?", ""), one("How many at a time?", "exactly  one owner")]);
    let server =
        ModelServer::start([first, second.clone(), second].map(|said| Reply::says(&[&said.to_string()]))).await;
    let asking = school.with(&server);
    let about = json!({"sectionIds": [school.ownership]});
    let run = asking.made(about.clone()).await;
    assert_eq!(texts(&run), ["How many owners?"]);
    assert_eq!(rejects(&school, &school.tomas, suggestion(&run, 0)).await.user_errors(), [""; 0]);
    assert_eq!(texts(&asking.made(about.clone()).await), ["How many at a time?"]);
    assert_eq!(asking.made(about.clone()).await["errorCode"], "SUGGESTIONS_NOTHING");
    // Without a model the next ones come, until there are no more.
    let about = json!({"sectionIds": [school.ownership], "count": 1});
    assert_eq!(texts(&school.made(about.clone()).await), ["{{1}} is the most unusual feature of Rust."]);
    assert_eq!(texts(&school.made(about.clone()).await), ["Each value in Rust has exactly one owner at a time."]);
    assert_eq!(school.made(about).await["errorCode"], "SUGGESTIONS_NOTHING");
}

async fn rejects(school: &School, person: &Person, id: &str) -> Answer {
    let query = "mutation ($id: ID!) { rejectSuggestion(input: {id: $id}) {
        suggestion { status decidedAt decidedBy { name } } userErrors { code field } } }";
    school.ask(person, query, json!({"id": id})).await
}

#[on_both]
async fn what_is_rejected_stays_rejected(app: TestApp) {
    let school = school(&app).await;
    let run = school.made(json!({})).await;
    let id = suggestion(&run, 1);
    let wanted = json!({"suggestion": {"status": "REJECTED", "decidedAt": "2026-07-01T12:00:00+00:00",
        "decidedBy": {"name": "Tomas"}}, "userErrors": []});
    assert_eq!(rejects(&school, &school.tomas, id).await.at("/rejectSuggestion"), &wanted);
    assert_eq!(rejects(&school, &school.tomas, id).await.user_errors(), ["SUGGESTION_DECIDED"]);
    assert_eq!(school.listed(&school.tomas, Some("REJECTED")).await.0, 1);
    assert_eq!(school.listed(&school.tomas, Some("PENDING")).await.0, 2);
}

#[on_both]
async fn a_source_that_has_changed_since_is_stale(app: TestApp) {
    let school = school(&app).await;
    let run = school.made(json!({"sectionIds": [school.errors], "count": 1})).await;
    let query = "mutation ($id: ID!) { updateSection(input: {id: $id, description: \"All is different by now.\"}) { userErrors { code } } }";
    assert_eq!(school.tomas.ask_with(query, json!({"id": school.errors})).await.user_errors(), [""; 0]);
    let query = "query ($id: ID!) { node(id: $id) { ... on QuestionSuggestion { text source { quote stale } } } }";
    let seen = school.ask(&school.tomas, query, json!({"id": suggestion(&run, 0)})).await;
    assert_eq!(seen.at("/node/source"), &json!({"quote": ERRORS, "stale": true}));
}

async fn accepts(school: &School, person: &Person, id: &str, quiz: &str) -> Answer {
    let query = "mutation ($input: AcceptSuggestionInput!) { acceptSuggestion(input: $input) {
        suggestion { status decidedBy { name } question { id } }
        question { id questionText questionType points explanation content {
            ... on FillInContent { gaps { name accepted } } ... on TrueFalseContent { isTrue }
            ... on ShortAnswerContent { accepted isReviewed }
            ... on MultipleChoiceContent { options { text isRight } isMultiple } } }
        userErrors { code field } } }";
    school.ask(person, query, json!({"input": {"id": id, "quizId": quiz}})).await
}

/// What is in a quiz.
async fn asked_in(school: &School, quiz: &str) -> Value {
    let query = "query ($id: ID!) { node(id: $id) { ... on Quiz { isPublished questionCount version } } }";
    school.ask(&school.tomas, query, json!({"id": quiz})).await.at("/node").clone()
}

#[on_both]
async fn what_is_accepted_is_a_question_of_the_quiz_and_published_by_a_person(app: TestApp) {
    let school = school(&app).await;
    let quiz = creates_quiz(&school.tomas, &school.course, "Ownership").await;
    let run = school.made(json!({"sectionIds": [school.ownership]})).await;
    assert_eq!(asked_in(&school, &quiz).await["questionCount"], 0, "nothing comes of a proposal");
    let id = suggestion(&run, 0);
    let answer = accepts(&school, &school.tomas, id, &quiz).await;
    let question = answer.at("/acceptSuggestion/question/id").clone();
    let wanted = json!({
        "suggestion": {"status": "ACCEPTED", "decidedBy": {"name": "Tomas"}, "question": {"id": question}},
        "question": {"id": question, "questionText": "{{1}} is the most unusual feature of Rust.", "questionType": "FILL_IN",
            "points": 1.0, "explanation": "The course says: \"Ownership is the most unusual feature of Rust.\"",
            "content": {"gaps": [{"name": "1", "accepted": ["Ownership"]}]}},
        "userErrors": [],
    });
    assert_eq!(answer.at("/acceptSuggestion"), &wanted);
    assert_eq!(asked_in(&school, &quiz).await, json!({"isPublished": false, "questionCount": 1, "version": 2}));
    for _ in 0..2 {
        assert_eq!(accepts(&school, &school.tomas, id, &quiz).await.user_errors(), ["SUGGESTION_DECIDED"]);
    }
    assert_eq!(rejects(&school, &school.tomas, id).await.user_errors(), ["SUGGESTION_DECIDED"]);
    assert_eq!(asked_in(&school, &quiz).await["questionCount"], 1, "once");
    assert_eq!(school.listed(&school.tomas, Some("ACCEPTED")).await.0, 1);
}

#[on_both]
async fn each_type_that_a_model_writes_becomes_a_question(app: TestApp) {
    let school = school(&app).await;
    let quiz = creates_quiz(&school.tomas, &school.course, "Ownership").await;
    let one = |of: Value| {
        let mut one = json!({"passage": 0, "question": "Q", "answer": "one"});
        one.as_object_mut().unwrap().extend(of.as_object().unwrap().clone());
        one
    };
    let questions = json!([
        one(json!({"type": "multiple_choice", "options": ["one", "two"]})),
        one(json!({"type": "true_false", "question": "Is it so?", "answer": false})),
        one(json!({"type": "short_answer", "question": "How many?"})),
        one(json!({"type": "fill_in", "question": "A value has ____ owner."})),
    ]);
    let server = ModelServer::start([Reply::says(&[&questions.to_string()])]).await;
    let run = school.with(&server).made(json!({"count": 4})).await;
    let mut contents = vec![];
    for number in 0..4 {
        let answer = accepts(&school, &school.tomas, suggestion(&run, number), &quiz).await;
        contents.push(answer.at("/acceptSuggestion/question/content").clone());
    }
    let wanted = [
        json!({"options": [{"text": "one", "isRight": true}, {"text": "two", "isRight": false}], "isMultiple": false}),
        json!({"isTrue": false}),
        json!({"accepted": ["one"], "isReviewed": false}),
        json!({"gaps": [{"name": "1", "accepted": ["one"]}]}),
    ];
    assert_eq!(contents, wanted);
}

#[on_both]
async fn what_can_not_become_a_question_stays_pending(app: TestApp) {
    let school = school(&app).await;
    let quiz = creates_quiz(&school.tomas, &school.course, "Ownership").await;
    let other = school.tomas.drafts("Engines").await;
    let elsewhere = creates_quiz(&school.tomas, &other, "Engines").await;
    let run = school.made(json!({})).await;
    let id = suggestion(&run, 0);
    let aide = app.student("Aida").await;
    school.tomas.appoints(&school.course, &aide, "ASSISTANT").await.data();
    assert_eq!(accepts(&school, &school.tomas, id, &elsewhere).await.user_errors(), ["SUGGESTION_QUIZ_ELSEWHERE"]);
    assert_eq!(accepts(&school, &aide, id, &quiz).await.codes(), ["FORBIDDEN"]);
    assert_eq!(accepts(&school, &app.student("Eve").await, id, &quiz).await.codes(), ["NOT_FOUND"]);
    assert_eq!(school.listed(&school.tomas, Some("PENDING")).await.0, 3);
    let mut tasks = tokio::task::JoinSet::new();
    let school = Arc::new(school);
    for _ in 0..8 {
        let (school, id, quiz) = (school.clone(), id.to_string(), quiz.clone());
        tasks.spawn(async move { accepts(&school, &school.tomas, &id, &quiz).await.user_errors().len() });
    }
    let refused: usize = tasks.join_all().await.into_iter().sum();
    assert_eq!((refused, &asked_in(&school, &quiz).await["questionCount"]), (7, &json!(1)), "of many at once one");
}
