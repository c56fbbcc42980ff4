//! What the recurring jobs do to the rows.

use accounts::{spent_refresh_token, user_session};
use chrono::Duration;
use courses::{Drift, course};
use gateway::{
    jobs::ensure_recurring,
    seed::{Size, seed},
};
use kernel::{CourseId, Live, World, jobs::job};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;
use testkit::{Person, TestApp, on_both};

use super::{Unknown, all, enqueue};

/// All that recurs, now.
async fn run(app: &TestApp) {
    app.app.write_as_system(ensure_recurring).await.unwrap();
    app.run_jobs().await;
}

async fn session(app: &TestApp, person: &Person) -> user_session::Model {
    let found = user_session::Entity::live().filter(user_session::Column::UserId.eq(person.id));
    found.one(app.db().read()).await.unwrap().unwrap()
}

#[on_both]
async fn a_session_that_can_t_be_refreshed_ends(app: TestApp) {
    let ada = app.student("Ada").await;
    app.world.pass(Duration::days(1));
    let ben = app.student("Ben").await;
    let (before, of_ben) = (session(&app, &ada).await, session(&app, &ben).await);
    app.world.pass(Duration::days(29) - Duration::microseconds(1));
    run(&app).await;
    assert_eq!(session(&app, &ada).await, before);
    app.world.pass(Duration::hours(1));
    app.run_jobs().await;
    let ended = user_session::Model { is_active: false, updated_at: app.world.now(), updated_by: None, ..before };
    assert_eq!(session(&app, &ada).await, ended);
    assert_eq!(session(&app, &ben).await, of_ben);
}

#[expect(clippy::disallowed_methods, reason = "a spent token is never soft-deleted")]
async fn spent(app: &TestApp) -> usize {
    spent_refresh_token::Entity::find().all(app.db().read()).await.unwrap().len()
}

#[on_both]
async fn a_spent_token_is_forgotten_after_30_days(app: TestApp) {
    let ada = app.student("Ada").await;
    let refresh =
        "mutation ($token: String!) { refreshSession(input: {refreshToken: $token}) { userErrors { code } } }";
    let answer = ada.ask_with(refresh, json!({"token": ada.tokens.refresh})).await;
    assert!(answer.user_errors().is_empty());
    app.world.pass(Duration::days(30));
    run(&app).await;
    assert_eq!(spent(&app).await, 1);
    app.world.pass(Duration::days(1));
    app.run_jobs().await;
    assert_eq!(spent(&app).await, 0);
}

#[on_both]
async fn a_done_job_is_forgotten_after_seven_days_and_a_dead_one_after_ninety(app: TestApp) {
    let dead = enqueue(&app, Unknown {}).await;
    run(&app).await;
    let ended = |jobs: Vec<job::Model>| jobs.into_iter().filter(|job| job.finished_at.is_some()).map(|job| job.id);
    let first: Vec<_> = ended(all(&app).await).collect();
    assert_eq!(first.len(), 11);
    let left = async || ended(all(&app).await).filter(|id| first.contains(id)).collect::<Vec<_>>();
    app.world.pass(Duration::days(7));
    app.run_jobs().await;
    assert_eq!(left().await.len(), 11);
    app.world.pass(Duration::days(1));
    app.run_jobs().await;
    assert_eq!(left().await, [dead]);
    app.world.pass(Duration::days(82));
    app.run_jobs().await;
    assert_eq!(left().await, [dead]);
    app.world.pass(Duration::days(1));
    app.run_jobs().await;
    assert_eq!(left().await, []);
}

async fn courses(app: &TestApp) -> Vec<course::Model> {
    course::Entity::live().order_by_asc(course::Column::Id).all(app.db().read()).await.unwrap()
}

async fn break_counters(app: &TestApp, how: &str) {
    app.db().write().execute_unprepared(&format!("UPDATE courses SET {how}")).await.unwrap();
}

#[on_both]
async fn counters_that_have_drifted_are_mended(app: TestApp) {
    seed(app.db(), &Size { courses: 12, users: 20, enrollments: 60, seed: 7 }, "hash").await.unwrap();
    let right = courses(&app).await;
    assert!(right.iter().any(|course| course.rating_count > 0 && course.completion_count > 0));
    assert!(right.iter().any(|course| course.enrollment_count == 0), "one without rows is mended, too");
    run(&app).await;
    assert_eq!(courses(&app).await, right, "what is right stays");
    for how in [
        "enrollment_count = enrollment_count + 3",
        "enrollment_count = 0, completion_count = 9",
        "rating_sum = 0, rating_count = 0, rating_1 = 0, rating_2 = 0, rating_3 = 0, rating_4 = 0, rating_5 = 0",
        "rating_sum = 50, rating_count = 10, rating_5 = rating_5 + 1, rating_1 = 10",
    ] {
        break_counters(&app, how).await;
        assert_ne!(courses(&app).await, right);
        app.world.pass(Duration::days(1));
        app.run_jobs().await;
        assert_eq!(courses(&app).await, right, "{how}");
    }
}

#[on_both]
async fn the_numbers_are_told_and_one_statement_mends_all(app: TestApp) {
    seed(app.db(), &Size { courses: 12, users: 20, enrollments: 60, seed: 7 }, "hash").await.unwrap();
    break_counters(&app, "completion_count = completion_count + 2").await;
    let wanted: Vec<Drift> = courses(&app).await.into_iter().map(|course| drift(course.id, -2)).collect();
    let recount =
        app.app.write_as_system(async |tx| courses::recount_learners(tx, learning::learners_of_courses()).await);
    let (drifts, statements) = app.statements(recount).await;
    let mut drifts = drifts.unwrap();
    drifts.sort_by_key(|drift| drift.course);
    assert_eq!(drifts, wanted);
    let updates = statements.iter().filter(|statement| statement.starts_with("UPDATE"));
    assert_eq!(updates.count(), 1, "{statements:#?}");
}

fn drift(course: CourseId, by: i64) -> Drift {
    Drift { course, counter: "completion_count", by }
}
