//! Kept answers: never an old one after a mutation's answer, on one node; and several nodes stay in step.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};

use gateway::{app::App, cache, cache::Answers};
use kernel::{CourseId, Db, DbConfig, EntityId, Viewer};
use sea_orm::{ConnectionTrait, DbBackend};
use serde_json::{Value, json};
use testkit::{Person, TestApp, on_both};

const LIST: &str = "{ courses(sort: {field: NEWEST}) { totalCount nodes { title tags instructor { name } } } }";

async fn changes(teacher: &Person, course: &str, change: Value) {
    let mut input = change;
    input["id"] = course.into();
    let query = "mutation ($input: UpdateCourseInput!) { updateCourse(input: $input) { userErrors { code } } }";
    assert_eq!(teacher.ask_with(query, json!({"input": input})).await.user_errors(), [""; 0]);
}

/// How many statements the question costs.
async fn cost(app: &TestApp, viewer: &Viewer, query: &str) -> usize {
    let (answer, statements) = app.statements(app.ask_as(viewer, query, json!({}))).await;
    answer.data();
    statements.len()
}

/// Asks until the answer comes from memory: what was written before is told to everybody, to this node too, and later.
async fn until_kept(app: &TestApp, query: &str) {
    let patience = Patience::new();
    while cost(app, &Viewer::Anonymous, query).await > 0 {
        patience.wait(query).await;
    }
}

/// What happens between processes takes its time, but not for ever.
struct Patience(Instant);

impl Patience {
    fn new() -> Self {
        Self(Instant::now())
    }

    async fn wait(&self, what: &str) {
        assert!(self.0.elapsed() < Duration::from_secs(20), "{what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn until_heard(db: &Db) {
    let patience = Patience::new();
    while !db.changes().is_heard() {
        patience.wait("others are not heard").await;
    }
}

async fn until_more_than(db: &Db, changes: u64) {
    let patience = Patience::new();
    while db.changes().count() <= changes {
        patience.wait("nothing was told").await;
    }
}

async fn until_titled(app: &Arc<App>, title: &str) {
    let patience = Patience::new();
    loop {
        let answer = testkit::ask(app, "192.0.2.1", &Viewer::Anonymous, LIST, json!({})).await;
        if answer.at("/courses/nodes/0/title") == title {
            return;
        }
        patience.wait(title).await;
    }
}

#[on_both]
async fn the_same_question_is_answered_from_memory(app: TestApp) {
    let app = app.keeping_answers().await;
    let teacher = app.instructor("Tomas").await;
    let course = teacher.publishes("Rust").await;
    for query in [
        LIST.to_string(),
        "{ courseFacets { tags { tag } } }".into(),
        format!("{{ course(id: \"{course}\") {{ title description sections {{ title }} }} }}"),
        "{ categories { name } popularCourses { nodes { title } } freeCourses { totalCount } }".into(),
        "query A { ...f } fragment f on Query { ... on Query { courses { totalCount } } }".into(),
    ] {
        let first = app.ask(&query).await;
        until_kept(&app, &query).await;
        assert_eq!(app.ask(&query).await.0, first.0, "{query}");
    }
}

#[on_both]
async fn other_variables_and_operations_are_other_questions(app: TestApp) {
    let app = app.keeping_answers().await;
    let teacher = app.instructor("Tomas").await;
    teacher.publishes("Rust").await;
    teacher.publishes("Go").await;
    let query = "query ($search: String) { courses(search: $search) { nodes { title } } }";
    for title in ["Rust", "Go", "Rust"] {
        let found = app.ask_as(&Viewer::Anonymous, query, json!({"search": title})).await;
        assert_eq!(found.at("/courses/nodes"), &json!([{"title": title}]));
    }
}

/// What one sees by being somebody is never given to others, nor the other way round.
#[on_both]
async fn only_who_is_nobody_shares_answers(app: TestApp) {
    let app = app.keeping_answers().await;
    let (teacher, admin) = (app.instructor("Tomas").await, app.admin("Root").await);
    teacher.publishes("Rust").await;
    teacher.drafts("Draft").await;
    let count = "{ courses { totalCount } }";
    for _ in 0..2 {
        assert_eq!(app.ask(count).await.at("/courses/totalCount"), 1);
        assert_eq!(teacher.ask(count).await.at("/courses/totalCount"), 2);
        assert_eq!(admin.ask(count).await.at("/courses/totalCount"), 2);
    }
    assert!(cost(&app, &teacher.viewer, count).await > 0);
    // A thing by its id may be anything.
    let node = format!("{{ node(id: \"{}\") {{ id }} }}", teacher.drafts("Other").await);
    app.ask(&node).await;
    assert!(cost(&app, &Viewer::Anonymous, &node).await > 0);
}

#[on_both]
async fn an_answer_with_an_error_is_not_kept(app: TestApp) {
    let app = app.keeping_answers().await;
    app.instructor("Tomas").await.publishes("Rust").await;
    let query = "{ course(id: \"nonsense\") { title } courses { totalCount } }";
    for _ in 0..2 {
        let (answer, statements) = app.statements(app.ask(query)).await;
        assert_eq!(answer.codes(), ["BAD_USER_INPUT"]);
        assert!(!statements.is_empty());
    }
}

/// Every kind of write that the catalogue shows.
#[on_both]
async fn after_the_answer_of_a_mutation_nobody_reads_the_old(app: TestApp) {
    let app = app.keeping_answers().await;
    let teacher = app.instructor("Tomas").await;
    let course = teacher.publishes("Rust").await;
    let title = async || app.ask(LIST).await.at("/courses/nodes/0/title").clone();
    assert_eq!(title().await, "Rust");
    changes(&teacher, &course, json!({"title": "Rust again", "tags": ["systems"]})).await;
    assert_eq!(title().await, "Rust again");
    assert_eq!(app.ask(LIST).await.at("/courses/nodes/0/tags"), &json!(["systems"]));
    let rename = "mutation { updateProfile(input: {displayName: \"Theodora\"}) { userErrors { code } } }";
    assert_eq!(teacher.ask(rename).await.user_errors(), [""; 0]);
    assert_eq!(app.ask(LIST).await.at("/courses/nodes/0/instructor/name"), "Theodora");
    let sections = format!("{{ course(id: \"{course}\") {{ sections {{ title }} }} }}");
    let count = async || app.ask(&sections).await.at("/course/sections").as_array().unwrap().len();
    assert_eq!(count().await, 1);
    teacher.adds_section(&course, "More").await;
    assert_eq!(count().await, 2);
    let unpublish = format!("mutation {{ unpublishCourse(input: {{id: \"{course}\"}}) {{ userErrors {{ code }} }} }}");
    assert_eq!(teacher.ask(&unpublish).await.user_errors(), [""; 0]);
    assert_eq!(app.ask(LIST).await.at("/courses/totalCount"), 0);
    assert_eq!(app.ask("{ categories { name } }").await.at("/categories"), &json!([]));
    crate::courses::categories::add(&app, "Code", None, 0, true).await;
    assert_eq!(app.ask("{ categories { name } }").await.at("/categories"), &json!([{"name": "Code"}]));
}

/// Signing in, and learning, are no reason to forget the catalogue.
#[on_both]
async fn what_nobody_sees_leaves_the_answers_alone(app: TestApp) {
    let app = app.keeping_answers().await;
    let teacher = app.instructor("Tomas").await;
    teacher.publishes("Rust").await;
    until_kept(&app, LIST).await;
    app.world.pass(chrono::Duration::seconds(1));
    teacher.creates_token(&["courses.create"]).await;
    teacher.ask("mutation { revokeOtherSessions { userErrors { code } } }").await.data();
    assert_eq!(cost(&app, &Viewer::Anonymous, LIST).await, 0);
}

#[on_both]
async fn time_passes_for_kept_answers_too(app: TestApp) {
    let app = app.keeping_answers().await;
    app.instructor("Tomas").await.publishes("Rust").await;
    until_kept(&app, LIST).await;
    // Nobody tells of this one.
    app.db().write().execute_unprepared("UPDATE courses SET title = 'Rest'").await.unwrap();
    assert_eq!(app.ask(LIST).await.at("/courses/nodes/0/title"), "Rust");
    app.world.pass(chrono::Duration::seconds(30));
    assert_eq!(app.ask(LIST).await.at("/courses/nodes/0/title"), "Rest");
}

/// By the server's clock to the second, whatever was kept a moment before.
#[on_both]
async fn a_discount_begins_and_ends_for_kept_answers_too(app: TestApp) {
    let app = app.keeping_answers().await;
    let teacher = app.instructor("Tomas").await;
    let course = teacher.publishes("Rust").await;
    let price = |amount: &str| json!({"amount": amount, "currency": "EUR"});
    let now = kernel::World::now(&*app.world);
    for (mutation, input) in [
        ("setCoursePrice", json!({"courseId": course, "price": price("20.00")})),
        (
            "scheduleDiscount",
            json!({"courseId": course, "price": price("10.00"), "startsAt": now + chrono::Duration::seconds(7),
                "endsAt": now + chrono::Duration::seconds(11)}),
        ),
    ] {
        let name = format!("{}{}", mutation[..1].to_uppercase(), &mutation[1..]);
        let query =
            format!("mutation ($input: {name}Input!) {{ {mutation}(input: $input) {{ userErrors {{ code }} }} }}");
        assert_eq!(teacher.ask_with(&query, json!({"input": input})).await.user_errors(), [""; 0]);
    }
    let query = format!(
        "{{ course(id: \"{course}\") {{ effectivePrice {{ amount }} }}
            courses(filter: {{maxPrice: {{amount: \"15.00\", currency: \"EUR\"}}}}) {{ totalCount }} }}"
    );
    for (seconds, amount, found) in [(6, "20.00", 0), (1, "10.00", 1), (3, "10.00", 1), (1, "20.00", 0)] {
        app.world.pass(chrono::Duration::seconds(seconds));
        for _ in 0..2 {
            let answer = app.ask(&query).await;
            assert_eq!(answer.at("/course/effectivePrice/amount"), amount);
            assert_eq!(answer.at("/courses/totalCount"), found);
        }
        until_kept(&app, &query).await;
    }
}

const EDITS: u64 = 40;
const READERS: usize = 6;

/// Readers ask all the time, a writer edits: whoever asks after an edit was answered reads it or a later one.
#[on_both]
async fn readers_and_writers_at_once_never_see_what_was_before(app: TestApp) {
    let app = Arc::new(app.keeping_answers().await);
    let teacher = app.instructor("Tomas").await;
    let course = teacher.publishes("0").await;
    let (answered, is_over) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
    let readers = (0..READERS).map(|_| {
        let (app, answered, is_over) = (app.clone(), answered.clone(), is_over.clone());
        tokio::spawn(async move {
            let mut reads = 0;
            while !is_over.load(SeqCst) {
                let least = answered.load(SeqCst);
                let answer = app.ask("{ courses { nodes { title } } }").await;
                let title: u64 = answer.at("/courses/nodes/0/title").as_str().unwrap().parse().unwrap();
                assert!(title >= least, "{title} was read after {least} had been answered");
                reads += 1;
                tokio::task::yield_now().await;
            }
            reads
        })
    });
    let readers: Vec<_> = readers.collect();
    for edit in 1..=EDITS {
        changes(&teacher, &course, json!({"title": edit.to_string()})).await;
        answered.store(edit, SeqCst);
        tokio::task::yield_now().await;
    }
    is_over.store(true, SeqCst);
    for reader in readers {
        assert!(reader.await.unwrap() > 0);
    }
}

/// A second process on the same database, with answers of its own.
async fn second(app: &TestApp) -> Option<(Arc<App>, tokio::task::JoinHandle<()>)> {
    if app.db().backend() != DbBackend::Postgres {
        return None;
    }
    let db = Db::connect(&DbConfig { url: app.url(), max_connections: 4 }).await.unwrap();
    let mut other = App::new(db, app.world.clone(), 1, &app.data.join("second")).unwrap();
    other.answers = Some(Answers::new(1 << 20));
    let listening = tokio::spawn(cache::listen(other.db.clone()));
    let other = Arc::new(other);
    until_heard(&other.db).await;
    Some((other, listening))
}

/// Only PostgreSQL has several nodes.
#[on_both]
async fn two_nodes_stay_in_step(app: TestApp) {
    let Some((other, listening)) = second(&app).await else { return };
    let teacher = app.instructor("Tomas").await;
    let course = teacher.publishes("Rust").await;
    until_titled(&other, "Rust").await;
    for title in ["One", "Two", "Three"] {
        changes(&teacher, &course, json!({"title": title})).await;
        until_titled(&other, title).await;
    }
    // What a worker does is told, too.
    let before = other.db.changes().count();
    let tx = app.tx().await;
    courses::count_learners(&tx, CourseId::from_wire(&course).unwrap(), 1, 0).await.unwrap();
    tx.commit().await.unwrap();
    until_more_than(&other.db, before).await;
    listening.abort();
    other.db.clone().close().await.unwrap();
}

#[on_both]
async fn who_has_lost_the_connection_gives_no_old_answers(app: TestApp) {
    let Some((other, listening)) = second(&app).await else { return };
    let teacher = app.instructor("Tomas").await;
    let course = teacher.publishes("Rust").await;
    until_titled(&other, "Rust").await;
    let before = other.db.changes().count();
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE query LIKE 'LISTEN%' AND datname = current_database()";
    app.db().write().execute_unprepared(cut).await.unwrap();
    changes(&teacher, &course, json!({"title": "Meanwhile"})).await;
    until_titled(&other, "Meanwhile").await;
    until_more_than(&other.db, before).await;
    until_heard(&other.db).await;
    changes(&teacher, &course, json!({"title": "Again"})).await;
    until_titled(&other, "Again").await;
    listening.abort();
    other.db.clone().close().await.unwrap();
}
