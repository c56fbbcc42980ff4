//! The bar: ten thousand packets of four devices, in order, and shuffled, doubled and all at once.

use chrono::Duration;
use kernel::{Live, UserId, World};
use learning::{course_progress, enrollment, learning_hour, video_progress};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use testkit::{Person, TestApp, on_both};

use super::school::{School, another_session, records};

/// The same numbers each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn shuffle<T>(&mut self, things: &mut [T]) {
        for at in (1..things.len()).rev() {
            things.swap(at, self.roll(at as u64 + 1) as usize);
        }
    }
}

/// Each with the device that it comes from; of films of two courses. After so many seconds the time
/// begins again.
fn history(schools: &[School; 2], dice: &mut Dice, span: i64) -> Vec<(usize, Value)> {
    let mut clock = 0;
    let packets = (0..10_000i64).map(|n| {
        clock += dice.roll(20) as i64;
        let from = dice.roll(1_900) as f64 / 2.0;
        let length = dice.roll(40) as f64 / 2.0;
        let (school, film) = (&schools[dice.roll(2) as usize], dice.roll(5) as usize);
        (dice.roll(4) as usize, school.packet(film, from, from + length, n, clock % span))
    });
    packets.collect()
}

/// What is kept of somebody, without what names them, their rows and their devices.
async fn kept(app: &TestApp, user: UserId) -> Value {
    let db = app.db().read();
    let videos = video_progress::Entity::live().filter(video_progress::Column::UserId.eq(user));
    let videos = videos.order_by_asc(video_progress::Column::VideoId).all(db).await.unwrap();
    let videos = videos.into_iter().map(|row| {
        let sessions = row.wall_time.as_object().map(|sessions| {
            let mut spans: Vec<String> = sessions.values().map(Value::to_string).collect();
            spans.sort();
            spans
        });
        json!([
            row.watch_time,
            row.excess,
            row.last_position,
            row.completed,
            row.completion_percentage,
            row.watched,
            sessions,
            row.position_at,
            row.position_sequence
        ])
    });
    let courses = course_progress::Entity::live().filter(course_progress::Column::UserId.eq(user));
    let courses = courses.order_by_asc(course_progress::Column::SectionId).all(db).await.unwrap();
    let mut courses: Vec<_> = courses
        .into_iter()
        .map(|row| {
            json!([row.course_id, row.section_id, row.last_video_id, row.total_watch_time, row.completion_percentage])
                .to_string()
        })
        .collect();
    courses.sort();
    let enrolments = enrollment::Entity::live().filter(enrollment::Column::UserId.eq(user)).all(db).await.unwrap();
    let mut enrolments = enrolments;
    enrolments.sort_by_key(|row| row.course_id);
    let enrolments = enrolments.iter().map(|row| json!([row.progress_percentage, format!("{:?}", row.status)]));
    let hours = learning_hour::Entity::of(user).order_by_asc(learning_hour::Column::StartsAt);
    let hours = hours.order_by_asc(learning_hour::Column::CourseId).all(db).await.unwrap();
    let hours = hours.iter().map(|row| json!([row.course_id, row.starts_at, row.spans, row.seconds, row.share]));
    json!([videos.collect::<Vec<_>>(), courses, enrolments.collect::<Vec<_>>(), hours.collect::<Vec<_>>()])
}

async fn devices(app: &TestApp, person: &Person) -> Vec<Person> {
    let mut devices = vec![person.clone()];
    for _ in 0..3 {
        devices.push(another_session(app, person).await);
    }
    devices
}

/// What is kept of who learns in order, after the same was found of who does not.
async fn the_same_in_any_order(app: &TestApp, span: i64) -> (Person, Value) {
    // The last is never done: a completed course would say less.
    let films = [Some(950), Some(960), Some(700), Some(40), Some(90_000)];
    let first = School::open(app, &films).await;
    let (ada, ben) = (app.student("Ada").await, app.student("Ben").await);
    first.enrols(&ada).await;
    first.enrols(&ben).await;
    let second = School::open_another(app, &first.tomas, &films).await;
    second.enrols(&ada).await;
    second.enrols(&ben).await;
    let mut dice = Dice(7);
    let history = history(&[first, second], &mut dice, span);
    let hers = devices(app, &ada).await;
    for (at, device) in hers.iter().enumerate() {
        let own: Vec<Value> = history.iter().filter(|(by, _)| *by == at).map(|(_, packet)| packet.clone()).collect();
        for batch in own.chunks(100) {
            assert_eq!(records(device, batch).await.user_errors(), [""; 0]);
        }
    }
    let his = devices(app, &ben).await;
    let mut tasks = vec![];
    for (at, device) in his.into_iter().enumerate() {
        let mut own: Vec<Value> =
            history.iter().filter(|(by, _)| *by == at).map(|(_, packet)| packet.clone()).collect();
        own.extend(own.iter().step_by(4).cloned().collect::<Vec<_>>());
        dice.shuffle(&mut own);
        tasks.push(tokio::spawn(async move {
            for batch in own.chunks(100) {
                assert_eq!(records(&device, batch).await.user_errors(), [""; 0]);
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    let (in_order, shuffled) = (kept(app, ada.id).await, kept(app, ben.id).await);
    assert_eq!(in_order, shuffled);
    (ben, in_order)
}

/// Of all recordings: what counts, and what there was no time for.
fn sums(kept: &Value) -> (i64, i64) {
    let of = |at: usize| kept[0].as_array().unwrap().iter().map(|video| video[at].as_i64().unwrap()).sum();
    (of(0), of(1))
}

#[on_both]
async fn any_order_any_number_of_times_four_devices_at_once(app: TestApp) {
    let (ben, in_order) = the_same_in_any_order(&app, i64::MAX).await;
    assert_eq!(sums(&in_order).1, 0);
    let done = in_order[0].as_array().unwrap().iter().filter(|video| video[3] == true).count();
    assert!(done >= 6, "{in_order}");
    let month = app.world.now() - Duration::days(30);
    let spent = learning_hour::Entity::of(ben.id).filter(learning_hour::Column::StartsAt.gte(month));
    assert!(spent.all(app.db().read()).await.unwrap().len() > 10);
}

#[on_both]
async fn what_is_too_fast_for_one_person_is_the_same_in_any_order(app: TestApp) {
    let (_, in_order) = the_same_in_any_order(&app, 1_500).await;
    let (counted, excess) = sums(&in_order);
    assert!((2_900..=3_000).contains(&counted) && excess > 1_000, "{counted} {excess}");
}
