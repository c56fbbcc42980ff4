use std::{collections::HashMap, pin::pin, sync::Arc};

use futures_util::poll;
use gateway::{
    graphql::loader::{Key, Loaders, Reader},
    seed::{Size, seed},
};
use testkit::{TestApp, on_both};
use tokio::time::{Duration, Instant};

/// The specification's headline query: published courses with instructor, category, sections, their files and the count
/// of active enrolments.
const HEADLINE: &str = "{ courses(first: NUMBER, sort: {field: POPULARITY, direction: DESC}, filter: {status: PUBLISHED}) { nodes {
  id title instructor { name } category { name } activeEnrollmentCount sections { title mediaFiles { fileName durationSeconds } } } } }";

#[on_both]
async fn the_headline_query_takes_five_statements_for_1_10_or_100_courses(app: TestApp) {
    seed(app.db(), &Size { courses: 140, users: 60, enrollments: 300, seed: 7 }, "hash").await.unwrap();
    for courses in [1, 10, 100] {
        let (answer, statements) = app.statements(app.ask(&HEADLINE.replace("NUMBER", &courses.to_string()))).await;
        assert_eq!(answer.at("/courses/nodes").as_array().unwrap().len(), courses);
        assert!(answer.at("/courses/nodes/0/sections/0/mediaFiles/0/fileName").is_string());
        assert_eq!(statements.len(), 5, "{courses} courses: {statements:#?}");
    }
}

#[on_both]
async fn a_field_that_fails_does_not_take_its_siblings_down(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    teacher.publishes("Rust").await;
    let answer = app.ask("{ courses { nodes { title sections { title } category { name } instructor { name taughtCourses(after: \"bad\") { totalCount } } } } }").await;
    assert_eq!(answer.codes(), ["BAD_USER_INPUT"]);
    assert_eq!(
        answer.0["errors"][0]["path"],
        serde_json::json!(["courses", "nodes", 0, "instructor", "taughtCourses"])
    );
    assert_eq!(
        answer.0["data"],
        serde_json::json!({"courses": {"nodes": [{"title": "Rust", "sections": [{"title": "Beginning"}], "category": null, "instructor": {"name": "Tomas", "taughtCourses": null}}]}})
    );
}

#[on_both]
async fn what_a_mutation_changed_is_read_anew_by_the_next(app: TestApp) {
    let teacher = app.instructor("Tomas").await;
    let id = teacher.drafts("First").await;
    let query = "mutation ($id: ID!) {
      a: updateCourse(input: {id: $id, title: \"Second\"}) { course { title sections { course { title } } instructor { taughtCourses { nodes { title } } } } }
      b: updateCourse(input: {id: $id, title: \"Third\"}) { course { title instructor { taughtCourses { nodes { title } } } } } }";
    let answer = teacher.ask_with(query, serde_json::json!({"id": id})).await;
    assert_eq!(answer.at("/a/course/instructor/taughtCourses/nodes/0/title"), "Second");
    assert_eq!(answer.at("/b/course/instructor/taughtCourses/nodes/0/title"), "Third");
}

/// A question that takes a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Slow(u8);

impl Key for Slow {
    type Value = usize;

    async fn load(_: &Reader, keys: &[Self]) -> kernel::Result<HashMap<Self, usize>> {
        tokio::task::yield_now().await;
        Ok(keys.iter().map(|key| (*key, keys.len())).collect())
    }
}

#[on_both]
async fn a_batch_is_read_on_when_the_field_that_runs_it_is_dropped(app: TestApp) {
    let loaders = Arc::new(Loaders::new(
        Reader { db: app.db().clone(), viewer: kernel::Viewer::Anonymous },
        Instant::now() + Duration::from_secs(60),
    ));
    for polls_before_drop in 1..5 {
        loaders.clear();
        let mut follower = pin!(loaders.load(Slow(2)));
        {
            let mut leader = pin!(loaders.load(Slow(1)));
            assert!(poll!(leader.as_mut()).is_pending());
            assert!(poll!(follower.as_mut()).is_pending());
            for _ in 1..polls_before_drop {
                // It may be done already: then there is nothing to lose.
                let _ = poll!(leader.as_mut());
            }
        }
        assert_eq!(follower.await.ok(), Some(Some(2)), "dropped after {polls_before_drop} polls");
    }
}
