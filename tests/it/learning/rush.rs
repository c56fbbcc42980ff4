//! Many at once: nothing is counted twice, nobody overtakes, nothing waits for ever.

use std::{collections::BTreeSet, sync::Arc};

use accounts::{UserStatus, user};
use chrono::Duration;
use gateway::graphql::context::RequestContext;
use kernel::{CourseId, EntityId, Error, Event, Live, SessionId, SignedIn, UserId, Viewer};
use learning::{Enrolled, EnrollmentStatus, Grant, Named, enrollment, waitlist_entry};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;
use testkit::{TestApp, on_both};
use tokio::{sync::Semaphore, task::JoinSet};

use super::enrolling::{counters, sets_policy};

/// Accounts without all that an account usually has: their viewers.
pub async fn crowd(app: &TestApp, size: usize) -> Vec<Viewer> {
    let mut tx = app.tx().await;
    let (mut rows, mut viewers) = (vec![], vec![]);
    for number in 0..size {
        let (id, email): (UserId, _) = (tx.new_id().unwrap(), format!("crowd{number}@example.org"));
        let row = user::ActiveModel {
            id: Set(id),
            email: Set(email.clone()),
            email_key: Set(email),
            password: Set(Some("no hash".into())),
            date_joined: Set(tx.now),
            full_name: Set(format!("Crowd {number}")),
            status: Set(UserStatus::Active),
            is_active: Set(true),
            email_verified: Set(true),
            ..Default::default()
        };
        rows.push(tx.stamp(row, tx.now));
        let signed_in = SignedIn { user: id, session: SessionId(id.0), permissions: Default::default() };
        viewers.push(Viewer::User(Arc::new(signed_in)));
    }
    tx.insert_all(rows).await.unwrap();
    tx.commit().await.unwrap();
    viewers
}

async fn enrolls(app: &TestApp, viewer: &Viewer, course: CourseId) -> kernel::Result<Enrolled> {
    let req = RequestContext::new(app.app.clone(), viewer.clone(), Default::default());
    req.write(async |tx| learning::enroll(tx, course).await).await
}

/// As many of them at a time as a server would let wait for the database.
async fn all_at_once(app: &TestApp, viewers: &[Viewer], course: CourseId) -> Vec<Enrolled> {
    let (mut tasks, places) = (JoinSet::new(), Arc::new(Semaphore::new(128)));
    for viewer in viewers {
        let (app, viewer, places) = (app.clone(), viewer.clone(), places.clone());
        tasks.spawn(async move {
            let _place = places.acquire().await.unwrap();
            enrolls(&app, &viewer, course).await.unwrap()
        });
    }
    tasks.join_all().await
}

fn id(course: &str) -> CourseId {
    EntityId::from_wire(course).unwrap()
}

#[on_both]
async fn sixty_four_tasks_enrol_one_person_once(app: TestApp) {
    let course = app.instructor("Tomas").await.publishes("Rust").await;
    let ada = app.student("Ada").await;
    let outcomes = all_at_once(&app, &vec![ada.viewer; 64], id(&course)).await;
    let ids: BTreeSet<_> = outcomes
        .into_iter()
        .map(|outcome| match outcome {
            Enrolled::In(row) => row.id,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(ids.len(), 1);
    assert_eq!(enrollment::Entity::live().count(app.db().read()).await.unwrap(), 1);
    assert_eq!(counters(&app, &course).await, [1, 0, 0]);
}

#[on_both]
async fn a_thousand_rush_into_a_course_with_five_hundred_seats(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    sets_policy(&tomas, &course, json!({"capacity": 500, "hasWaitlist": true})).await;
    let viewers = crowd(&app, 1_000).await;
    let outcomes = all_at_once(&app, &viewers, id(&course)).await;
    let taken_in = outcomes.iter().filter(|outcome| matches!(outcome, Enrolled::In(_))).count();
    let waiting = outcomes.iter().filter(|outcome| matches!(outcome, Enrolled::Waiting(_))).count();
    assert_eq!((taken_in, waiting), (500, 500));
    assert_eq!(counters(&app, &course).await, [500, 0, 0]);
    assert_eq!(enrollment::Entity::live().count(app.db().read()).await.unwrap(), 500);
    // One after the other, and in this order the seats are given.
    let list = waitlist_entry::Entity::live().order_by_asc(waitlist_entry::Column::JoinedAt);
    let list = list.all(app.db().read()).await.unwrap();
    let moments: BTreeSet<_> = list.iter().map(|entry| entry.joined_at).collect();
    assert_eq!((list.len(), moments.len()), (500, 500));
    sets_policy(&tomas, &course, json!({"capacity": 520})).await;
    let offered = waitlist_entry::Entity::live().filter(waitlist_entry::Column::OfferedAt.is_not_null());
    let offered: BTreeSet<_> = offered.all(app.db().read()).await.unwrap().into_iter().map(|entry| entry.id).collect();
    assert_eq!(offered, list.iter().take(20).map(|entry| entry.id).collect());
    assert_eq!(counters(&app, &course).await, [500, 0, 20]);
}

#[on_both]
async fn two_seats_that_come_free_at_once_go_to_two_people(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    sets_policy(&tomas, &course, json!({"capacity": 2, "hasWaitlist": true})).await;
    let viewers = crowd(&app, 6).await;
    for viewer in &viewers {
        enrolls(&app, viewer, id(&course)).await.unwrap();
    }
    let mut tasks = JoinSet::new();
    for viewer in viewers[..2].iter().cloned() {
        let (app, course) = (app.clone(), id(&course));
        tasks.spawn(async move {
            let req = RequestContext::new(app.app.clone(), viewer, Default::default());
            req.write(async |tx| learning::drop_enrollment(tx, course).await).await.unwrap();
        });
    }
    tasks.join_all().await;
    assert_eq!(counters(&app, &course).await, [0, 0, 2]);
    let offered = waitlist_entry::Entity::live().filter(waitlist_entry::Column::OfferedAt.is_not_null());
    let offered: BTreeSet<_> =
        offered.all(app.db().read()).await.unwrap().into_iter().map(|entry| Some(entry.user_id)).collect();
    assert_eq!(offered, viewers[2..4].iter().map(Viewer::id).collect());
}

/// The same throws for the same seed: SplitMix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % end
    }
}

/// What one of 32 tasks does next. What is refused is refused; what fails otherwise fails the test.
async fn acts(app: &TestApp, teacher: &Viewer, viewer: &Viewer, course: CourseId, choice: u64) {
    let user = viewer.id().unwrap();
    let by = |viewer: &Viewer| RequestContext::new(app.app.clone(), viewer.clone(), Default::default());
    let done = match choice {
        0..=2 => enrolls(app, viewer, course).await.map(drop),
        3 => by(viewer).write(async |tx| learning::drop_enrollment(tx, course).await).await.map(drop),
        4 => by(viewer).write(async |tx| learning::waitlist::leave(tx, course).await).await.map(drop),
        5 => {
            let end = Some(Some(kernel::World::now(&*app.world) + Duration::hours(1)));
            let source = learning::EnrollmentSource::Grant;
            let grant = |user| Grant { user, source, reference: None, expires_at: end, over_capacity: false };
            by(teacher).write(async |tx| learning::grant(tx, course, &Named::Id(user), grant).await).await.map(drop)
        }
        6 | 7 => {
            // Before the transaction: who holds one connection and waits for another may wait for ever.
            let Some(id) = enrollment_of(app, user).await else { return };
            let teacher = by(teacher);
            let handled = teacher.write(async |tx| match choice {
                6 => learning::suspend_enrollment(tx, id, "x").await,
                _ => learning::resume_enrollment(tx, id).await,
            });
            handled.await.map(drop)
        }
        8 => completes(app, user, course).await,
        _ => app.app.write_as_system(async |tx| learning::expire_enrollments(tx, course).await).await.map(drop),
    };
    match done {
        Ok(()) | Err(Error::Broken(_)) => {}
        Err(error) => panic!("{choice}: {error}"),
    }
}

async fn enrollment_of(app: &TestApp, user: UserId) -> Option<kernel::EnrollmentId> {
    let own = enrollment::Entity::live().filter(enrollment::Column::UserId.eq(user));
    own.one(app.db().read()).await.unwrap().map(|row| row.id)
}

/// As progress does it: the course first, then the row, if it still is as it was; then the counters.
#[expect(clippy::disallowed_methods, reason = "stands in for progress")]
async fn completes(app: &TestApp, user: UserId, course: CourseId) -> kernel::Result<()> {
    use sea_orm::{EntityTrait, sea_query::Expr};
    let work = app.app.write_as_system(async |tx| {
        courses::hold(tx, course).await?;
        let done = enrollment::Entity::update_many()
            .col_expr(enrollment::Column::Status, Expr::val(EnrollmentStatus::Completed))
            .col_expr(enrollment::Column::CompletedAt, Expr::val(tx.now))
            .filter(enrollment::Column::UserId.eq(user))
            .filter(enrollment::Column::Status.eq(EnrollmentStatus::Active))
            .exec(&tx.conn)
            .await?;
        if done.rows_affected > 0 {
            tx.emit(Event::EnrollmentsMoved { course, enrolled: 0, completed: 1 });
        }
        Ok(())
    });
    work.await
}

#[on_both]
async fn counters_are_what_they_count_after_any_history(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    sets_policy(&tomas, &course, json!({"capacity": 12, "hasWaitlist": true, "offerHours": 1})).await;
    let viewers = Arc::new(crowd(&app, 24).await);
    let mut tasks = JoinSet::new();
    for seed in 0..32 {
        let (app, viewers, teacher, course) = (app.clone(), viewers.clone(), tomas.viewer.clone(), id(&course));
        tasks.spawn(async move {
            let mut dice = Dice(seed);
            for _ in 0..20 {
                let (who, choice) = (dice.below(viewers.len() as u64) as usize, dice.below(10));
                acts(&app, &teacher, &viewers[who], course, choice).await;
                if choice == 9 {
                    app.world.pass(Duration::minutes(10));
                }
            }
        });
    }
    tasks.join_all().await;
    let db = app.db().read();
    let count = async |status: &[EnrollmentStatus]| {
        let rows = enrollment::Entity::live().filter(enrollment::Column::Status.is_in(status.to_vec()));
        rows.count(db).await.unwrap() as i32
    };
    let enrolled = count(&[EnrollmentStatus::Active, EnrollmentStatus::Completed]).await;
    let completed = count(&[EnrollmentStatus::Completed]).await;
    let offers = waitlist_entry::Entity::live().filter(waitlist_entry::Column::EndedAt.is_null());
    let offers = offers.filter(waitlist_entry::Column::OfferedAt.is_not_null()).count(db).await.unwrap() as i32;
    assert_eq!(counters(&app, &course).await, [enrolled, completed, offers]);
    assert!(enrolled + offers <= 12, "{enrolled} and {offers}");
    assert!(enrolled > 0 && completed > 0, "nothing happened");
    let drifts = app.app.write_as_system(async |tx| {
        let learners = courses::recount_learners(tx, learning::learners_of_courses()).await?;
        let seats = courses::recount_reserved_seats(tx, learning::reserved_seats_of_courses()).await?;
        Ok([learners, seats].concat())
    });
    assert_eq!(drifts.await.unwrap(), []);
}
