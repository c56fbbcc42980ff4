//! Grades as a table.

use kernel::Permission;
use serde_json::json;
use testkit::{Person, TestApp, on_both};

use super::sitting::{School, begins, saves, statements, submits};

/// The table, cell by cell.
async fn table(person: &Person, quiz: &str) -> Vec<Vec<String>> {
    let export = format!("{{ exportGrades(quizId: \"{quiz}\") {{ content mimeType }} }}");
    let answer = person.ask(&export).await;
    assert_eq!(answer.at("/exportGrades/mimeType"), "text/csv");
    let content = answer.at("/exportGrades/content").as_str().unwrap().to_string();
    content.lines().map(|line| line.split(',').map(str::to_string).collect()).collect()
}

async fn hands_in(school: &School, person: &Person, is_true: bool) -> String {
    let attempt = begins(person, &school.quiz).await;
    saves(person, &attempt, &school.questions[0], json!({"trueFalse": is_true}), 1).await.data();
    submits(person, &attempt).await.data();
    attempt
}

/// Two people of one name are two people, whatever else the table says of them.
#[on_both]
async fn a_line_says_whose_attempt_it_is_and_which(app: TestApp) {
    let school = School::with(&app, "maxAttempts: 2, passingScore: 100", &statements(1)).await;
    let (one, other) = (school.learner("Ada").await, school.learner("Zoe").await);
    let rename = "mutation { updateProfile(input: {displayName: \"Ada\"}) { userErrors { code } } }";
    assert_eq!(other.ask(rename).await.user_errors(), [""; 0]);
    let mut attempts = vec![];
    for (person, number, is_true) in [(&other, 1, true), (&one, 1, false), (&one, 2, true)] {
        attempts.push((person.wire_id(), hands_in(&school, person, is_true).await, number, is_true));
    }
    attempts.sort_by_key(|(user, _, number, _)| (user.clone(), *number));
    let header = "user_id,name,attempt_id,attempt_number,status,started_at,completed_at,score,earned_score,max_score,\
        percentage,passed,released";
    let at = "2026-07-01T12:00:00Z";
    let line = |(user, attempt, number, is_true): (String, String, i32, bool)| {
        let (score, percentage, passed) = if is_true { ("1.00", "100.00", "yes") } else { ("0.00", "0.00", "no") };
        format!("{user},Ada,{attempt},{number},graded,{at},{at},{score},{score},1.00,{percentage},{passed},yes")
    };
    let wanted: Vec<String> = std::iter::once(header.to_string()).chain(attempts.into_iter().map(line)).collect();
    let told: Vec<String> = table(&school.tomas, &school.quiz).await.iter().map(|line| line.join(",")).collect();
    assert_eq!(told, wanted);
}

#[on_both]
async fn addresses_are_for_those_who_see_accounts(app: TestApp) {
    let school = School::with(&app, "", &statements(1)).await;
    let ada = school.learner("Ada").await;
    hands_in(&school, &ada, true).await;
    let both = app.with_permissions("Root", &[Permission::CoursesManage, Permission::UsersRead]).await;
    let courses = app.with_permissions("Carl", &[Permission::CoursesManage]).await;
    let seen = table(&both, &school.quiz).await;
    assert_eq!(seen[0][..4], ["user_id", "name", "email", "attempt_id"]);
    let email = ada.ask("{ me { email } }").await.at("/me/email").as_str().unwrap().to_string();
    assert_eq!(seen[1][..3], [ada.wire_id(), "Ada".into(), email.clone()]);
    for person in [&school.tomas, &courses] {
        let seen = table(person, &school.quiz).await;
        assert!(!seen.concat().iter().any(|cell| cell == "email" || *cell == email), "{seen:?}");
    }
}
