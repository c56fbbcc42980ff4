//! The time of a person is one, however many courses and recordings they play at once.

use learning::EnrollmentStatus;
use serde_json::{Value, json};
use testkit::{Person, TestApp, on_both};

use super::school::{School, another_session, records};

const STANDINGS: &str = "{ me {
    enrollments(first: 20) { nodes { course { id } status progressPercentage certificates { nodes { serial } } } }
    videoProgress(first: 100) { nodes { course { id } video { id } watchTimeSeconds completionPercentage isCompleted } }
    courseProgress(first: 100) { nodes { course { id } section { id } totalWatchTimeSeconds completionPercentage } } } }";

const MINE: &str =
    "query ($id: ID!) { courseProgress(courseId: $id) { percentage totalWatchTimeSeconds completedVideos { id }
    remaining { reason } sections { totalWatchTimeSeconds percentage } } }";

/// Courses of one teacher that somebody takes, each with these films.
async fn takes(app: &TestApp, person: &Person, courses: usize, films: &[Option<i32>]) -> Vec<School> {
    let tomas = app.instructor("Tomas").await;
    let mut schools = vec![];
    for _ in 0..courses {
        let school = School::open_another(app, &tomas, films).await;
        school.enrols(person).await;
        schools.push(school);
    }
    schools
}

async fn stands(person: &Person) -> Value {
    person.ask(STANDINGS).await.at("/me").clone()
}

async fn stands_in(person: &Person, school: &School) -> Value {
    person.ask_with(MINE, json!({"id": school.course})).await.at("/courseProgress").clone()
}

fn nodes<'a>(standing: &'a Value, list: &str) -> &'a Vec<Value> {
    standing[list]["nodes"].as_array().unwrap()
}

fn completed(standing: &Value) -> usize {
    nodes(standing, "enrollments").iter().filter(|it| it["status"] == "COMPLETED").count()
}

/// What is told of the recordings, of their sections and of their courses is one sum.
fn watched(standing: &Value) -> i64 {
    let sum = |list: &str, field: &str, is_meant: &dyn Fn(&Value) -> bool| -> i64 {
        nodes(standing, list).iter().filter(|it| is_meant(it)).map(|it| it[field].as_i64().unwrap()).sum()
    };
    let films = sum("videoProgress", "watchTimeSeconds", &|_| true);
    let total = "totalWatchTimeSeconds";
    assert_eq!(sum("courseProgress", total, &|it| it["section"].is_null()), films, "{standing}");
    assert_eq!(sum("courseProgress", total, &|it| !it["section"].is_null()), films, "{standing}");
    films
}

#[on_both]
async fn five_courses_at_once_are_completed_one_after_the_other(app: TestApp) {
    let (ada, ben) = (app.student("Ada").await, app.student("Ben").await);
    let schools = takes(&app, &ada, 5, &[Some(20)]).await;
    for (n, school) in (0..).zip(&schools) {
        school.enrols(&ben).await;
        // All in the ten seconds after the enrolment.
        assert_eq!(records(&ada, &[school.packet(0, 0.0, 20.0, n, 10)]).await.user_errors(), [""; 0]);
    }
    let all: Vec<Value> = (0..).zip(&schools).map(|(n, school)| school.packet(0, 0.0, 20.0, n, 10)).collect();
    assert_eq!(records(&ben, &all).await.user_errors(), [""; 0]);
    for person in [&ada, &ben] {
        let after = stands(person).await;
        assert_eq!((watched(&after), completed(&after)), (20, 1), "{after}");
        let done = nodes(&after, "videoProgress").iter().filter(|it| it["isCompleted"] == true).count();
        assert_eq!(done, 1, "{after}");
        let certificates = |it: &Value| it["certificates"]["nodes"].as_array().unwrap().len();
        assert_eq!(nodes(&after, "enrollments").iter().map(certificates).sum::<usize>(), 1);
    }
    let left = nodes(&stands(&ada).await, "enrollments").iter().position(|it| it["status"] == "ACTIVE").unwrap();
    let left = nodes(&stands(&ada).await, "enrollments")[left]["course"]["id"].clone();
    let left = schools.iter().find(|school| json!(school.course) == left).unwrap();
    assert_eq!(stands_in(&ada, left).await["remaining"], json!([{"reason": "TOO_FAST"}]));
    // The time that it takes to see two at double speed. What was played in others is there, too.
    records(&ada, &[left.packet(0, 0.0, 20.0, 100, 1_000)]).await.data();
    let after = stands(&ada).await;
    assert_eq!((watched(&after), completed(&after)), (60, 3), "{after}");
    records(&ada, &[left.packet(0, 0.0, 20.0, 101, 2_000)]).await.data();
    let after = stands(&ada).await;
    assert_eq!((watched(&after), completed(&after)), (100, 5), "{after}");
}

#[on_both]
async fn hours_of_a_course_that_was_completed_do_not_serve_another(app: TestApp) {
    let ada = app.student("Ada").await;
    let schools = takes(&app, &ada, 3, &[Some(1_000)]).await;
    records(&ada, &[schools[0].packet(0, 0.0, 1_000.0, 0, 1_000)]).await.data();
    assert_eq!(completed(&stands(&ada).await), 1);
    for (n, school) in [(1, &schools[1]), (2, &schools[2])] {
        let items: Vec<_> = (0..50)
            .map(|at| {
                school.packet(
                    0,
                    f64::from(at) * 20.0,
                    f64::from(at) * 20.0 + 20.0,
                    n * 100 + i64::from(at),
                    5_000 + i64::from(at) * 10,
                )
            })
            .collect();
        records(&ada, &items).await.data();
    }
    // Each at double speed, both at once.
    let after = stands(&ada).await;
    assert_eq!(completed(&after), 2, "{after}");
    assert!(
        watched(&after) <= 1_000 + 1_000 + 510,
        "half of the time that both were played is the third one's: {after}"
    );
}

#[on_both]
async fn two_devices_in_two_courses_lose_nothing(app: TestApp) {
    let ada = app.student("Ada").await;
    let schools = takes(&app, &ada, 2, &[Some(600)]).await;
    let phone = another_session(&app, &ada).await;
    for n in 0..60 {
        let (from, after) = (f64::from(n) * 10.0, 10 * (i64::from(n) + 1));
        let here = [schools[0].packet(0, from, from + 10.0, n.into(), after)];
        let there = [schools[1].packet(0, from, from + 10.0, n.into(), after)];
        let (one, other) = tokio::join!(records(&ada, &here), records(&phone, &there));
        assert_eq!((one.user_errors().len(), other.user_errors().len()), (0, 0));
    }
    let after = stands(&ada).await;
    assert_eq!((watched(&after), completed(&after)), (1_200, 2), "{after}");
}

#[on_both]
async fn two_courses_at_once_on_two_devices_gain_nothing(app: TestApp) {
    let ada = app.student("Ada").await;
    let schools = takes(&app, &ada, 4, &[Some(20)]).await;
    let mut tasks = vec![];
    for school in &schools {
        let (device, packet) = (another_session(&app, &ada).await, school.packet(0, 0.0, 20.0, 0, 10));
        tasks.push(tokio::spawn(async move { records(&device, &[packet]).await.user_errors().len() }));
    }
    for task in tasks {
        assert_eq!(task.await.unwrap(), 0);
    }
    let after = stands(&ada).await;
    assert_eq!((watched(&after), completed(&after)), (20, 1), "{after}");
}

#[on_both]
async fn many_short_films_take_the_time_that_there_is(app: TestApp) {
    let ada = app.student("Ada").await;
    let schools = takes(&app, &ada, 1, &[Some(5); 50]).await;
    let items: Vec<_> = (0..50).map(|n| schools[0].packet(n, 0.0, 5.0, n as i64, 3)).collect();
    records(&ada, &items).await.data();
    let standing = stands_in(&ada, &schools[0]).await;
    // One film of fifty, and a fifth of another.
    let numbers = json!({"percentage": 2.4, "totalWatchTimeSeconds": 6, "completed": 1, "sections": [{"totalWatchTimeSeconds": 6, "percentage": 2.4}]});
    let completed = standing["completedVideos"].as_array().unwrap().len();
    assert_eq!(
        json!({"percentage": standing["percentage"], "totalWatchTimeSeconds": standing["totalWatchTimeSeconds"],
            "completed": completed, "sections": standing["sections"]}),
        numbers
    );
    assert_eq!(standing["remaining"].as_array().unwrap().len(), 49);
    let after = stands(&ada).await;
    assert_eq!(watched(&after), 6);
    assert_eq!(nodes(&after, "enrollments")[0]["progressPercentage"], 2.4);
    assert_eq!(nodes(&after, "videoProgress").iter().filter(|it| it["isCompleted"] == true).count(), 1);
}

#[on_both]
async fn who_leaves_and_comes_back_has_no_more_time(app: TestApp) {
    let ada = app.student("Ada").await;
    let schools = takes(&app, &ada, 4, &[Some(20)]).await;
    let seats = learning::learners_of_courses();
    app.app.write_as_system(async |tx| courses::recount_learners(tx, seats).await).await.unwrap();
    let all: Vec<Value> = (0..).zip(&schools).map(|(n, school)| school.packet(0, 0.0, 20.0, n, 10)).collect();
    for school in &schools {
        let leave = "mutation ($id: ID!) { dropEnrollment(input: {courseId: $id}) { userErrors { code } } }";
        let back = "mutation ($id: ID!) { enroll(input: {courseId: $id}) { userErrors { code } } }";
        records(&ada, &all).await.data();
        for mutation in [leave, back] {
            assert_eq!(ada.ask_with(mutation, json!({"id": school.course})).await.user_errors(), [""; 0]);
            app.run_jobs().await;
        }
        let after = stands(&ada).await;
        assert_eq!((watched(&after), completed(&after)), (20, 1), "{after}");
    }
    // What is put aside is no time gained for others, and its sums go on being told.
    let open: Vec<Value> = nodes(&stands(&ada).await, "enrollments").clone();
    let left = open.iter().find(|it| it["status"] == "ACTIVE").unwrap()["course"]["id"].clone();
    let leave = "mutation ($id: ID!) { dropEnrollment(input: {courseId: $id}) { userErrors { code } } }";
    assert_eq!(ada.ask_with(leave, json!({"id": left})).await.user_errors(), [""; 0]);
    let other = open.iter().find(|it| it["status"] == "ACTIVE" && it["course"]["id"] != left).unwrap();
    let other = schools.iter().find(|school| json!(school.course) == other["course"]["id"]).unwrap();
    records(&ada, &[other.packet(0, 0.0, 20.0, 100, 12)]).await.data();
    assert_eq!(watched(&stands(&ada).await), 24);
}

#[on_both]
async fn what_is_too_fast_takes_a_fixed_number_of_statements(app: TestApp) {
    let mut counts = vec![];
    let tomas = app.instructor("Tomas").await;
    for (name, films) in [("Ada", 2), ("Ben", 30)] {
        let person = app.student(name).await;
        let school = School::open_another(&app, &tomas, &vec![Some(100); films]).await;
        school.enrols(&person).await;
        let batch = |from: i64, after: i64| -> Vec<Value> {
            (0..films).map(|film| school.packet(film, 0.0, 100.0, from + film as i64, after)).collect()
        };
        records(&person, &batch(0, 10)).await.data();
        let (answer, statements) = app.statements(records(&person, &batch(100, 11))).await;
        assert_eq!(answer.at("/recordPlayback/courseProgress/0/totalWatchTimeSeconds"), 22);
        assert_eq!(school.enrolment(&person).await.status, EnrollmentStatus::Active);
        counts.push(statements.len());
    }
    assert_eq!(counts[0], counts[1]);
}
