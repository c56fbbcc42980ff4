//! What is asked of the database does not depend on how much there is to answer.

use kernel::{AttemptId, EntityId};
use serde_json::json;
use testkit::{Person, TestApp, on_both};

use super::{School, begins, saves, sees, statements, submits};

async fn answers_all(school: &School, person: &Person) -> String {
    let attempt = begins(person, &school.quiz).await;
    let answer =
        |question: &String| json!({"questionId": question, "answer": {"trueFalse": true}, "clientSequence": 1});
    let answers: Vec<_> = school.questions.iter().map(answer).collect();
    let query = "mutation ($input: SaveAnswersInput!) { saveAnswers(input: $input) { userErrors { code } } }";
    let saved = person.ask_with(query, json!({"input": {"attemptId": attempt, "answers": answers}})).await;
    assert_eq!(saved.user_errors(), [""; 0]);
    attempt
}

#[on_both]
async fn saving_reading_and_handing_in_cost_the_same_for_2_and_for_50_questions(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    let ada = app.student("Ada").await;
    super::enrols(&app, &ada, &course).await;
    let mut counts = vec![];
    for questions in [2, 50] {
        let school = School::in_course(&app, tomas.clone(), course.clone(), "", &statements(questions)).await;
        let attempt = answers_all(&school, &ada).await;
        let yes = json!({"trueFalse": true});
        let (_, saving) = app.statements(saves(&ada, &attempt, &school.questions[0], yes, 2)).await;
        let (_, reading) = app.statements(sees(&ada, &attempt, "questions { questionId answer { trueFalse } }")).await;
        let (done, handing_in) = app.statements(submits(&ada, &attempt)).await;
        assert_eq!(done.at("/submitQuizAttempt/attempt/percentage"), 100.0);
        counts.push([saving.len(), reading.len(), handing_in.len()]);
    }
    assert_eq!(counts[0], counts[1]);
}

/// The trail has a line for each attempt, in a statement of its own; all the rest is the same for one and for thirty.
#[on_both]
async fn thirty_learners_with_fifty_questions_are_graded_in_a_fixed_number_of_statements(app: TestApp) {
    let school = School::with(&app, "timeLimitMinutes: 10, gracePeriodSeconds: 0", &statements(50)).await;
    let mut counts = vec![];
    for learners in [1, 30] {
        let mut attempts = vec![];
        for number in 0..learners {
            let person = school.learner(&format!("Ada{learners}of{number}")).await;
            attempts.push(answers_all(&school, &person).await);
        }
        let ids: Vec<AttemptId> = attempts.iter().map(|id| AttemptId::from_wire(id).unwrap()).collect();
        app.world.pass(chrono::Duration::minutes(11));
        let graded = app.app.write_as_system(async |tx| assessment::attempting::close_all(tx, &ids).await);
        let (graded, statements) = app.statements(graded).await;
        graded.unwrap();
        let of_trail = statements.iter().filter(|it| it.contains("INSERT INTO \"audit_events\"")).count();
        assert_eq!(of_trail, learners);
        counts.push(statements.len() - of_trail);
        for attempt in &attempts {
            assert_eq!(
                sees(&school.tomas, attempt, "status percentage").await,
                json!({"status": "GRADED", "percentage": 100.0})
            );
        }
    }
    assert_eq!(counts[0], counts[1]);
}
