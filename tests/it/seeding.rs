//! The generated school: the same on both databases, with counters that equal their rows.

use assessment::{AttemptStatus, QuestionType, QuizType, quiz, quiz_answer, quiz_attempt};
use gateway::seed::{Size, seed};
use kernel::{EntityId, Live};
use sea_orm::{ActiveEnum, ColumnTrait, ConnectionTrait, QueryFilter, Statement};
use serde_json::{Value, json};
use testkit::{Server, TestApp, on_both};

const SIZE: Size = Size { courses: 30, users: 40, enrollments: 200, seed: 11 };

/// What a front end asks for first, over HTTP.
async fn headline(app: &TestApp) -> Value {
    let server = Server::start(app).await;
    let query = "{ courses(first: 24, sort: {field: POPULARITY, direction: DESC}) { totalCount nodes {
        id title slug description price { amount currency } ratingAverage enrollmentCount publishedAt tags instructor { id name bio } category { name parent { name } }
        activeEnrollmentCount sections { title order mediaFiles { fileName fileType durationSeconds } } quizzes(first: 5) { nodes { title questionCount } }
        reviews(first: 10) { totalCount nodes { rating title author { name } } } } pageInfo { endCursor } } categories { name children { name } } }";
    let answer: Value = server.post(&json!({"query": query})).await.json().await.unwrap();
    server.stop().await;
    answer
}

/// Named for what it needs, not for what it runs on.
#[test]
fn one_seed_gives_one_school_on_sqlite_as_on_postgres() {
    testkit::run(one_school());
}

async fn one_school() {
    let (sqlite, postgres) = (TestApp::on_sqlite().await, TestApp::on_postgres().await);
    let mut answers = Vec::new();
    for app in [&sqlite, &postgres] {
        seed(app.db(), &SIZE, "hash").await.unwrap();
        answers.push(headline(app).await);
    }
    assert_eq!(answers[0]["data"]["courses"]["totalCount"], 24);
    assert_eq!(answers[0], answers[1]);
    sqlite.finish().await;
    postgres.finish().await;
}

#[on_both]
async fn the_counters_of_a_generated_school_equal_its_rows(app: TestApp) {
    seed(app.db(), &SIZE, "hash").await.unwrap();
    let counters = [
        ("enrollment_count", "enrollments", "status IN ('active', 'completed')"),
        ("completion_count", "enrollments", "status = 'completed'"),
        ("rating_count", "reviews", "is_hidden = FALSE"),
        ("rating_5", "reviews", "is_hidden = FALSE AND rating = 5"),
    ];
    for (counter, table, which) in counters {
        let rows =
            format!("(SELECT COUNT(*) FROM {table} r WHERE r.course_id = c.id AND r.is_deleted = FALSE AND {which})");
        assert_eq!(
            wrong(&app, &format!("SELECT c.id FROM courses c WHERE c.{counter} <> {rows}")).await,
            0,
            "{counter}"
        );
    }
    assert_eq!(wrong(&app, "SELECT c.id FROM courses c WHERE c.rating_sum <> COALESCE((SELECT SUM(r.rating) FROM reviews r WHERE r.course_id = c.id AND r.is_hidden = FALSE), 0)").await, 0);
    assert_eq!(wrong(&app, "SELECT r.id FROM reviews r WHERE r.helpful_count <> (SELECT COUNT(*) FROM review_votes v WHERE v.review_id = r.id)").await, 0);
    assert!(
        wrong(&app, "SELECT c.id FROM courses c WHERE c.enrollment_count > 0").await > 0,
        "a school without learners proves nothing"
    );
}

async fn wrong(app: &TestApp, query: &str) -> usize {
    let statement = Statement::from_string(app.db().backend(), query.to_string());
    app.db().read().query_all_raw(statement).await.unwrap().len()
}

#[on_both]
async fn the_demo_people_have_their_roles(app: TestApp) {
    seed(app.db(), &Size::demo(), "hash").await.unwrap();
    let admin = app.admin("Root").await;
    for (role, email) in gateway::seed::DEMO_LOGINS {
        let mut tx = app.tx().await;
        let user = kernel_user(&app, email).await;
        let tokens = accounts::sign_in(&mut tx, user, accounts::Device::default()).await.unwrap();
        tx.commit().await.unwrap();
        let person =
            accounts::authenticate(app.db(), &tokens.access, kernel::World::now(&*app.world)).await.unwrap().unwrap();
        let id = kernel::EntityId::to_wire(person.user);
        let answer = admin
            .ask_with(
                "query ($id: ID!) { node(id: $id) { ... on User { roles { role { name } } } } }",
                json!({"id": id}),
            )
            .await;
        assert_eq!(answer.at("/node/roles/0/role/name"), role);
    }
}

async fn kernel_user(app: &TestApp, email: &str) -> kernel::UserId {
    use accounts::user::{Column, Entity};
    use sea_orm::{ColumnTrait, QueryFilter};
    Entity::active_users().filter(Column::EmailKey.eq(email)).one(app.db().read()).await.unwrap().unwrap().id
}

/// Whoever tries the product plays a film at once: every file has an address, and bytes behind it as long as it says.
#[on_both]
async fn the_files_of_the_demo_school_can_be_opened(app: TestApp) {
    let shelf = crate::media::shelf::Shelf::folder(&app).await;
    gateway::seed::seed_demo(app.db(), &app.app.storage, "hash").await.unwrap();
    let admin = app.admin("Root").await;
    let query = "{ courses(first: 100) { nodes { sections { mediaFiles { id mimeType fileSizeBytes } } } } }";
    let courses = admin.ask(query).await.at("/courses/nodes").clone();
    let sections = courses.as_array().unwrap().iter().flat_map(|course| course["sections"].as_array().unwrap());
    let files: Vec<_> = sections.flat_map(|section| section["mediaFiles"].as_array().unwrap().clone()).collect();
    let types: std::collections::BTreeSet<_> = files.iter().map(|file| file["mimeType"].as_str().unwrap()).collect();
    assert!(types.len() >= 5, "{types:?}");
    for mime_type in types {
        let file = files.iter().find(|file| file["mimeType"] == mime_type).unwrap();
        let query = "query ($id: ID!) { playback(mediaId: $id) { url } }";
        let played = admin.ask_with(query, json!({"id": file["id"]})).await;
        let url = shelf.absolute(played.at("/playback/url").as_str().unwrap());
        let whole = shelf.server.client.get(&url).send().await.unwrap();
        assert_eq!((whole.status().as_u16(), whole.headers()["content-type"].to_str().unwrap()), (200, mime_type));
        let bytes = whole.bytes().await.unwrap();
        assert_eq!(bytes.len() as f64, file["fileSizeBytes"].as_f64().unwrap(), "{mime_type}");
        let part = shelf.server.client.get(&url).header("range", "bytes=10-19").send().await.unwrap();
        assert_eq!(part.status(), 206);
        assert!(part.bytes().await.unwrap() == bytes[10..20]);
    }
    shelf.stop().await;
}

/// Whoever tries the product grades a quiz anew, and it comes to something: answers are there, and are worth what is said.
#[on_both]
async fn the_attempts_of_the_demo_school_can_be_graded_anew(app: TestApp) {
    seed(app.db(), &Size::demo(), "hash").await.unwrap();
    let admin = app.admin("Root").await;
    let graded = quiz_attempt::Column::Status.eq(AttemptStatus::Graded);
    let attempts = quiz_attempt::Entity::live().filter(graded).all(app.db().read()).await.unwrap();
    let mut changed = 0;
    for quiz in attempts.iter().map(|attempt| attempt.quiz_id).collect::<std::collections::BTreeSet<_>>() {
        let node = format!("{{ node(id: \"{}\") {{ ... on Quiz {{ questions {{ id }} }} }} }}", quiz.to_wire());
        let questions = admin.ask(&node).await.at("/node/questions").as_array().unwrap().clone();
        let query = "mutation ($input: RegradeQuizInput!) { regradeQuiz(input: $input) {
            effects { changedCount } userErrors { code } } }";
        let tries = async |change: Value| {
            let input = json!({"quizId": quiz.to_wire(), "changes": [change], "reason": "x", "dryRun": true});
            let tried = admin.ask_with(query, json!({"input": input})).await;
            assert_eq!(tried.user_errors(), [""; 0]);
            tried.at("/regradeQuiz/effects/changedCount").as_u64().unwrap()
        };
        let first = &questions[0]["id"];
        assert_eq!(
            tries(json!({"points": {"questionId": first, "points": 1}})).await,
            0,
            "it is graded as it would be"
        );
        let own = attempts.iter().filter(|attempt| attempt.quiz_id == quiz).count() as u64;
        let more = tries(json!({"points": {"questionId": first, "points": 2}})).await;
        assert!(more >= own, "{more} of {own}: there is more to get");
        changed += tries(json!({"drop": {"questionId": first, "credit": "FULL_POINTS"}})).await;
    }
    assert!(changed > 0, "whoever was wrong has the points now");
}

#[on_both]
async fn learners_of_a_generated_school_take_the_version_that_was_published(app: TestApp) {
    seed(app.db(), &SIZE, "hash").await.unwrap();
    let unpinned = "SELECT c.id FROM courses c WHERE c.published_at IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM course_versions v WHERE v.course_id = c.id AND v.number = 1 AND v.created_at = c.published_at)";
    assert_eq!(wrong(&app, unpinned).await, 0);
    for table in ["enrollments", "certificates"] {
        let rows = format!("SELECT r.id FROM {table} r");
        let pinned =
            format!("{rows} JOIN course_versions v ON v.id = r.course_version_id AND v.course_id = r.course_id");
        assert!(wrong(&app, &rows).await > 0, "a school without {table} proves nothing");
        assert_eq!(wrong(&app, &pinned).await, wrong(&app, &rows).await, "{table}");
    }
    let asked = "SELECT position FROM course_version_items";
    assert!(wrong(&app, asked).await > 0);
    let admin = app.admin("Root").await;
    let answer = admin.ask("{ enrollments(first: 1) { nodes { courseVersion } } }").await;
    assert_eq!(answer.at("/enrollments/nodes/0/courseVersion"), 1);
}

/// Whoever tries the demo sits a quiz with questions of every type that needs no person, and grades by hand what waits.
#[on_both]
async fn the_quizzes_of_a_generated_school_are_sat_and_graded_by_hand(app: TestApp) {
    use crate::assessment::{does, sitting};
    seed(app.db(), &SIZE, "hash").await.unwrap();
    let practice = quiz::Entity::live().filter(quiz::Column::QuizType.eq(QuizType::Practice));
    let practice = practice.filter(quiz::Column::IsPublished.eq(true)).one(app.db().read()).await.unwrap().unwrap();
    let ada = app.student("Ada").await;
    sitting::enrols(&app, &ada, &practice.course_id.to_wire()).await;
    let attempt = sitting::begins(&ada, &practice.id.to_wire()).await;
    let asked = sitting::sees(&ada, &attempt, "questions { questionType }").await;
    let types: std::collections::BTreeSet<String> = asked["questions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|question| question["questionType"].as_str().unwrap().to_lowercase())
        .collect();
    use QuestionType::{FillIn, Matching, MultipleChoice, Numeric, Ordering, ShortAnswer, TrueFalse};
    let all = [FillIn, Matching, MultipleChoice, Numeric, Ordering, ShortAnswer, TrueFalse];
    assert_eq!(types, all.into_iter().map(|it| it.to_value()).collect());
    let done = sitting::submits(&ada, &attempt).await;
    assert_eq!(done.at("/submitQuizAttempt/attempt/status"), "GRADED");

    let waits = quiz_answer::Entity::live().filter(quiz_answer::Column::NeedsPerson.eq(true));
    let waits = waits.filter(quiz_answer::Column::Points.is_null()).one(app.db().read()).await.unwrap();
    // A small school may have nothing that waits; the demo has.
    let Some(waits) = waits else { return };
    let boss = app.admin("Grace").await;
    let fields = format!("answerId: \"{}\", points: 1", waits.id.to_wire());
    let graded = does(&boss, "gradeAnswer", &fields, "answer { points }").await;
    assert_eq!(graded.at("/gradeAnswer/answer/points"), 1.0);
    let attempt = quiz_attempt::Entity::live().filter(quiz_attempt::Column::Id.eq(waits.attempt_id));
    let attempt = attempt.one(app.db().read()).await.unwrap().unwrap();
    assert_eq!(attempt.status, AttemptStatus::Graded);
}
