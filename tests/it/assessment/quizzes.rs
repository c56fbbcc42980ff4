//! Quizzes as their authors set them.

use kernel::Viewer;
use serde_json::json;
use testkit::{TestApp, on_both};

use super::{creates_quiz, does};

const ALL: &str =
    "title description quizType passingScore timeLimitMinutes maxAttempts isRandomized isPublished opensAt dueAt
    showKeyAfter gradeMethod isRequired gracePeriodSeconds version questionCount";

#[on_both]
async fn a_new_quiz_is_a_draft_and_every_setting_can_be_changed(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    let section = tomas.adds_section(&course, "One").await;
    let fields = format!("courseId: \"{course}\", sectionId: \"{section}\", title: \"  Check yourself \"");
    let made = does(&tomas, "createQuiz", &fields, &format!("quiz {{ id section {{ title }} {ALL} }}")).await;
    let mut quiz = made.at("/createQuiz/quiz").clone();
    let id = quiz.as_object_mut().unwrap().remove("id").unwrap().as_str().unwrap().to_string();
    let new = json!({"title": "Check yourself", "description": "", "quizType": "PRACTICE", "passingScore": 70.0,
        "timeLimitMinutes": null, "maxAttempts": 3, "isRandomized": false, "isPublished": false, "opensAt": null,
        "dueAt": null, "showKeyAfter": "SUBMISSION", "gradeMethod": "HIGHEST", "isRequired": false,
        "gracePeriodSeconds": 5, "version": 1, "questionCount": 0, "section": {"title": "One"}});
    assert_eq!(quiz, new);
    let change = "title: \"Final\", description: \"All.\", quizType: FINAL, passingScore: 66.67, timeLimitMinutes: 45,
        maxAttempts: 1, isRandomized: true, opensAt: \"2026-12-01T08:00:00Z\", dueAt: \"2026-12-02T08:00:00Z\",
        showKeyAfter: RELEASE, gradeMethod: AVERAGE, isRequired: true, gracePeriodSeconds: 0";
    let changed = does(&tomas, "updateQuiz", &format!("id: \"{id}\", {change}"), &format!("quiz {{ {ALL} }}")).await;
    let wanted = json!({"title": "Final", "description": "All.", "quizType": "FINAL", "passingScore": 66.67,
        "timeLimitMinutes": 45, "maxAttempts": 1, "isRandomized": true, "isPublished": false,
        "opensAt": "2026-12-01T08:00:00+00:00", "dueAt": "2026-12-02T08:00:00+00:00", "showKeyAfter": "RELEASE",
        "gradeMethod": "AVERAGE", "isRequired": true, "gracePeriodSeconds": 0, "version": 2, "questionCount": 0});
    assert_eq!(changed.at("/updateQuiz/quiz"), &wanted);
    let cleared = "timeLimitMinutes: null, opensAt: null";
    let fields = format!("id: \"{id}\", {cleared}");
    let cleared = does(&tomas, "updateQuiz", &fields, "quiz { timeLimitMinutes opensAt dueAt }").await;
    let wanted = json!({"timeLimitMinutes": null, "opensAt": null, "dueAt": "2026-12-02T08:00:00+00:00"});
    assert_eq!(cleared.at("/updateQuiz/quiz"), &wanted);
}

#[on_both]
async fn what_can_not_be_is_refused_by_its_field(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let (course, other) = (tomas.drafts("Rust").await, tomas.drafts("Go").await);
    let id = creates_quiz(&tomas, &course, "Quiz").await;
    for (change, code, field) in [
        ("title: \" \"", "QUIZ_TITLE_INVALID", "title"),
        ("passingScore: 100.01", "QUIZ_PASSING_SCORE_INVALID", "passingScore"),
        ("passingScore: 33.333", "QUIZ_PASSING_SCORE_INVALID", "passingScore"),
        ("timeLimitMinutes: 0", "QUIZ_TIME_LIMIT_INVALID", "timeLimitMinutes"),
        ("maxAttempts: 0", "QUIZ_MAX_ATTEMPTS_INVALID", "maxAttempts"),
        ("gracePeriodSeconds: -1", "QUIZ_GRACE_PERIOD_INVALID", "gracePeriodSeconds"),
        ("opensAt: \"2026-12-02T08:00:00Z\", dueAt: \"2026-12-02T08:00:00Z\"", "QUIZ_WINDOW_INVALID", "dueAt"),
    ] {
        let refused = does(&tomas, "updateQuiz", &format!("id: \"{id}\", {change}"), "quiz { id }").await;
        let error = json!([{"code": code, "field": ["input", field]}]);
        assert_eq!(refused.data(), &json!({"updateQuiz": {"quiz": null, "userErrors": error}}), "{change}");
        let with_title = if change.starts_with("title") { String::new() } else { "title: \"x\", ".into() };
        let fields = format!("courseId: \"{course}\", {with_title}{change}");
        assert_eq!(does(&tomas, "createQuiz", &fields, "").await.user_errors(), [code], "{change}");
    }
    let section = tomas.adds_section(&other, "Elsewhere").await;
    let fields = format!("courseId: \"{course}\", sectionId: \"{section}\", title: \"x\"");
    assert_eq!(does(&tomas, "createQuiz", &fields, "").await.user_errors(), ["QUIZ_SECTION_NOT_FOUND"]);
    // The one end of the window is held against the other that is there.
    does(&tomas, "updateQuiz", &format!("id: \"{id}\", opensAt: \"2026-12-02T08:00:00Z\""), "").await.data();
    let early = does(&tomas, "updateQuiz", &format!("id: \"{id}\", dueAt: \"2026-12-01T08:00:00Z\""), "").await;
    assert_eq!(early.user_errors(), ["QUIZ_WINDOW_INVALID"]);
}

#[on_both]
async fn nobodys_edit_is_lost(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.drafts("Rust").await;
    let id = creates_quiz(&tomas, &course, "Quiz").await;
    let edits: Vec<_> = (0..8)
        .map(|n| {
            let (tomas, id) = (tomas.clone(), id.clone());
            let fields = format!("id: \"{id}\", expectedVersion: 1, title: \"Title {n}\"");
            tokio::spawn(async move { does(&tomas, "updateQuiz", &fields, "quiz { title version }").await })
        })
        .collect();
    let mut won = vec![];
    for edit in edits {
        let answer = edit.await.unwrap();
        match answer.user_errors().as_slice() {
            [] => won.push(answer.at("/updateQuiz/quiz/title").clone()),
            ["STALE_VERSION"] => assert_eq!(answer.at("/updateQuiz/quiz/version"), 2),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(won.len(), 1);
    let now = tomas.ask(&format!("{{ node(id: \"{id}\") {{ ... on Quiz {{ title version }} }} }}")).await;
    assert_eq!(now.at("/node"), &json!({"title": won[0], "version": 2}));
}

#[on_both]
async fn the_curriculum_counts_quizzes_that_come_and_go(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.drafts("Rust").await;
    let version =
        async || tomas.ask(&format!("{{ course(id: \"{course}\") {{ version quizzes {{ totalCount }} }} }}")).await;
    let at = async || {
        let answer = version().await;
        [answer.at("/course/version").as_i64().unwrap(), answer.at("/course/quizzes/totalCount").as_i64().unwrap()]
    };
    let [start, _] = at().await;
    let id = creates_quiz(&tomas, &course, "Quiz").await;
    assert_eq!(at().await, [start + 1, 1]);
    // What learners don't find in the curriculum does not count.
    does(&tomas, "updateQuiz", &format!("id: \"{id}\", maxAttempts: 5"), "").await.data();
    assert_eq!(at().await, [start + 1, 1]);
    does(&tomas, "updateQuiz", &format!("id: \"{id}\", title: \"Other\""), "").await.data();
    assert_eq!(at().await, [start + 2, 1]);
    let stale = does(&tomas, "deleteQuiz", &format!("id: \"{id}\", expectedVersion: 1"), "deletedQuizId").await;
    assert_eq!((stale.at("/deleteQuiz/deletedQuizId"), stale.user_errors()), (&json!(null), vec!["STALE_VERSION"]));
    let gone = does(&tomas, "deleteQuiz", &format!("id: \"{id}\""), "deletedQuizId course { title }").await;
    assert_eq!(
        gone.data(),
        &json!({"deleteQuiz": {"deletedQuizId": id, "course": {"title": "Rust"}, "userErrors": []}})
    );
    assert_eq!(at().await, [start + 3, 0]);
    assert_eq!(does(&tomas, "updateQuiz", &format!("id: \"{id}\", title: \"x\""), "").await.codes(), ["NOT_FOUND"]);
}

#[on_both]
async fn who_may_edit_the_course_may_edit_its_quizzes(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    let id = creates_quiz(&tomas, &course, "Quiz").await;
    for (role, codes) in [("EDITOR", &[][..]), ("INSTRUCTOR", &[]), ("ASSISTANT", &["FORBIDDEN"])] {
        let person = app.student(role).await;
        let edit = format!("id: \"{id}\", description: \"{role}\"");
        assert_eq!(does(&person, "updateQuiz", &edit, "").await.codes(), ["NOT_FOUND"], "{role}");
        tomas.appoints(&course, &person, role).await.data();
        assert_eq!(does(&person, "updateQuiz", &edit, "").await.codes(), codes, "{role}");
    }
    let query = format!("mutation {{ updateQuiz(input: {{id: \"{id}\", title: \"x\"}}) {{ userErrors {{ code }} }} }}");
    assert_eq!(app.ask_as(&Viewer::Anonymous, &query, json!({})).await.codes(), ["UNAUTHENTICATED"]);
}
