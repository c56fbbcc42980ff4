//! The lists of those who take courses, narrowed and in an order.

use chrono::{DateTime, Duration, Utc};
use kernel::{CourseId, EntityId, World};
use learning::{EnrollmentStatus, enrollment};
use sea_orm::Set;
use serde_json::{Value, json};
use testkit::{Person, TestApp, on_both};

use super::school::School;

const LEARNERS: &str = "query ($id: ID!, $filter: LearnerFilter, $sort: EnrollmentSort!, $first: Int, $after: String) {
    learners(courseId: $id, filter: $filter, sort: $sort, first: $first, after: $after) {
    totalCount nodes { user { name } } pageInfo { endCursor hasNextPage } } }";

struct Learner {
    name: &'static str,
    status: EnrollmentStatus,
    progress: i32,
    days_enrolled: i64,
    days_away: Option<i64>,
    days_left: Option<i64>,
}

const WHO: [Learner; 5] = [
    who("cleo", EnrollmentStatus::Active, 5_000, 10, Some(3), Some(2)),
    who("Ada", EnrollmentStatus::Completed, 10_000, 40, Some(20), None),
    who("Dan", EnrollmentStatus::Active, 0, 15, None, Some(30)),
    who("Ben", EnrollmentStatus::Active, 2_500, 30, Some(1), None),
    who("Eve", EnrollmentStatus::Dropped, 2_600, 20, Some(18), None),
];

const fn who(
    name: &'static str,
    status: EnrollmentStatus,
    progress: i32,
    days_enrolled: i64,
    days_away: Option<i64>,
    days_left: Option<i64>,
) -> Learner {
    Learner { name, status, progress, days_enrolled, days_away, days_left }
}

fn ago(app: &TestApp, days: i64) -> DateTime<Utc> {
    app.world.now() - Duration::days(days)
}

async fn school(app: &TestApp) -> School {
    let school = School::open(app, &[Some(100)]).await;
    for learner in WHO {
        let person = app.student(learner.name).await;
        let mut tx = app.tx().await;
        let row = enrollment::ActiveModel {
            id: Set(tx.new_id().unwrap()),
            user_id: Set(person.id),
            course_id: Set(CourseId::from_wire(&school.course).unwrap()),
            enrolled_at: Set(ago(app, learner.days_enrolled)),
            expires_at: Set(learner.days_left.map(|days| ago(app, -days))),
            last_accessed: Set(learner.days_away.map(|days| ago(app, days))),
            progress_percentage: Set(learner.progress),
            status: Set(learner.status),
            ..Default::default()
        };
        tx.insert_all(vec![tx.stamp(row, tx.now)]).await.unwrap();
        tx.commit().await.unwrap();
    }
    school
}

fn names(list: &Value) -> Vec<&str> {
    list["nodes"].as_array().unwrap().iter().map(|node| node["user"]["name"].as_str().unwrap()).collect()
}

#[on_both]
async fn learners_stand_in_each_order_page_by_page(app: TestApp) {
    let school = school(&app).await;
    for (field, wanted) in [
        ("NAME", ["Ada", "Ben", "cleo", "Dan", "Eve"]),
        ("ENROLLED", ["Ada", "Ben", "Eve", "Dan", "cleo"]),
        ("LAST_ACTIVE", ["Ada", "Eve", "Dan", "cleo", "Ben"]),
        ("PROGRESS", ["Dan", "Ben", "Eve", "cleo", "Ada"]),
    ] {
        for direction in ["ASC", "DESC"] {
            let (mut seen, mut after) = (vec![], Value::Null);
            loop {
                let sort = json!({"field": field, "direction": direction});
                let page = json!({"id": school.course, "sort": sort, "first": 2, "after": after});
                let answer = school.tomas.ask_with(LEARNERS, page).await;
                let list = answer.at("/learners");
                assert_eq!(list["totalCount"], 5);
                seen.extend(names(list).into_iter().map(str::to_string));
                after = list["pageInfo"]["endCursor"].clone();
                if list["pageInfo"]["hasNextPage"] == false {
                    break;
                }
            }
            let mut wanted = wanted.to_vec();
            if direction == "DESC" {
                wanted.reverse();
            }
            assert_eq!(seen, wanted, "{field} {direction}");
        }
    }
    // A cursor of one order is none of another, nor is one that somebody has written.
    for after in ["WyJuYW1lIixmYWxzZSxbeyJpIjoxfSx7ImkiOjF9XV0", "x"] {
        let sort = json!({"field": "NAME", "direction": "ASC"});
        let answer = school.tomas.ask_with(LEARNERS, json!({"id": school.course, "sort": sort, "after": after})).await;
        assert_eq!(answer.codes(), ["BAD_USER_INPUT"]);
    }
}

#[on_both]
async fn learners_are_found_by_name_progress_and_absence(app: TestApp) {
    let school = school(&app).await;
    let found = async |filter: Value| {
        let sort = json!({"field": "NAME", "direction": "ASC"});
        school.tomas.ask_with(LEARNERS, json!({"id": school.course, "sort": sort, "filter": filter})).await
    };
    for (filter, wanted) in [
        (json!({"search": "CL"}), vec!["cleo"]),
        (json!({"search": "%"}), vec![]),
        (json!({"search": "a d"}), vec!["Ada", "Dan"]),
        // Nobody is found by an address.
        (json!({"search": "example.org"}), vec![]),
        (json!({"minProgress": 25, "maxProgress": 50}), vec!["Ben", "cleo", "Eve"]),
        (json!({"isCompleted": true}), vec!["Ada"]),
        (json!({"isCompleted": false, "maxProgress": 0}), vec!["Dan"]),
        (json!({"status": "DROPPED"}), vec!["Eve"]),
        (json!({"inactiveSince": ago(&app, 10).to_rfc3339()}), vec!["Ada", "Dan", "Eve"]),
        (json!({"status": "ACTIVE", "inactiveSince": ago(&app, 10).to_rfc3339()}), vec!["Dan"]),
    ] {
        let answer = found(filter.clone()).await;
        assert_eq!(names(answer.at("/learners")), wanted, "{filter}");
        assert_eq!(answer.at("/learners/totalCount"), wanted.len(), "{filter}");
    }
    let refused = found(json!({"minProgress": 101})).await;
    assert_eq!(refused.codes(), ["BAD_USER_INPUT"]);
    assert_eq!(refused.0["errors"][0]["extensions"]["field"], json!(["filter", "minProgress"]));
}

#[on_both]
async fn enrolments_that_end_soon_are_found_and_only_what_is_bounded_is_sorted(app: TestApp) {
    let school = school(&app).await;
    let list = async |person: &Person, filter: Value, field: &str| {
        let query = "query ($filter: EnrollmentFilter, $sort: EnrollmentSort!) {
            enrollments(filter: $filter, sort: $sort) { nodes { user { name } } } }";
        let sort = json!({"field": field, "direction": "ASC"});
        person.ask_with(query, json!({"filter": filter, "sort": sort})).await
    };
    let soon = list(&school.tomas, json!({"expiresBefore": ago(&app, -7).to_rfc3339()}), "ENROLLED").await;
    assert_eq!(names(soon.at("/enrollments")), ["cleo"]);
    let away = list(&school.tomas, json!({"inactiveSince": ago(&app, 10).to_rfc3339()}), "ENROLLED").await;
    assert_eq!(names(away.at("/enrollments")), ["Ada", "Eve", "Dan"]);
    let of_course = list(&school.tomas, json!({"courseId": school.course}), "PROGRESS").await;
    assert_eq!(names(of_course.at("/enrollments")), ["Dan", "Ben", "Eve", "cleo", "Ada"]);
    assert_eq!(list(&school.tomas, json!({}), "PROGRESS").await.codes(), ["BAD_USER_INPUT"]);
}
