//! What players report, and what is kept of it.

use chrono::Duration;
use kernel::{Viewer, World};
use learning::EnrollmentStatus;
use serde_json::json;
use testkit::{TestApp, on_both};

use super::school::{RECORD, School, another_session, records};

#[on_both]
async fn every_second_counts_once_whatever_is_sent_again(app: TestApp) {
    let school = School::open(&app, &[Some(600), Some(300)]).await;
    let ada = app.student("Ada").await;
    school.enrols(&ada).await;
    let first = [school.packet(0, 0.0, 30.2, 0, 100), school.packet(0, 30.2, 60.0, 1, 130)];
    let kept = json!({"recordPlayback": {
        "videoProgress": [{"video": {"id": school.files[0]}, "watchTimeSeconds": 60, "lastPositionSeconds": 60,
            "completionPercentage": 10.0, "isCompleted": false}],
        "courseProgress": [{"completionPercentage": 6.66, "totalWatchTimeSeconds": 60, "lastVideo": {"id": school.files[0]}}],
        "userErrors": []}});
    assert_eq!(records(&ada, &first).await.data(), &kept);
    assert_eq!(records(&ada, &first).await.data(), &kept, "they are all in");
    // The same number with other words: the first counts.
    assert_eq!(records(&ada, &[school.packet(0, 500.0, 600.0, 1, 140)]).await.data(), &kept);
    // What is new and what is not, of two recordings in one batch.
    let both = [school.packet(0, 0.0, 30.2, 0, 100), school.packet(1, 0.0, 30.0, 3, 160)];
    let of_both = records(&ada, &both).await;
    let watched = |at: usize| of_both.at(&format!("/recordPlayback/videoProgress/{at}/watchTimeSeconds")).clone();
    assert_eq!((watched(0), watched(1)), (json!(30), json!(60)), "the new one first");
    assert_eq!(of_both.at("/recordPlayback/courseProgress").as_array().map(Vec::len), Some(1));
    // A packet that was late, then the same minute watched again on another device.
    let late = records(&ada, &[school.packet(0, 200.0, 210.0, 2, 90)]).await;
    assert_eq!(late.at("/recordPlayback/videoProgress/0/lastPositionSeconds"), 60);
    assert_eq!(late.at("/recordPlayback/videoProgress/0/watchTimeSeconds"), 70);
    let phone = another_session(&app, &ada).await;
    let again = records(&phone, &[school.packet(0, 0.0, 60.0, 0, 300)]).await;
    assert_eq!(again.at("/recordPlayback/videoProgress/0/watchTimeSeconds"), 70);
    let enrolment = school.enrolment(&ada).await;
    assert_eq!((enrolment.progress_percentage, enrolment.last_accessed), (1_110, Some(app.world.now())));
}

#[on_both]
async fn nobody_watches_faster_than_double_speed(app: TestApp) {
    let school = School::open(&app, &[Some(6_000)]).await;
    let ada = app.student("Ada").await;
    school.enrols(&ada).await;
    // Ten minutes of film in each minute, from the moment of the enrolment.
    let packets: Vec<_> = (0..10u8)
        .map(|n| {
            let from = f64::from(n) * 600.0;
            school.packet(0, from, from + 600.0, n.into(), (i64::from(n) + 1) * 60)
        })
        .collect();
    let answer = records(&ada, &packets).await;
    assert_eq!(answer.at("/recordPlayback/videoProgress/0/watchTimeSeconds"), 1_200);
    assert_eq!(answer.at("/recordPlayback/videoProgress/0/isCompleted"), false);
    assert_eq!(answer.at("/recordPlayback/videoProgress/0/lastPositionSeconds"), 6_000);
}

#[on_both]
async fn many_recordings_at_once_take_the_time_that_there_is(app: TestApp) {
    let school = School::open(&app, &[Some(600); 20]).await;
    let ada = app.student("Ada").await;
    school.enrols(&ada).await;
    let phone = another_session(&app, &ada).await;
    let all = |after: i64, numbers: i64| -> Vec<_> {
        (0..20).map(|n| school.packet(n, 0.0, 600.0, numbers + n as i64, after)).collect()
    };
    // Ten minutes after the enrolment, all twenty on two devices.
    records(&ada, &all(600, 0)).await.data();
    records(&phone, &all(600, 0)).await.data();
    let standing = async || {
        let query = format!(
            "{{ courseProgress(courseId: \"{}\") {{ percentage isCompleted totalWatchTimeSeconds remaining {{ reason item {{ id }} }} }} }}",
            school.course
        );
        ada.ask(&query).await.at("/courseProgress").clone()
    };
    // The first two, and none of the others.
    let too_fast: Vec<_> = (2..20).map(|n| json!({"reason": "TOO_FAST", "item": {"id": school.files[n]}})).collect();
    assert_eq!(
        standing().await,
        json!({"percentage": 10.0, "isCompleted": false, "totalWatchTimeSeconds": 1_200, "remaining": too_fast})
    );
    assert_eq!(school.enrolment(&ada).await.status, EnrollmentStatus::Active);
    // At double speed one after the other: a hundred minutes for two hundred.
    for n in 1..10 {
        records(&ada, &[school.packet(n, 0.0, 600.0, 100 + n as i64, 600 * (n as i64 + 1))]).await.data();
    }
    assert_eq!(
        standing().await,
        json!({"percentage": 100.0, "isCompleted": true, "totalWatchTimeSeconds": 12_000, "remaining": []})
    );
    assert_eq!(school.enrolment(&ada).await.status, EnrollmentStatus::Completed);
}

#[on_both]
async fn a_clock_that_is_ahead_gains_nothing(app: TestApp) {
    let school = School::open(&app, &[Some(400)]).await;
    let ada = app.student("Ada").await;
    let enroll =
        format!("mutation {{ enroll(input: {{courseId: \"{}\"}}) {{ userErrors {{ code }} }} }}", school.course);
    assert_eq!(ada.ask(&enroll).await.user_errors(), [""; 0]);
    app.world.pass(Duration::seconds(10));
    let mut packet = school.packet(0, 0.0, 400.0, 0, 0);
    packet["at"] = json!((app.world.now() + Duration::seconds(300)).to_rfc3339());
    let answer = records(&ada, &[packet]).await;
    assert_eq!(answer.at("/recordPlayback/videoProgress/0/watchTimeSeconds"), 20, "twice ten seconds");
}

#[on_both]
async fn nonsense_is_refused_packet_by_packet_and_the_rest_is_kept(app: TestApp) {
    let school = School::open(&app, &[Some(100), None]).await;
    let ada = app.student("Ada").await;
    school.enrols(&ada).await;
    let other = school.tomas.publishes("Go").await;
    let good = |sequence| school.packet(0, 10.0, 20.0, sequence, 100);
    let with = |sequence, field: &str, value: serde_json::Value| {
        let mut packet = good(sequence);
        packet[field] = value;
        packet
    };
    let items = [
        with(0, "fromSeconds", json!(-1)),
        with(1, "toSeconds", json!(9.5)),
        with(2, "positionSeconds", json!(-0.1)),
        with(-1, "clientSequence", json!(-1)),
        with(4, "at", json!((app.world.now() + Duration::seconds(301)).to_rfc3339())),
        with(5, "mediaId", json!("media_00000000000000000000000000")),
        with(6, "courseId", json!(other)),
        with(7, "mediaId", json!(school.files[1])),
        // Beyond the end: what there is of it. Beyond any end: nothing.
        with(8, "toSeconds", json!(1e6)),
        with(9, "toSeconds", json!(1e300)),
        with(10, "positionSeconds", json!(1e300)),
        with(11, "at", json!("1969-07-20T20:17:40Z")),
    ];
    let answer = records(&ada, &items).await;
    let refused = |code: &str, item: usize, field: &str| json!({"code": code, "field": ["input", "items", item.to_string(), field]});
    assert_eq!(
        answer.at("/recordPlayback/userErrors"),
        &json!([
            refused("PLAYBACK_RANGE_INVALID", 0, "fromSeconds"),
            refused("PLAYBACK_RANGE_INVALID", 1, "toSeconds"),
            refused("PLAYBACK_POSITION_INVALID", 2, "positionSeconds"),
            refused("PLAYBACK_SEQUENCE_INVALID", 3, "clientSequence"),
            refused("PLAYBACK_TIME_INVALID", 4, "at"),
            refused("PLAYBACK_MEDIA_NOT_FOUND", 5, "mediaId"),
            refused("PLAYBACK_COURSE_MISMATCH", 6, "courseId"),
            refused("PLAYBACK_MEDIA_NOT_TIMED", 7, "mediaId"),
            refused("PLAYBACK_RANGE_INVALID", 9, "toSeconds"),
            refused("PLAYBACK_POSITION_INVALID", 10, "positionSeconds"),
            refused("PLAYBACK_TIME_INVALID", 11, "at"),
        ])
    );
    assert_eq!(answer.at("/recordPlayback/videoProgress/0/watchTimeSeconds"), 90);
    // A number whose packet was refused is still free.
    let mended = records(&ada, &[school.packet(0, 0.0, 10.0, 0, 200)]).await;
    assert_eq!(mended.at("/recordPlayback/videoProgress/0/watchTimeSeconds"), 100);
    let malformed = records(&ada, &[good(9), with(10, "mediaId", json!("x"))]).await;
    assert_eq!(
        malformed.at("/recordPlayback/userErrors"),
        &json!([refused("PLAYBACK_MEDIA_NOT_FOUND", 1, "mediaId")]),
        "what is no id is nobody's"
    );
    assert_eq!(malformed.at("/recordPlayback/videoProgress/0/watchTimeSeconds"), 100, "the other is kept");
    let many: Vec<_> = (100..201).map(good).collect();
    assert_eq!(records(&ada, &many).await.codes(), ["BAD_USER_INPUT"]);
}

#[on_both]
async fn only_who_takes_the_course_and_only_as_long(app: TestApp) {
    let school = School::open(&app, &[Some(100)]).await;
    let packet = || [school.packet(0, 0.0, 10.0, 0, 100)];
    let now = app.world.now();
    for (name, status, expires, may) in [
        ("Ada", EnrollmentStatus::Active, None, true),
        ("Ben", EnrollmentStatus::Completed, Some(now + Duration::days(1)), true),
        ("Cleo", EnrollmentStatus::Active, Some(now), false),
        ("Dan", EnrollmentStatus::Dropped, None, false),
        ("Eve", EnrollmentStatus::Expired, None, false),
    ] {
        let person = app.student(name).await;
        school.enrols_in(&person, None, status, expires).await;
        let codes: &[&str] = if may { &[] } else { &["PLAYBACK_NOT_ENROLLED"] };
        assert_eq!(records(&person, &packet()).await.user_errors(), codes, "{name}");
    }
    // Not even who teaches it; and of a file that one does not see, not even that.
    assert_eq!(records(&school.tomas, &packet()).await.user_errors(), ["PLAYBACK_NOT_ENROLLED"]);
    let hide =
        format!("mutation {{ unpublishCourse(input: {{id: \"{}\"}}) {{ userErrors {{ code }} }} }}", school.course);
    school.tomas.ask(&hide).await.data();
    let stranger = app.student("Finn").await;
    assert_eq!(records(&stranger, &packet()).await.user_errors(), ["PLAYBACK_MEDIA_NOT_FOUND"]);
    let anonymous = app.ask_as(&Viewer::Anonymous, RECORD, json!({"items": packet()})).await;
    assert_eq!(anonymous.codes(), ["UNAUTHENTICATED"]);
    let token = school.tomas.creates_token(&["courses.create"]).await;
    let program = app.viewer_of(&token).await.unwrap();
    assert_eq!(app.ask_as(&program, RECORD, json!({"items": packet()})).await.codes(), ["FORBIDDEN"]);
}

#[on_both]
async fn numbers_may_be_left_out_but_not_without_end(app: TestApp) {
    let school = School::open(&app, &[Some(1_000)]).await;
    let ada = app.student("Ada").await;
    school.enrols(&ada).await;
    let seen: Vec<_> = (0..5_000).map(|n| json!([n * 2, n * 2 + 1])).collect();
    let tx = app.tx().await;
    let row = learning::playback_session::ActiveModel {
        session: sea_orm::Set(ada.viewer.session().unwrap()),
        user_id: sea_orm::Set(ada.id),
        seen: sea_orm::Set(json!(seen)),
        last_at: sea_orm::Set(tx.now),
    };
    tx.insert_all(vec![row]).await.unwrap();
    tx.commit().await.unwrap();
    // What was late still comes in; what leaves out more does not.
    let late = records(&ada, &[school.packet(0, 0.0, 10.0, 1, 100), school.packet(0, 10.0, 20.0, 20_000, 200)]).await;
    assert_eq!(late.at("/recordPlayback/videoProgress/0/watchTimeSeconds"), 20);
    let more = records(&ada, &[school.packet(0, 20.0, 30.0, 30_000, 300)]).await;
    assert_eq!(
        more.at("/recordPlayback/userErrors"),
        &json!([{"code": "PLAYBACK_SEQUENCE_SPARSE", "field": ["input", "items", "0", "clientSequence"]}])
    );
}

#[on_both]
async fn a_batch_is_a_fixed_number_of_statements(app: TestApp) {
    let school = School::open(&app, &[Some(1_000); 40]).await;
    let (ada, ben) = (app.student("Ada").await, app.student("Ben").await);
    school.enrols(&ada).await;
    school.enrols(&ben).await;
    let batch = |films: usize, from: i64| -> Vec<_> {
        (0..films).map(|film| school.packet(film, 0.0, 10.0, from + film as i64, 100 + 10 * film as i64)).collect()
    };
    // The first of a session is one more.
    records(&ada, &batch(1, 0)).await.data();
    records(&ben, &batch(1, 0)).await.data();
    let (one, few) = app.statements(records(&ada, &batch(1, 100))).await;
    let (all, many) = app.statements(records(&ben, &batch(40, 100))).await;
    assert_eq!(one.user_errors(), all.user_errors());
    assert_eq!(few.len(), many.len(), "{few:#?} {many:#?}");
}

#[on_both]
async fn watching_leaves_the_answers_for_everybody(app: TestApp) {
    let school = School::open(&app, &[Some(100), Some(100)]).await;
    let ada = app.student("Ada").await;
    school.enrols(&ada).await;
    let before = app.db().changes().count();
    records(&ada, &[school.packet(0, 0.0, 10.0, 0, 100)]).await.data();
    assert_eq!(app.db().changes().count(), before);
}
