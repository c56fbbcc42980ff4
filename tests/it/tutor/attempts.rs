//! While somebody sits a quiz that counts.

use assessment::{AttemptStatus, QuizType, quiz, quiz_attempt};
use kernel::{CourseId, EntityId};
use sea_orm::{ConnectionTrait, Set};
use serde_json::json;
use testkit::{Answer, Reply, TestApp, on_both};

use super::{Class, asks, asks_at, ids, seen};

const QUESTION: &str = "Who is the owner of a value?";

async fn sits(class: &Class, quiz_type: QuizType) {
    let mut tx = class.app.tx().await;
    let quiz_id = tx.new_id().unwrap();
    let quiz = quiz::ActiveModel {
        id: Set(quiz_id),
        course_id: Set(CourseId::from_wire(&class.course).unwrap()),
        title: Set("Quiz".into()),
        quiz_type: Set(quiz_type),
        ..Default::default()
    };
    let attempt = quiz_attempt::ActiveModel {
        id: Set(tx.new_id().unwrap()),
        user_id: Set(class.ada.id),
        quiz_id: Set(quiz_id),
        attempt_number: Set(1),
        status: Set(AttemptStatus::InProgress),
        started_at: Set(tx.now),
        quiz_version: Set(1),
        seed: Set(1),
        ..Default::default()
    };
    let (quiz, attempt) = (tx.stamp(quiz, tx.now), tx.stamp(attempt, tx.now));
    tx.insert_all(vec![quiz]).await.unwrap();
    tx.insert_all(vec![attempt]).await.unwrap();
    tx.commit().await.unwrap();
}

async fn sets(class: &Class, policy: &str) -> Answer {
    let query = "mutation ($input: SetTutorPolicyInput!) { setTutorPolicy(input: $input) {
        tutorPolicy { duringAttempts isOpenToStaff } userErrors { code } } }";
    let input = json!({"courseId": class.course, "duringAttempts": policy});
    class.tomas.ask_with(query, json!({"input": input})).await
}

#[on_both]
async fn the_tutor_is_silent_unless_the_course_says_otherwise(app: TestApp) {
    let class = Class::open(&app).await;
    sits(&class, QuizType::Practice).await;
    assert_eq!(class.answers(QUESTION).await["restriction"], "ALLOWED", "practice does not count");
    sits(&class, QuizType::Graded).await;
    let policy = class
        .ada
        .ask(&format!("{{ tutorPolicy(courseId: \"{}\") {{ duringAttempts isOpenToStaff }} }}", class.course))
        .await;
    assert_eq!(policy.at("/tutorPolicy"), &json!({"duringAttempts": "BLOCKED", "isOpenToStaff": false}));
    let refused = asks(&class.ada, &class.course, None, QUESTION).await;
    assert_eq!(refused.at("/askTutor/userErrors/0/code"), "TUTOR_BLOCKED");
    let set = sets(&class, "HINTS").await;
    assert_eq!(set.at("/setTutorPolicy/tutorPolicy"), &json!({"duringAttempts": "HINTS", "isOpenToStaff": false}));
    let hint = class.answers(QUESTION).await;
    assert_eq!(hint["restriction"], "HINTS");
    assert_eq!(hint["response"], "You sit a quiz that counts, so I only say where to look:\n\n- Ownership [1]\n");
    sets(&class, "ALLOWED").await.data();
    assert_eq!(class.answers(QUESTION).await["restriction"], "ALLOWED");
    // Over is over, handed in or not.
    sets(&class, "BLOCKED").await.data();
    let end = "UPDATE quiz_attempts SET expires_at = started_at, grace_period = 60";
    app.db().write().execute_unprepared(end).await.unwrap();
    let refused = asks(&class.ada, &class.course, None, QUESTION).await;
    assert_eq!(refused.at("/askTutor/userErrors/0/code"), "TUTOR_BLOCKED", "answers are still taken");
    app.world.pass(chrono::Duration::seconds(60));
    assert_eq!(class.answers(QUESTION).await["restriction"], "ALLOWED");
}

#[on_both]
async fn who_asks_and_then_begins_a_quiz_gets_no_answer(app: TestApp) {
    let class = Class::open(&app).await;
    let (app, server) = super::with_model(&app, []).await;
    let (message, _) = ids(&asks(&class.ada, &class.course, None, QUESTION).await);
    sits(&class, QuizType::Final).await;
    app.run_jobs().await;
    let answer = seen(&class.ada, &message).await;
    assert_eq!([&answer["state"], &answer["failure"], &answer["response"]], ["FAILED", "ATTEMPT_OPEN", ""]);
    assert_eq!(server.asked(), []);
}

#[on_both]
async fn a_model_is_told_to_give_hints(app: TestApp) {
    let class = Class::open(&app).await;
    let (app, server) = super::with_model(&app, []).await;
    sets(&class, "HINTS").await.data();
    sits(&class, QuizType::Graded).await;
    super::answers(&app, &class.ada, &class.course, QUESTION).await;
    let system = server.asked()[0].body["messages"][0]["content"].as_str().unwrap().to_string();
    assert!(system.contains("solve nothing"), "{system}");
}

/// An answer that comes while a quiz is begun ends as the course wants it during quizzes; another course is none of its business.
#[on_both]
async fn who_begins_a_quiz_while_an_answer_comes_gets_no_more_of_it(app: TestApp) {
    let class = Class::open(&app).await;
    let slowly = Reply::says_slowly(&["A value ", "has one owner [1]."]);
    let (app, server) = super::with_model(&app, [slowly.clone(), slowly]).await;
    let mut before = 0;
    for (policy, ends) in [
        (
            "HINTS",
            json!([
                "COMPLETE",
                null,
                "HINTS",
                "You sit a quiz that counts, so I only say where to look:\n\n- Ownership [1]\n"
            ]),
        ),
        ("BLOCKED", json!(["FAILED", "ATTEMPT_OPEN", "ALLOWED", ""])),
    ] {
        sets(&class, policy).await.data();
        app.db().write().execute_unprepared("DELETE FROM quiz_attempts").await.unwrap();
        let (message, _) = ids(&asks_at(&app, &class.ada, &class.course, None, QUESTION).await);
        let worker = app.clone();
        let work = tokio::spawn(async move { worker.run_jobs().await });
        while seen(&class.ada, &message).await["response"] != "A value " {
            tokio::task::yield_now().await;
        }
        sits(&class, QuizType::Graded).await;
        server.goes_on(1);
        work.await.unwrap();
        let answer = seen(&class.ada, &message).await;
        assert_eq!(
            json!([answer["state"], answer["failure"], answer["restriction"], answer["response"]]),
            ends,
            "{policy}"
        );
        let (days, _) = super::models::counted(&app).await;
        assert_eq!(json!(days), json!([[0, before + answer["tokensUsed"].as_i64().unwrap()]]), "{policy}");
        assert!(days[0][1] > before, "what was said was said by a model: {policy}");
        before = days[0][1];
    }
}
