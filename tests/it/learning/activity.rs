//! The days on which one learnt, by the calendar of where one is.

use chrono::Duration;
use kernel::World;
use serde_json::json;
use testkit::{TestApp, on_both};

use super::school::{School, another_session, records};

#[on_both]
async fn days_are_those_of_where_one_is(app: TestApp) {
    let school = School::open(&app, &[Some(3_600), None]).await;
    let ada = app.student("Ada").await;
    school.enrols(&ada).await;
    // The enrolment was on 1 June at noon, UTC; these end at 21:50, 22:10 and, two days on, 12:00.
    let minute = |n: i64| n * 60;
    let packets = [
        school.packet(0, 0.0, 600.0, 0, minute(9 * 60 + 50)),
        school.packet(0, 600.0, 1_200.0, 1, minute(10 * 60 + 10)),
        school.packet(0, 0.0, 300.0, 2, minute(48 * 60)),
    ];
    records(&ada, &packets).await.data();
    // At the same time on another device: the same ten minutes.
    let phone = another_session(&app, &ada).await;
    records(&phone, &[school.packet(0, 2_000.0, 2_600.0, 0, minute(9 * 60 + 50))]).await.data();
    let item = format!("courseId: \"{}\", itemId: \"{}\"", school.course, school.files[1]);
    ada.ask(&format!("mutation {{ completeItem(input: {{{item}}}) {{ userErrors {{ code }} }} }}")).await.data();
    let activity = async |zone: &str| {
        let query = format!(
            "{{ myActivity(from: \"2026-06-01\", to: \"2026-07-01\", timezone: \"{zone}\") {{ date watchedSeconds completedItems }} }}"
        );
        ada.ask(&query).await.at("/myActivity").clone()
    };
    let day = |date: &str, seconds: i64, items: i64| json!({"date": date, "watchedSeconds": seconds, "completedItems": items});
    let today = app.world.now().date_naive().to_string();
    assert_eq!(
        activity("UTC").await,
        json!([day("2026-06-01", 1_200, 0), day("2026-06-03", 300, 0), day(&today, 0, 1)])
    );
    // In Berlin it was past midnight when the second one began.
    assert_eq!(
        activity("Europe/Berlin").await,
        json!([day("2026-06-01", 600, 0), day("2026-06-02", 600, 0), day("2026-06-03", 300, 0), day(&today, 0, 1)])
    );
    let streak = async |zone: &str| {
        let query = format!("{{ myStreak(timezone: \"{zone}\") {{ currentDays longestDays lastDay }} }}");
        ada.ask(&query).await.at("/myStreak").clone()
    };
    assert_eq!(streak("UTC").await, json!({"currentDays": 1, "longestDays": 1, "lastDay": today}));
    assert_eq!(streak("Europe/Berlin").await, json!({"currentDays": 1, "longestDays": 3, "lastDay": today}));
    app.world.pass(Duration::days(2));
    assert_eq!(streak("Europe/Berlin").await, json!({"currentDays": 0, "longestDays": 3, "lastDay": today}));
    for bad in [
        "myStreak(timezone: \"Mars\") { lastDay }",
        "myActivity(from: \"2026-01-02\", to: \"2026-01-01\") { date }",
        "myActivity(from: \"2025-01-01\", to: \"2026-01-02\") { date }",
    ] {
        assert_eq!(ada.ask(&format!("{{ {bad} }}")).await.codes(), ["BAD_USER_INPUT"], "{bad}");
    }
}

#[on_both]
async fn days_are_those_of_ones_own_settings_when_nothing_is_said(app: TestApp) {
    let school = School::open(&app, &[Some(6_000)]).await;
    let ada = app.student("Ada").await;
    school.enrols(&ada).await;
    // From 21:40 until 22:20 on the first of June, which is 23:40 until 00:20 in Berlin.
    records(&ada, &[school.packet(0, 0.0, 2_400.0, 0, 620 * 60)]).await.data();
    let days = async || {
        let query =
            "{ myActivity(from: \"2026-06-01\", to: \"2026-06-30\") { watchedSeconds } myStreak { longestDays } }";
        let answer = ada.ask(query).await;
        let seconds: Vec<_> =
            answer.at("/myActivity").as_array().unwrap().iter().map(|day| day["watchedSeconds"].clone()).collect();
        (json!(seconds), answer.at("/myStreak/longestDays").clone())
    };
    let settles = async |settings: &str| {
        let query =
            format!("mutation {{ updatePreferences(input: {{preferences: {settings}}}) {{ userErrors {{ code }} }} }}");
        assert_eq!(ada.ask(&query).await.user_errors(), [""; 0]);
    };
    assert_eq!(days().await, (json!([2_400]), json!(1)));
    settles("{timezone: \"Europe/Berlin\"}").await;
    assert_eq!(days().await, (json!([1_200, 1_200]), json!(2)));
    // What integrators keep there may be anything.
    for settings in ["{timezone: \"Mars\"}", "{timezone: 7}", "{}"] {
        settles(settings).await;
        assert_eq!(days().await, (json!([2_400]), json!(1)), "{settings}");
    }
}
