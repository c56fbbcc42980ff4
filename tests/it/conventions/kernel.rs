//! What the transaction does to rows, whoever's they are.

use std::sync::Arc;

use chrono::Duration;
use courses::{course, course_category};
use kernel::{CategoryId, CourseId, EntityId, Error, Live, Permit, Policy, Tx, Viewer, World, allow};
use sea_orm::{ColumnTrait, QueryFilter, Set};
use testkit::{TestApp, on_both};

/// Whatever a test does to a category.
struct Keep;

impl Policy<Keep> for course_category::Model {
    fn permits(&self, _: &Viewer) -> bool {
        true
    }
}

/// Where categories are put.
struct Catalogue;

impl Policy<Keep> for Catalogue {
    fn permits(&self, _: &Viewer) -> bool {
        true
    }
}

async fn begin(app: &TestApp, viewer: &Viewer) -> Tx {
    let world = app.world.clone();
    Tx::begin(app.db(), viewer, world.now(), world).await.unwrap()
}

fn keep<T: Policy<Keep>>(tx: &Tx, what: T) -> Permit<Keep, T> {
    allow(&tx.viewer, what).unwrap()
}

fn category(tx: &mut Tx, slug: &str) -> course_category::ActiveModel {
    course_category::ActiveModel {
        id: Set(tx.new_id().unwrap()),
        name: Set(slug.into()),
        slug: Set(slug.into()),
        ..Default::default()
    }
}

async fn add(app: &TestApp, viewer: &Viewer, slug: &str) -> course_category::Model {
    let mut tx = begin(app, viewer).await;
    let row = category(&mut tx, slug);
    let added = tx.insert(&keep(&tx, Catalogue), row).await.unwrap();
    tx.commit().await.unwrap();
    added
}

async fn live(app: &TestApp) -> Vec<course_category::Model> {
    course_category::Entity::live().all(app.db().read()).await.unwrap()
}

async fn deleted(app: &TestApp) -> Vec<course_category::Model> {
    course_category::Entity::deleted().all(app.db().read()).await.unwrap()
}

#[on_both]
async fn a_deleted_row_is_hidden_until_it_is_restored(app: TestApp) {
    let (ada, ben) = (app.student("Ada").await, app.student("Ben").await);
    let row = add(&app, &ada.viewer, "art").await;
    assert_eq!((live(&app).await, deleted(&app).await), (vec![row.clone()], vec![]));

    app.world.pass(Duration::hours(1));
    let tx = begin(&app, &ben.viewer).await;
    let gone = tx.delete(keep(&tx, row.clone())).await.unwrap();
    let wanted = course_category::Model {
        is_deleted: true,
        deleted_at: Some(tx.now),
        deleted_by: Some(ben.id),
        updated_at: tx.now,
        updated_by: Some(ben.id),
        ..row.clone()
    };
    assert_eq!(gone, wanted);
    tx.commit().await.unwrap();
    assert_eq!((live(&app).await, deleted(&app).await), (vec![], vec![wanted]));

    app.world.pass(Duration::hours(1));
    let tx = begin(&app, &ada.viewer).await;
    let back = tx.restore(keep(&tx, gone)).await.unwrap();
    let wanted = course_category::Model { updated_at: tx.now, ..row };
    assert_eq!(back, wanted);
    tx.commit().await.unwrap();
    assert_eq!((live(&app).await, deleted(&app).await), (vec![wanted], vec![]));
}

#[on_both]
async fn a_row_says_who_wrote_it_and_when(app: TestApp) {
    let (ada, ben) = (app.student("Ada").await, app.student("Ben").await);
    let start = app.world.now();
    let row = add(&app, &ada.viewer, "art").await;
    assert_eq!((row.created_at, row.created_by), (start, Some(ada.id)));
    assert_eq!((row.updated_at, row.updated_by), (start, Some(ada.id)));
    assert_eq!((row.is_deleted, row.deleted_at, row.deleted_by), (false, None, None));

    app.world.pass(Duration::microseconds(1));
    let tx = begin(&app, &ben.viewer).await;
    let rename = |row: &mut course_category::ActiveModel| row.name = Set("Arts".into());
    let renamed = tx.update(keep(&tx, row.clone()), rename).await.unwrap();
    tx.commit().await.unwrap();
    let wanted = course_category::Model {
        name: "Arts".into(),
        updated_at: start + Duration::microseconds(1),
        updated_by: Some(ben.id),
        ..row
    };
    assert_eq!(renamed, wanted);
    assert_eq!(live(&app).await, [wanted]);

    let by_nobody = add(&app, &Viewer::System, "music").await;
    assert_eq!((by_nobody.created_by, by_nobody.updated_by), (None, None));
}

/// The row carries a lie: the transaction knows better.
#[on_both]
async fn nobody_writes_in_another_s_name(app: TestApp) {
    let (ada, ben) = (app.student("Ada").await, app.student("Ben").await);
    let mut tx = begin(&app, &ada.viewer).await;
    let lie = course_category::ActiveModel {
        created_at: Set(tx.now - Duration::days(1)),
        created_by: Set(Some(ben.id)),
        updated_at: Set(tx.now - Duration::days(1)),
        updated_by: Set(Some(ben.id)),
        is_deleted: Set(true),
        ..category(&mut tx, "art")
    };
    let row = tx.insert(&keep(&tx, Catalogue), lie).await.unwrap();
    assert_eq!((row.created_at, row.created_by), (tx.now, Some(ada.id)));
    assert_eq!((row.updated_at, row.updated_by), (tx.now, Some(ada.id)));
    assert!(!row.is_deleted);
}

/// More than the twelve bits after the time can count.
const COUNTED: usize = 5000;

#[on_both]
async fn ids_of_one_transaction_ascend(app: TestApp) {
    let mut tx = begin(&app, &Viewer::System).await;
    let ids: Vec<CategoryId> = (0..COUNTED).map(|_| tx.new_id().unwrap()).collect();
    assert!(ids.is_sorted_by(|one, next| one < next));
    drop(tx);
    app.world.pass(Duration::milliseconds(2));
    let later = begin(&app, &Viewer::System).await.new_id().unwrap();
    assert!(ids.last() < Some(&later));
}

#[on_both]
async fn what_is_not_committed_leaves_nothing(app: TestApp) {
    let row = add(&app, &Viewer::System, "art").await;
    let mut tx = begin(&app, &Viewer::System).await;
    let other = category(&mut tx, "music");
    tx.insert(&keep(&tx, Catalogue), other).await.unwrap();
    tx.delete(keep(&tx, row.clone())).await.unwrap();
    drop(tx);
    assert_eq!((live(&app).await, deleted(&app).await), (vec![row], vec![]));
    // And the next one can write.
    add(&app, &Viewer::System, "music").await;
}

#[on_both]
async fn what_is_taken_leaves_the_transaction_usable(app: TestApp) {
    let mut tx = begin(&app, &Viewer::System).await;
    let permit = keep(&tx, Catalogue);
    for (slug, is_new) in [("art", true), ("art", false), ("art", false), ("music", true)] {
        let row = category(&mut tx, slug);
        let added = tx.insert_unless_taken(&permit, row).await.unwrap();
        assert_eq!(added.is_some(), is_new, "{slug}");
    }
    tx.commit().await.unwrap();
    let mut slugs: Vec<String> = live(&app).await.into_iter().map(|row| row.slug).collect();
    slugs.sort();
    assert_eq!(slugs, ["art", "music"]);
}

#[on_both]
async fn what_is_refused_for_another_reason_is_an_error(app: TestApp) {
    let mut tx = begin(&app, &Viewer::System).await;
    let orphan =
        course_category::ActiveModel { parent_id: Set(Some(tx.new_id().unwrap())), ..category(&mut tx, "art") };
    let added = tx.insert_unless_taken(&keep(&tx, Catalogue), orphan).await;
    assert!(matches!(added, Err(Error::Db(_))), "{added:?}");
}

const TASKS: i32 = 32;

#[on_both]
async fn counters_lose_nothing_when_many_count_at_once(app: TestApp) {
    let teacher = app.instructor("Tina").await;
    let course = CourseId::from_wire(&teacher.publishes("Rust").await).unwrap();
    let app = Arc::new(app);
    let tasks = (0..TASKS).map(|number| tokio::spawn(count(app.clone(), course, number)));
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    let found = course::Entity::live().filter(course::Column::Id.eq(course));
    let found = found.one(app.db().read()).await.unwrap().unwrap();
    assert_eq!((found.enrollment_count, found.completion_count), (TASKS, TASKS / 4));
    // 8 times 1, 2, 3 and 4 stars; then the ones became fives.
    let stars = [found.rating_1, found.rating_2, found.rating_3, found.rating_4, found.rating_5];
    assert_eq!(stars, [0, 8, 8, 8, 8]);
    assert_eq!((found.rating_sum, found.rating_count, found.rating_average), (112, 32, 350));
}

/// Enrols one; every fourth finishes, and changes a rating of one star to five.
async fn count(app: Arc<TestApp>, course: CourseId, number: i32) {
    let tx = begin(&app, &Viewer::System).await;
    let stars = 1 + number % 4;
    courses::count_learners(&tx, course, 1, 0).await.unwrap();
    courses::count_rating(&tx, course, None, Some(stars)).await.unwrap();
    if stars == 1 {
        courses::count_learners(&tx, course, 0, 1).await.unwrap();
        courses::count_rating(&tx, course, Some(1), Some(5)).await.unwrap();
    }
    tx.commit().await.unwrap();
}
