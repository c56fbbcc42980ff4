//! Pages of a large catalogue.

use courses::course;
use kernel::{EntityId, UserId, Viewer};
use sea_orm::{ConnectionTrait, DbBackend, Set};
use serde_json::{Value, json};
use testkit::{Answer, TestApp, on_both};

const COURSES: i32 = 1_200;

/// Courses that differ in everything that they can be ordered by, every fifth a draft.
async fn large_school(app: &TestApp, teacher: UserId) {
    let mut tx = app.tx().await;
    let mut rows = vec![];
    for number in 0..COURSES {
        let status = if number % 5 == 0 { course::CourseStatus::Draft } else { course::CourseStatus::Published };
        let row = course::ActiveModel {
            id: Set(tx.new_id().unwrap()),
            title: Set(format!("Course {:04}", number * 7 % COURSES)),
            slug: Set(format!("course-{number}")),
            description: Set("About pottery.".into()),
            instructor_id: Set(teacher),
            price: Set((number * 11 % COURSES).into()),
            status: Set(status),
            enrollment_count: Set(number * 13 % COURSES),
            rating_sum: Set((number * 17 % 400 + 100).into()),
            rating_count: Set(100),
            ..Default::default()
        };
        rows.push(tx.stamp(row, tx.now + chrono::Duration::seconds(number.into())));
    }
    tx.insert_all(rows).await.unwrap();
    tx.commit().await.unwrap();
    // A living PostgreSQL does this by itself; SQLite is never told.
    if app.db().backend() == DbBackend::Postgres {
        app.db().write().execute_unprepared("ANALYZE").await.unwrap();
    }
}

async fn page(app: &TestApp, viewer: &Viewer, arguments: &str, cursor: &Value) -> Answer {
    let query = format!(
        "query ($cursor: String) {{ courses({arguments}) {{ nodes {{ id }} pageInfo {{ startCursor endCursor hasNextPage hasPreviousPage }} }} }}"
    );
    app.ask_as(viewer, &query, json!({"cursor": cursor})).await
}

fn ids(answer: &Answer) -> Vec<String> {
    let nodes = answer.at("/courses/nodes").as_array().unwrap();
    nodes.iter().map(|node| node["id"].as_str().unwrap().to_string()).collect()
}

/// The pages one after the other: all ids, and the cursor in the middle.
async fn walk(app: &TestApp, viewer: &Viewer, arguments: &str) -> (Vec<String>, Value) {
    let (mut all, mut cursor, mut middle) = (vec![], Value::Null, Value::Null);
    loop {
        let answer = page(app, viewer, &format!("{arguments}, first: 100, after: $cursor"), &cursor).await;
        all.extend(ids(&answer));
        cursor = answer.at("/courses/pageInfo/endCursor").clone();
        if all.len() <= COURSES as usize / 2 {
            middle = cursor.clone();
        }
        if answer.at("/courses/pageInfo/hasNextPage") == false {
            return (all, middle);
        }
    }
}

/// A page far down is found by an index as the first is, and nothing is sorted: for everybody, for those who also see
/// drafts of their own, and for those who see all.
#[on_both]
async fn a_page_far_down_costs_what_the_first_one_does(app: TestApp) {
    let (teacher, student, admin) = (app.instructor("Tomas").await, app.student("Ada").await, app.admin("Root").await);
    large_school(&app, teacher.id).await;
    let viewers = [&Viewer::Anonymous, &student.viewer, &teacher.viewer, &admin.viewer];
    for field in ["POPULARITY", "RATING", "NEWEST", "PRICE", "TITLE"] {
        for direction in ["ASC", "DESC"] {
            let sort = format!("sort: {{field: {field}, direction: {direction}}}");
            let (all, middle) = walk(&app, viewers[0], &sort).await;
            assert_eq!(all.len() as i32, COURSES * 4 / 5);
            for viewer in viewers {
                for cursor in [&Value::Null, &middle] {
                    let arguments = format!("{sort}, after: $cursor");
                    let read = page(&app, viewer, &arguments, cursor);
                    let (answer, plans) = app.plans(read).await;
                    assert_eq!(ids(&answer).len(), 20);
                    let [plan] = &plans[..] else { panic!("{plans:?}") };
                    // PostgreSQL may sort the few that are created at the same time, as it goes.
                    let sorts = plan.contains("->  Sort") || plan.contains("TEMP B-TREE");
                    assert!(!sorts, "{sort} {viewer:?}\n{plan}");
                    let begins_there = plan.contains("Index Cond") || plan.contains("SEARCH");
                    assert!(cursor.is_null() || begins_there, "{sort} {viewer:?}\n{plan}");
                }
            }
        }
    }
}

#[on_both]
async fn pages_of_a_search_meet_every_course_once_both_ways(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    large_school(&app, teacher.id).await;
    let (all, _) = walk(&app, &Viewer::Anonymous, "search: \"pottery\"").await;
    let mut once = all.clone();
    once.sort();
    once.dedup();
    assert_eq!((once.len(), all.len() as i32), (all.len(), COURSES * 4 / 5));
    let (mut backward, mut cursor) = (Vec::new(), Value::Null);
    while backward.len() < all.len() {
        let answer = page(&app, &Viewer::Anonymous, "search: \"pottery\", last: 100, before: $cursor", &cursor).await;
        backward.splice(0..0, ids(&answer));
        cursor = answer.at("/courses/pageInfo/startCursor").clone();
    }
    assert_eq!(backward, all);
}

/// How well a course answers is its own affair: what is added elsewhere moves nothing.
#[on_both]
async fn a_page_of_a_search_is_stable_when_courses_are_added(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    for title in ["Pottery for all", "Advanced pottery", "Pottery at home"] {
        teacher.publishes(title).await;
        app.world.pass(chrono::Duration::seconds(1));
    }
    let first = page(&app, &Viewer::Anonymous, "search: \"pottery\", first: 1, after: $cursor", &Value::Null).await;
    let rest = "search: \"pottery\", first: 10, after: $cursor";
    let cursor = first.at("/courses/pageInfo/endCursor");
    let before = ids(&page(&app, &Viewer::Anonymous, rest, cursor).await);
    assert_eq!(before.len(), 2);
    for title in ["Pottery pottery pottery", "Pottery", "Nothing of the kind"] {
        app.world.pass(chrono::Duration::seconds(1));
        teacher.publishes(title).await;
    }
    let after = ids(&page(&app, &Viewer::Anonymous, rest, cursor).await);
    assert_eq!(after, before);
    assert!(after.iter().all(|id| kernel::CourseId::from_wire(id).is_ok()));
}

#[on_both]
async fn a_cursor_of_a_search_is_refused_elsewhere(app: TestApp) {
    app.instructor("Tomas").await.publishes("Pottery").await;
    let search = page(&app, &Viewer::Anonymous, "search: \"pottery\", first: 1, after: $cursor", &Value::Null).await;
    let cursor = search.at("/courses/pageInfo/endCursor");
    let refused = page(&app, &Viewer::Anonymous, "first: 1, after: $cursor", cursor).await;
    assert_eq!(refused.codes(), ["BAD_USER_INPUT"]);
}
