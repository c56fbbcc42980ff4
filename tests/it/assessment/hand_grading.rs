//! What people say to what was handed in.

use chrono::Duration;
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

use super::{
    does,
    sitting::{School, begins, saves, sees, statements, submits},
};

/// A statement for a point and an essay for three.
fn questions() -> Vec<Value> {
    let essay = json!({"questionText": "Why?", "content": {"essay": {}}, "points": 3});
    vec![statements(1).remove(0), essay]
}

/// Somebody answers both and hands in: the attempt.
async fn hands_in(school: &School, person: &Person) -> String {
    let attempt = begins(person, &school.quiz).await;
    saves(person, &attempt, &school.questions[0], json!({"trueFalse": true}), 1).await.data();
    saves(person, &attempt, &school.questions[1], json!({"essay": "Because."}), 1).await.data();
    submits(person, &attempt).await.data();
    attempt
}

async fn queue(person: &Person, course: &str) -> Answer {
    let wanted = "totalCount nodes { id savedAt points question { questionText points answer { essay } }
        attempt { user { name } } claim { by { name } expiresAt } }";
    person.ask(&format!("{{ gradingQueue(courseId: \"{course}\") {{ {wanted} }} }}")).await
}

/// The ids of what waits, the oldest first.
async fn waiting(person: &Person, course: &str) -> Vec<String> {
    let queue = queue(person, course).await;
    let nodes = queue.at("/gradingQueue/nodes").as_array().unwrap();
    nodes.iter().map(|node| node["id"].as_str().unwrap().to_string()).collect()
}

async fn claims(person: &Person, answer: &str) -> Answer {
    does(person, "claimSubmission", &format!("answerId: \"{answer}\""), "answer { claim { by { name } expiresAt } }")
        .await
}

async fn grades(person: &Person, answer: &str, points: f64, feedback: &str) -> Answer {
    let fields = format!("answerId: \"{answer}\", points: {points:?}, feedback: \"{feedback}\"");
    does(person, "gradeAnswer", &fields, "answer { points isManual feedback claim { expiresAt } }").await
}

const GRADE: &str = "status score earnedScore percentage isPassed";

pub async fn makes(app: &TestApp, settings: &str) -> (School, Person) {
    let school = School::with(app, settings, &questions()).await;
    let asta = app.student("Asta").await;
    assert_eq!(school.tomas.appoints(&school.course, &asta, "ASSISTANT").await.user_errors(), [""; 0]);
    (school, asta)
}

#[on_both]
async fn what_waits_is_read_taken_and_graded(app: TestApp) {
    let (school, asta) = makes(&app, "passingScore: 75").await;
    let (ada, bob) = (school.learner("Ada").await, school.learner("Bob").await);
    let attempt = hands_in(&school, &ada).await;
    app.world.pass(Duration::minutes(1));
    hands_in(&school, &bob).await;
    let seen = queue(&asta, &school.course).await;
    let node = seen.at("/gradingQueue/nodes/0");
    let wanted = json!({"id": node["id"], "savedAt": "2026-07-01T12:00:00+00:00", "points": null,
        "question": {"questionText": "Why?", "points": 3.0, "answer": {"essay": "Because."}},
        "attempt": {"user": {"name": "Ada"}}, "claim": null});
    assert_eq!((node, seen.at("/gradingQueue/totalCount")), (&wanted, &json!(2)));
    let answer = node["id"].as_str().unwrap();
    let claimed = claims(&asta, answer).await;
    let claim = json!({"by": {"name": "Asta"}, "expiresAt": "2026-07-01T12:31:00+00:00"});
    assert_eq!(claimed.at("/claimSubmission/answer/claim"), &claim);
    assert_eq!(claims(&school.tomas, answer).await.user_errors(), ["ANSWER_CLAIMED"]);
    assert_eq!(grades(&school.tomas, answer, 1.0, "").await.user_errors(), ["ANSWER_CLAIMED"]);
    for points in [3.01, -1.0, 1.005] {
        assert_eq!(grades(&asta, answer, points, "").await.user_errors(), ["ANSWER_POINTS_INVALID"], "{points}");
    }
    let graded = grades(&asta, answer, 2.5, "Well argued.").await;
    let wanted = json!({"points": 2.5, "isManual": true, "feedback": "Well argued.", "claim": null});
    assert_eq!(graded.at("/gradeAnswer/answer"), &wanted);
    assert_eq!(waiting(&asta, &school.course).await.len(), 1);
    let done = json!({"status": "GRADED", "score": 3.5, "earnedScore": 3.5, "percentage": 87.5, "isPassed": true});
    assert_eq!(sees(&ada, &attempt, GRADE).await, done);
    let review = sees(&ada, &attempt, "reviews { points isManual feedback }").await;
    assert_eq!(review["reviews"][1], json!({"points": 2.5, "isManual": true, "feedback": "Well argued."}));
    // Learners have no part in it.
    assert_eq!(queue(&ada, &school.course).await.codes(), ["FORBIDDEN"]);
    assert_eq!(claims(&ada, answer).await.codes(), ["FORBIDDEN"]);
    assert_eq!(grades(&ada, answer, 3.0, "").await.codes(), ["FORBIDDEN"]);
    assert_eq!(grades(&bob, answer, 3.0, "").await.codes(), ["NOT_FOUND"]);
}

#[on_both]
async fn a_claim_ends_by_time_and_by_being_given_back(app: TestApp) {
    let (school, asta) = makes(&app, "").await;
    let ada = school.learner("Ada").await;
    hands_in(&school, &ada).await;
    let answer = waiting(&asta, &school.course).await.remove(0);
    let gives_back = async |person: &Person| {
        does(person, "unclaimSubmission", &format!("answerId: \"{answer}\""), "").await.user_errors().join(" ")
    };
    claims(&asta, &answer).await.data();
    assert_eq!(gives_back(&school.tomas).await, "ANSWER_NOT_CLAIMED");
    assert_eq!(gives_back(&asta).await, "");
    assert_eq!(claims(&school.tomas, &answer).await.user_errors(), [""; 0]);
    app.world.pass(Duration::minutes(30));
    assert_eq!(claims(&asta, &answer).await.user_errors(), [""; 0], "whose time is over has it no more");
    assert_eq!(grades(&school.tomas, &answer, 1.0, "").await.user_errors(), ["ANSWER_CLAIMED"]);
}

#[on_both]
async fn of_many_who_take_an_answer_at_once_one_gets_it(app: TestApp) {
    let (school, _) = makes(&app, "").await;
    let ada = school.learner("Ada").await;
    hands_in(&school, &ada).await;
    let answer = waiting(&school.tomas, &school.course).await.remove(0);
    let mut tasks = vec![];
    for number in 0..16 {
        let aide = app.student(&format!("Aide{number}")).await;
        school.tomas.appoints(&school.course, &aide, "ASSISTANT").await.data();
        let answer = answer.clone();
        tasks.push(tokio::spawn(async move { claims(&aide, &answer).await.user_errors().is_empty() }));
    }
    let mut got = 0;
    for task in tasks {
        got += i32::from(task.await.unwrap());
    }
    assert_eq!(got, 1);
}

#[on_both]
async fn learners_learn_of_it_when_grades_are_released(app: TestApp) {
    let (school, asta) = makes(&app, "showKeyAfter: RELEASE, passingScore: 50").await;
    let (ada, bob) = (school.learner("Ada").await, school.learner("Bob").await);
    let attempt = hands_in(&school, &ada).await;
    app.world.pass(Duration::minutes(1));
    let other = hands_in(&school, &bob).await;
    let answer = waiting(&asta, &school.course).await.remove(0);
    grades(&asta, &answer, 3.0, "Yes.").await.data();
    let hidden = json!({"status": "SUBMITTED", "score": 0.0, "earnedScore": 0.0, "percentage": 0.0, "isPassed": false,
        "reviews": []});
    let wanted = format!("{GRADE} reviews {{ points feedback }}");
    assert_eq!(sees(&ada, &attempt, &wanted).await, hidden);
    let shown = json!({"status": "GRADED", "score": 4.0, "earnedScore": 4.0, "percentage": 100.0, "isPassed": true});
    assert_eq!(sees(&asta, &attempt, GRADE).await, shown);
    let grade = format!("{{ node(id: \"{}\") {{ ... on Quiz {{ viewerGrade {{ score }} }} }} }}", school.quiz);
    assert_eq!(ada.ask(&grade).await.at("/node/viewerGrade"), &Value::Null);
    let release = format!("quizId: \"{}\"", school.quiz);
    let released = does(&asta, "releaseGrades", &release, "releasedCount waitingCount").await;
    assert_eq!(released.at("/releaseGrades/releasedCount"), 1);
    assert_eq!(released.at("/releaseGrades/waitingCount"), 1);
    assert_eq!(sees(&ada, &attempt, GRADE).await, shown);
    assert_eq!(ada.ask(&grade).await.at("/node/viewerGrade/score"), 4.0);
    assert_eq!(sees(&ada, &attempt, "reviews { feedback }").await["reviews"][1]["feedback"], "Yes.");
    assert_eq!(sees(&bob, &other, "status").await["status"], "SUBMITTED");
    assert_eq!(does(&ada, "releaseGrades", &release, "").await.codes(), ["FORBIDDEN"]);
}

#[on_both]
async fn a_score_that_is_set_stands_beside_the_one_that_was_earned(app: TestApp) {
    let (school, asta) = makes(&app, "passingScore: 100").await;
    let ada = school.learner("Ada").await;
    let attempt = hands_in(&school, &ada).await;
    let sets = async |fields: &str| {
        let fields = format!("attemptId: \"{attempt}\", {fields}");
        does(&asta, "overrideScore", &fields, "attempt { score }").await
    };
    assert_eq!(sets("score: 4.01, reason: \"x\"").await.user_errors(), ["OVERRIDE_SCORE_INVALID"]);
    assert_eq!(sets("score: 4, reason: \" \"").await.user_errors(), ["OVERRIDE_REASON_INVALID"]);
    assert_eq!(sets("score: 4, reason: \"The bell rang.\"").await.at("/overrideScore/attempt/score"), 4.0);
    let both = format!("{GRADE} scoreOverride {{ score reason setAt setBy {{ name }} }}");
    let wanted = json!({"status": "SUBMITTED", "score": 4.0, "earnedScore": 1.0, "percentage": 100.0, "isPassed": true,
        "scoreOverride": {"score": 4.0, "reason": "The bell rang.", "setAt": "2026-07-01T12:00:00+00:00", "setBy": {"name": "Asta"}}});
    assert_eq!(sees(&ada, &attempt, &both).await, wanted);
    // What is graded meanwhile is earned, and does not count.
    let answer = waiting(&asta, &school.course).await.remove(0);
    grades(&asta, &answer, 1.0, "").await.data();
    let seen = sees(&ada, &attempt, GRADE).await;
    let wanted = json!({"status": "GRADED", "score": 4.0, "earnedScore": 2.0, "percentage": 100.0, "isPassed": true});
    assert_eq!(seen, wanted);
    assert_eq!(sets("reason: \"It did not.\"").await.at("/overrideScore/attempt/score"), 2.0);
    let wanted = json!({"status": "GRADED", "score": 2.0, "earnedScore": 2.0, "percentage": 50.0, "isPassed": false,
        "scoreOverride": null});
    assert_eq!(sees(&ada, &attempt, &both).await, wanted);
}

#[on_both]
async fn results_questions_and_a_table_for_the_staff(app: TestApp) {
    let choice = json!({"questionText": "Which?", "points": 1,
        "content": {"multipleChoice": {"options": [{"text": "A", "isRight": true}, {"text": "B"}]}}});
    let school = School::with(&app, "maxAttempts: 2, passingScore: 100", &[choice, statements(1).remove(0)]).await;
    for number in 0..5 {
        let name = if number == 4 { "=HYPERLINK(1)".into() } else { format!("Ada{number}") };
        let person = school.learner(&format!("Ada{number}")).await;
        let rename = "mutation ($name: String!) { updateProfile(input: {displayName: $name}) { userErrors { code } } }";
        assert_eq!(person.ask_with(rename, json!({"name": name})).await.user_errors(), [""; 0]);
        let attempt = begins(&person, &school.quiz).await;
        let asked = sees(&person, &attempt, "questions { options { key text } }").await;
        let options = asked["questions"][0]["options"].as_array().unwrap();
        let wanted = if number < 3 { "A" } else { "B" };
        let key = &options.iter().find(|option| option["text"] == wanted).unwrap()["key"];
        saves(&person, &attempt, &school.questions[0], json!({"multipleChoice": [key]}), 1).await.data();
        saves(&person, &attempt, &school.questions[1], json!({"trueFalse": number < 3}), 1).await.data();
        submits(&person, &attempt).await.data();
        app.world.pass(Duration::minutes(1));
    }
    let quiz = &school.quiz;
    let items = format!(
        "{{ itemAnalysis(quizId: \"{quiz}\") {{ questionText attemptCount facility discrimination options {{ text count }} }} }}"
    );
    let of_choice = json!({"questionText": "Which?", "attemptCount": 5, "facility": 0.6, "discrimination": 1.0,
        "options": [{"text": "A", "count": 3}, {"text": "B", "count": 2}]});
    let items = school.tomas.ask(&items).await;
    assert_eq!(items.at("/itemAnalysis/0"), &of_choice);
    assert_eq!(items.at("/itemAnalysis/1/options"), &json!([]));
    let results = format!(
        "{{ quizResults(quizId: \"{quiz}\", first: 1) {{ totalCount nodes {{ user {{ name }} grade {{ percentage isPassed attemptCount }} }} }} }}"
    );
    let first = json!({"user": {"name": "Ada0"}, "grade": {"percentage": 100.0, "isPassed": true, "attemptCount": 1}});
    let wanted = json!({"totalCount": 5, "nodes": [first]});
    assert_eq!(school.tomas.ask(&results).await.at("/quizResults"), &wanted);
    let export = format!("{{ exportGrades(quizId: \"{quiz}\") {{ content mimeType }} }}");
    let table = school.tomas.ask(&export).await.at("/exportGrades/content").as_str().unwrap().to_string();
    let mut lines = table.lines();
    let (header, names) = (lines.next().unwrap(), lines.map(|line| line.split(',').nth(1).unwrap()));
    assert!(header.starts_with("user_id,name,attempt_id,"), "{header}");
    assert_eq!(names.collect::<Vec<_>>(), ["'=HYPERLINK(1)", "Ada0", "Ada1", "Ada2", "Ada3"]);
    let learner = school.learner("Max").await;
    for query in [&results, &export] {
        assert_eq!(learner.ask(query).await.codes(), ["FORBIDDEN"]);
    }
}
