//! The orders of a course's reviews, by value, and their pages.

use chrono::Duration;
use kernel::{CourseId, EntityId, UserId, Viewer};
use reviews::{helpful_score, review};
use sea_orm::{ConnectionTrait, DbBackend, Set};
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

use super::{learner, listed, reviews as writes, votes};

/// Reviews of a course by these votes and stars, each a minute after the one before: their ids.
async fn voted(app: &TestApp, course: &str, rows: &[(i32, i32, i32)]) -> Vec<String> {
    let mut ids = vec![];
    let mut authors = vec![];
    for number in 0..rows.len() {
        authors.push(app.student(&format!("Author{number}")).await.id);
    }
    let mut tx = app.tx().await;
    let mut models = vec![];
    for ((number, row), author) in rows.iter().enumerate().zip(authors) {
        let model = opinion(tx.new_id().unwrap(), author, course, *row);
        ids.push(model.id.as_ref().to_wire());
        models.push(tx.stamp(model, tx.now + Duration::minutes(number as i64)));
    }
    tx.insert_all(models).await.unwrap();
    tx.commit().await.unwrap();
    ids
}

fn opinion(
    id: kernel::ReviewId,
    author: UserId,
    course: &str,
    (stars, helpful, unhelpful): (i32, i32, i32),
) -> review::ActiveModel {
    review::ActiveModel {
        id: Set(id),
        user_id: Set(author),
        course_id: Set(CourseId::from_wire(course).unwrap()),
        rating: Set(stars),
        title: Set(String::new()),
        comment: Set(String::new()),
        helpful_count: Set(helpful),
        unhelpful_count: Set(unhelpful),
        helpful_score: Set(helpful_score(helpful, unhelpful)),
        ..Default::default()
    }
}

/// Worked out by hand: the lower ends of Wilson's intervals are 0.670 (40 of 50), 0.490 (8 of 10), 0.342 (2 of 2),
/// 0.301 (3 of 4), 0.207 (1 of 1), 0.095 (1 of 2), 0 and 0.
#[on_both]
async fn each_order_is_what_it_says(app: TestApp) {
    let course = app.instructor("Tomas").await.publishes("Rust").await;
    let rows = [(3, 2, 0), (5, 40, 10), (1, 0, 0), (3, 1, 1), (5, 0, 4), (4, 1, 0), (3, 8, 2), (2, 3, 1)];
    let ids = voted(&app, &course, &rows).await;
    let at = |places: &[usize]| places.iter().map(|place| ids[*place].clone()).collect::<Vec<_>>();
    let read = async |more: &str| listed(&app, &Viewer::Anonymous, &format!("courseId: \"{course}\"{more}")).await;
    let helpful = at(&[1, 6, 0, 7, 5, 3, 4, 2]);
    assert_eq!(read("").await, helpful);
    assert_eq!(read(", sort: HELPFUL").await, helpful);
    assert_eq!(read(", sort: NEWEST").await, at(&[7, 6, 5, 4, 3, 2, 1, 0]));
    assert_eq!(read(", sort: HIGHEST").await, at(&[4, 1, 5, 6, 3, 0, 7, 2]));
    assert_eq!(read(", sort: LOWEST").await, at(&[2, 7, 0, 3, 6, 5, 1, 4]));
    assert_eq!(read(", rating: 3").await, at(&[6, 0, 3]));
    assert_eq!(read(", rating: 3, sort: NEWEST").await, at(&[6, 3, 0]));
    assert_eq!(read(", last: 2").await, at(&[4, 2]));
    for bad in ["rating: 0", "rating: 6", "first: 1, after: \"x\"", "first: 1, last: 1"] {
        let query = format!("{{ courseReviews(courseId: \"{course}\", {bad}) {{ totalCount }} }}");
        assert_eq!(app.ask(&query).await.codes(), ["BAD_USER_INPUT"], "{bad}");
    }
}

#[on_both]
async fn the_reviews_of_a_course_that_one_does_not_see_are_not_there(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let draft = tomas.drafts("Secret").await;
    voted(&app, &draft, &[(5, 0, 0)]).await;
    let query = format!("{{ courseReviews(courseId: \"{draft}\") {{ totalCount }} }}");
    assert_eq!(app.ask(&query).await.data(), &json!({"courseReviews": null}));
    assert_eq!(tomas.ask(&query).await.at("/courseReviews/totalCount"), 1);
}

async fn page(app: &TestApp, viewer: &Viewer, arguments: &str, cursor: &Value) -> Answer {
    let query = format!(
        "query ($cursor: String) {{ courseReviews({arguments}) {{ nodes {{ id }} pageInfo {{ startCursor endCursor hasNextPage }} }} }}"
    );
    app.ask_as(viewer, &query, json!({"cursor": cursor})).await
}

fn ids(answer: &Answer) -> Vec<String> {
    let nodes = answer.at("/courseReviews/nodes").as_array().unwrap();
    nodes.iter().map(|node| node["id"].as_str().unwrap().to_string()).collect()
}

/// Every order, forwards and backwards, meets every review once, and an index brings it: nothing is sorted.
#[on_both]
async fn pages_meet_every_review_once_and_are_found_by_an_index(app: TestApp) {
    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let (course, other) = (tomas.publishes("Rust").await, tomas.publishes("Go").await);
    let rows: Vec<_> = (0..60).map(|n| (1 + n % 5, n * 7 % 11, n * 3 % 4)).collect();
    voted(&app, &course, &rows).await;
    let mut tx = app.tx().await;
    // Enough of others that reading all of them would not pay.
    for n in 0..3 {
        let reviews = (0..500).map(|_| tx.new_id().unwrap()).collect::<Vec<kernel::ReviewId>>();
        let users: Vec<UserId> = reviews.iter().map(|id| UserId(id.0)).collect();
        let people = users.iter().map(|id| tx.stamp(nobody(*id), tx.now)).collect();
        tx.insert_all::<accounts::user::ActiveModel>(people).await.unwrap();
        let opinions =
            reviews.iter().zip(users).map(|(id, user)| tx.stamp(opinion(*id, user, &other, (1 + n, n, n)), tx.now));
        tx.insert_all(opinions.collect()).await.unwrap();
    }
    tx.commit().await.unwrap();
    if app.db().backend() == DbBackend::Postgres {
        app.db().write().execute_unprepared("ANALYZE").await.unwrap();
    }
    for arguments in ["HELPFUL", "NEWEST", "HIGHEST", "LOWEST", "HELPFUL, rating: 3", "NEWEST, rating: 3"] {
        let list = format!("courseId: \"{course}\", sort: {arguments}");
        let all =
            ids(&page(&app, &Viewer::Anonymous, &format!("{list}, first: 100, after: $cursor"), &Value::Null).await);
        assert_eq!(all.len(), if arguments.contains("rating") { 12 } else { 60 });
        let (mut forward, mut cursor) = (vec![], Value::Null);
        while forward.len() < all.len() {
            let arguments_of_page = format!("{list}, first: 5, after: $cursor");
            let (answer, plans) = app.plans(page(&app, &ada.viewer, &arguments_of_page, &cursor)).await;
            forward.extend(ids(&answer));
            cursor = answer.at("/courseReviews/pageInfo/endCursor").clone();
            let plan =
                plans.iter().find(|plan| plan.contains("reviews_course_id")).unwrap_or_else(|| panic!("{plans:#?}"));
            assert!(!plan.contains("->  Sort") && !plan.contains("TEMP B-TREE"), "{arguments}\n{plan}");
        }
        let (mut backward, mut cursor) = (vec![], Value::Null);
        while backward.len() < all.len() {
            let answer = page(&app, &ada.viewer, &format!("{list}, last: 5, before: $cursor"), &cursor).await;
            backward.splice(0..0, ids(&answer));
            cursor = answer.at("/courseReviews/pageInfo/startCursor").clone();
        }
        assert_eq!((&forward, &backward), (&all, &all), "{arguments}");
    }
}

fn nobody(id: UserId) -> accounts::user::ActiveModel {
    let email = format!("{}@example.org", id.to_wire());
    accounts::user::ActiveModel {
        id: Set(id),
        email: Set(email.clone()),
        email_key: Set(email),
        date_joined: Set(chrono::DateTime::UNIX_EPOCH),
        ..Default::default()
    }
}

/// While others vote, what nobody votes on stands once on the pages and in its order.
#[on_both]
async fn pages_stay_what_they_are_while_votes_come_in(app: TestApp) {
    let course = app.instructor("Tomas").await.publishes("Rust").await;
    let rows: Vec<_> = (0..20).map(|n| (3, 20 - n, 0)).collect();
    let all = voted(&app, &course, &rows).await;
    let voter = app.student("Vera").await;
    // One that was read sinks, one that is to come rises, one among those to come sinks.
    let moved = [2, 12, 15];
    for order in ["HELPFUL", "NEWEST", "HIGHEST"] {
        let list = format!("courseId: \"{course}\", sort: {order}, first: 5, after: $cursor");
        let before =
            listed(&app, &Viewer::Anonymous, &format!("courseId: \"{course}\", sort: {order}, first: 100")).await;
        let (mut read, mut cursor) = (vec![], Value::Null);
        for number in 0..4 {
            let answer = page(&app, &Viewer::Anonymous, &list, &cursor).await;
            read.extend(ids(&answer));
            cursor = answer.at("/courseReviews/pageInfo/endCursor").clone();
            if number == 0 {
                for (place, is_helpful) in moved.into_iter().zip([false, true, false]) {
                    assert_eq!(votes(&voter, &all[place], is_helpful).await.user_errors(), [""; 0]);
                }
            }
        }
        let still = |ids: &[String]| {
            ids.iter().filter(|id| !moved.iter().any(|place| all[*place] == **id)).cloned().collect::<Vec<_>>()
        };
        assert_eq!(still(&read), still(&before)[..still(&read).len()], "{order}");
        assert!(order == "HELPFUL" || read == before, "{order}");
    }
}

/// Whoever pages through the list while reviews come in misses none of those that were there.
#[on_both]
async fn a_new_review_moves_no_page_of_the_newest(app: TestApp) {
    let course = app.instructor("Tomas").await.publishes("Rust").await;
    let authors: Vec<Person> = {
        let mut authors = vec![];
        for n in 0..4 {
            authors.push(learner(&app, &format!("Author{n}"), &course).await);
        }
        authors
    };
    let mut written = vec![];
    for author in &authors[..3] {
        app.world.pass(Duration::minutes(1));
        written.push(writes(author, &course, 4).await);
    }
    let list = format!("courseId: \"{course}\", sort: NEWEST, first: 2, after: $cursor");
    let first = page(&app, &Viewer::Anonymous, &list, &Value::Null).await;
    app.world.pass(Duration::minutes(1));
    writes(&authors[3], &course, 1).await;
    let second = page(&app, &Viewer::Anonymous, &list, first.at("/courseReviews/pageInfo/endCursor")).await;
    assert_eq!([ids(&first), ids(&second)].concat(), [2, 1, 0].map(|n: usize| written[n].clone()));
}
