use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use testkit::{TestApp, on_both};

use super::{School, begins, saves, sees, starts, statements, submits};

#[on_both]
async fn of_64_who_begin_at_once_one_attempt_comes(app: TestApp) {
    let school = School::with(&app, "maxAttempts: 3", &statements(1)).await;
    let ada = school.learner("Ada").await;
    let tasks: Vec<_> = (0..64)
        .map(|_| {
            let (ada, quiz) = (ada.clone(), school.quiz.clone());
            tokio::spawn(async move { begins(&ada, &quiz).await })
        })
        .collect();
    let mut ids = BTreeSet::new();
    for task in tasks {
        ids.insert(task.await.unwrap());
    }
    assert_eq!(ids.len(), 1);
    let attempts = sees(&ada, ids.first().unwrap(), "attemptNumber quiz { viewerAttempts { totalCount } }").await;
    assert_eq!(attempts, json!({"attemptNumber": 1, "quiz": {"viewerAttempts": {"totalCount": 1}}}));
}

/// Each begins, hands in and begins again, as long as it may.
#[on_both]
async fn of_64_who_begin_and_hand_in_at_once_no_more_attempts_come_than_there_are(app: TestApp) {
    let school = School::with(&app, "maxAttempts: 3", &statements(1)).await;
    let ada = school.learner("Ada").await;
    let tasks: Vec<_> = (0..64)
        .map(|_| {
            let (ada, quiz) = (ada.clone(), school.quiz.clone());
            tokio::spawn(async move {
                loop {
                    let started = starts(&ada, &quiz).await;
                    if started.user_errors() == ["ATTEMPT_LIMIT_REACHED"] {
                        return;
                    }
                    let id = started.at("/startQuizAttempt/attempt/id").as_str().unwrap().to_string();
                    submits(&ada, &id).await.data();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let own = format!("{{ myQuizAttempts(quizId: \"{}\") {{ nodes {{ attemptNumber status }} }} }}", school.quiz);
    let answer = ada.ask(&own).await;
    let mut attempts = answer.at("/myQuizAttempts/nodes").as_array().unwrap().clone();
    // All begun at one moment.
    attempts.sort_by_key(|attempt| attempt["attemptNumber"].as_i64());
    let attempt = |number: i32| json!({"attemptNumber": number, "status": "GRADED"});
    assert_eq!(attempts, [attempt(1), attempt(2), attempt(3)]);
}

/// The same mess each time.
fn shuffle<T>(list: &mut [T]) {
    let mut state = 7u64;
    for last in (1..list.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        list.swap(last, (state >> 33) as usize % (last + 1));
    }
}

const QUESTIONS: usize = 20;
const SAVES: usize = 10_000;

/// 5,000 changes of 20 answers, each sent twice, in no order, by 8 at once.
#[on_both]
async fn ten_thousand_saves_shuffled_and_doubled_end_in_the_same_answers(app: TestApp) {
    let short = json!({"questionText": "What?", "content": {"shortAnswer": {"accepted": ["x"]}}, "points": 1});
    let school = School::with(&app, "", &vec![short; QUESTIONS]).await;
    let ada = school.learner("Ada").await;
    let attempt = begins(&ada, &school.quiz).await;
    let (mut changes, mut last) = (vec![], BTreeMap::new());
    for number in 0..SAVES / 2 {
        let (question, sequence) = (&school.questions[number % QUESTIONS], (number / QUESTIONS) as i32);
        let text = format!("{number}");
        last.insert(question.clone(), json!({"shortAnswer": text, "clientSequence": sequence}));
        changes.push(json!({"questionId": question, "answer": {"shortAnswer": text}, "clientSequence": sequence}));
    }
    changes.extend(changes.clone());
    shuffle(&mut changes);
    let tasks: Vec<_> = (0..8)
        .map(|task| {
            let own: Vec<Value> = changes.iter().skip(task).step_by(8).cloned().collect();
            let (ada, attempt) = (ada.clone(), attempt.clone());
            tokio::spawn(async move {
                // Some one by one, as they are typed, the rest as queues.
                let (single, queued) = own.split_at(50);
                for change in single {
                    let question = change["questionId"].as_str().unwrap();
                    let sequence = change["clientSequence"].as_i64().unwrap() as i32;
                    let saved = saves(&ada, &attempt, question, change["answer"].clone(), sequence).await;
                    assert_eq!(saved.user_errors(), [""; 0]);
                }
                let query = "mutation ($input: SaveAnswersInput!) { saveAnswers(input: $input) { results { userErrors { code } } userErrors { code } } }";
                for answers in queued.chunks(100) {
                    let input = json!({"attemptId": attempt, "answers": answers});
                    let saved = ada.ask_with(query, json!({"input": input})).await;
                    let results = saved.at("/saveAnswers/results").as_array().unwrap().clone();
                    assert!(results.iter().all(|result| result["userErrors"] == json!([])), "{results:?}");
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let seen = sees(&ada, &attempt, "questions { questionId answer { shortAnswer clientSequence } }").await;
    let seen = seen["questions"].as_array().unwrap().iter();
    let kept: BTreeMap<String, Value> =
        seen.map(|it| (it["questionId"].as_str().unwrap().to_string(), it["answer"].clone())).collect();
    assert_eq!(kept, last);
}

/// What was acknowledged before the attempt was handed in is in it; what came after is refused and is not.
#[on_both]
async fn nothing_is_kept_after_the_attempt_is_handed_in(app: TestApp) {
    let school = School::with(&app, "", &statements(30)).await;
    let ada = school.learner("Ada").await;
    let attempt = begins(&ada, &school.quiz).await;
    let mut tasks = vec![];
    for (number, question) in school.questions.iter().enumerate() {
        let (ada, attempt, question) = (ada.clone(), attempt.clone(), question.clone());
        tasks.push(tokio::spawn(async move {
            if number == 15 {
                submits(&ada, &attempt).await.data();
            }
            let saved = saves(&ada, &attempt, &question, json!({"trueFalse": true}), 1).await;
            saved.user_errors().is_empty()
        }));
    }
    let mut kept = 0;
    for task in tasks {
        kept += i32::from(task.await.unwrap());
    }
    let seen = sees(&ada, &attempt, "score answeredCount").await;
    assert_eq!(seen, json!({"score": f64::from(kept), "answeredCount": kept}));
}
