//! Regrades, and what comes after them: who hands in then, and versions that are published then.

use std::sync::Arc;

use assessment::{
    question::Content,
    regrading::{NewChange, Regrade, Wanted, regrade_quiz},
};
use kernel::{EntityId, Tx, World};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::json;
use testkit::{TestApp, on_both};

use super::{hands_in, is_true, key, regraded};
use crate::assessment::{
    does,
    sitting::{School, begins, saves, sees, statements, submits},
};

#[on_both]
async fn an_attempt_under_way_is_graded_so_and_a_new_version_has_what_its_author_wrote(app: TestApp) {
    let school = School::with(&app, "maxAttempts: 3", &statements(2)).await;
    let ada = school.learner("Ada").await;
    let attempt = begins(&ada, &school.quiz).await;
    let excluded = json!([{"drop": {"questionId": school.questions[0], "credit": "EXCLUDED"}}]);
    regraded(&school.tomas, &school.quiz, excluded).await;
    assert_eq!(sees(&ada, &attempt, "maxScore").await["maxScore"], 1.0);
    saves(&ada, &attempt, &school.questions[1], is_true(true), 1).await.data();
    submits(&ada, &attempt).await.data();
    let seen = sees(&ada, &attempt, "percentage regrades { reason }").await;
    assert_eq!(seen, json!({"percentage": 100.0, "regrades": []}), "it never came to anything else");

    // What is published anew without another word is the same question still: the regrade holds.
    let publishes = async || {
        let published = does(&school.tomas, "publishQuiz", &format!("id: \"{}\"", school.quiz), "").await;
        assert_eq!(published.user_errors(), [""; 0]);
    };
    let update = |fields: &str| format!("id: \"{}\", {fields}", school.questions[0]);
    let reworded = async |fields: &str| {
        assert_eq!(does(&school.tomas, "updateQuestion", &update(fields), "").await.user_errors(), [""; 0]);
        publishes().await;
    };
    reworded("explanation: \"It is a digit.\"").await;
    let second = begins(&ada, &school.quiz).await;
    assert_eq!(sees(&ada, &second, "quizVersion maxScore").await, json!({"quizVersion": 2, "maxScore": 1.0}));
    submits(&ada, &second).await.data();
    // What its author has written since counts as they wrote it.
    reworded("questionText: \"Is 0 a letter?\", content: {trueFalse: {isTrue: false}}").await;
    let third = begins(&ada, &school.quiz).await;
    assert_eq!(sees(&ada, &third, "quizVersion maxScore").await, json!({"quizVersion": 3, "maxScore": 2.0}));
    saves(&ada, &third, &school.questions[0], is_true(false), 1).await.data();
    submits(&ada, &third).await.data();
    let mark = |score: f64, most: f64| json!({"score": score, "maxScore": most});
    assert_eq!(sees(&ada, &third, "score maxScore").await, mark(1.0, 2.0));
    assert_eq!(sees(&ada, &attempt, "score maxScore").await, mark(1.0, 1.0), "and what was stays");
}

/// The key that an author has given a new version is not that of a regrade of the old one; a regrade of the new one looks at it.
#[on_both]
async fn a_new_key_is_its_authors_and_can_be_regraded_again(app: TestApp) {
    let school = School::with(&app, "maxAttempts: 3", &statements(1)).await;
    let ada = school.learner("Ada").await;
    let old = hands_in(&school, &ada, &[is_true(true)]).await;
    regraded(&school.tomas, &school.quiz, key(&school.questions[0], false)).await;
    let fields = format!("id: \"{}\", questionText: \"Is it one?\"", school.questions[0]);
    does(&school.tomas, "updateQuestion", &fields, "").await.data();
    does(&school.tomas, "publishQuiz", &format!("id: \"{}\"", school.quiz), "").await.data();
    let new = hands_in(&school, &ada, &[is_true(true)]).await;
    let scores =
        async || [sees(&ada, &old, "score").await["score"].clone(), sees(&ada, &new, "score").await["score"].clone()];
    assert_eq!(scores().await, [0.0, 1.0]);
    let (effects, _) = regraded(&school.tomas, &school.quiz, key(&school.questions[0], false)).await;
    assert_eq!((&effects["lookedAtCount"], &effects["changedCount"]), (&json!(2), &json!(1)));
    assert_eq!(scores().await, [0.0, 0.0]);
}

/// Waits until somebody waits for a turn, or there is nothing to wait for: on SQLite who writes waits without a trace.
async fn somebody_waits<T>(app: &TestApp, task: &tokio::task::JoinHandle<T>) {
    let waiting = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted \
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    let backend = app.db().backend();
    while backend == DbBackend::Postgres && !task.is_finished() {
        let statement = Statement::from_string(backend, waiting);
        if app.db().write().query_one_raw(statement).await.unwrap().is_some() {
            return;
        }
        tokio::task::yield_now().await;
    }
}

/// Somebody begins, answers and hands in after a regrade has looked at all attempts, and before it is there for others.
#[on_both]
async fn what_is_handed_in_in_the_last_moment_of_a_regrade_is_graded_by_it(app: TestApp) {
    let school = School::with(&app, "", &statements(1)).await;
    let ada = school.learner("Ada").await;
    let school = Arc::new(school);
    let now = World::now(&*app.world);
    let mut tx = Tx::begin(app.db(), &school.tomas.viewer, now, app.world.clone()).await.unwrap();
    let content = Content::TrueFalse(false);
    let change =
        NewChange { question: EntityId::from_wire(&school.questions[0]).unwrap(), wanted: Wanted::Key(content) };
    let quiz = EntityId::from_wire(&school.quiz).unwrap();
    let regrade = Regrade { quiz, changes: vec![change], reason: "The key was wrong.".into() };
    assert_eq!(regrade_quiz(&mut tx, regrade).await.unwrap().looked_at, 0);
    let task = {
        let (school, ada) = (school.clone(), ada.clone());
        tokio::spawn(async move { hands_in(&school, &ada, &[is_true(true)]).await })
    };
    somebody_waits(&app, &task).await;
    tx.commit().await.unwrap();
    let attempt = task.await.unwrap();
    assert_eq!(sees(&ada, &attempt, "status score").await, json!({"status": "GRADED", "score": 0.0}));
}
