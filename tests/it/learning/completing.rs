//! When a course is completed, once; by watching and by one's word.

use kernel::{EntityId, Live, Viewer, audit_event};
use learning::{EnrollmentStatus, item_completion};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter};
use serde_json::json;
use testkit::{Answer, Person, TestApp, on_both};

use super::school::{School, records};

async fn says(person: &Person, mutation: &str, course: &str, item: &str) -> Answer {
    let query = format!(
        "mutation ($input: {}{}Input!) {{ {mutation}(input: $input) {{ courseProgress {{ completionPercentage }} userErrors {{ code field }} }} }}",
        mutation[..1].to_uppercase(),
        &mutation[1..]
    );
    person.ask_with(&query, json!({"input": {"courseId": course, "itemId": item}})).await
}

async fn sets_policy(school: &School, policy: &str) {
    let query = "mutation ($input: UpdateCourseInput!) { updateCourse(input: $input) { course { completionPolicy } userErrors { code } } }";
    let input = json!({"id": school.course, "completionPolicy": policy});
    let done = school.tomas.ask_with(query, json!({"input": input})).await;
    assert_eq!(done.at("/updateCourse/course/completionPolicy"), policy);
}

async fn completions(app: &TestApp) -> (u64, i32) {
    let recorded = audit_event::Entity::visible_to(&Viewer::System)
        .filter(audit_event::Column::Action.eq("enrollment.completed"))
        .count(app.db().read())
        .await
        .unwrap();
    let course = courses::course::Entity::live().one(app.db().read()).await.unwrap().unwrap();
    (recorded, course.completion_count)
}

#[on_both]
async fn thirty_two_who_finish_the_last_items_at_once_complete_once(app: TestApp) {
    let lengths: Vec<_> = (0..32).map(|n| (n % 2 == 0).then_some(100)).collect();
    let school = School::open(&app, &lengths).await;
    let ada = app.student("Ada").await;
    school.enrols(&ada).await;
    let tasks: Vec<_> = (0..32)
        .map(|n| {
            let (ada, course, file) = (ada.clone(), school.course.clone(), school.files[n].clone());
            let packet = school.packet(n, 0.0, 95.0, n as i64, 1_000 * (n as i64 + 1));
            tokio::spawn(async move {
                match n % 2 {
                    0 => records(&ada, &[packet]).await.user_errors().len(),
                    _ => says(&ada, "completeItem", &course, &file).await.user_errors().len(),
                }
            })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), 0);
    }
    let enrolment = school.enrolment(&ada).await;
    assert_eq!((enrolment.status, enrolment.progress_percentage), (EnrollmentStatus::Completed, 10_000));
    assert!(enrolment.completed_at.is_some());
    assert_eq!(completions(&app).await, (1, 1));
    // Said and watched again, it stays completed as it was.
    says(&ada, "completeItem", &school.course, &school.files[1]).await.data();
    records(&ada, &[school.packet(0, 0.0, 100.0, 99, 90_000)]).await.data();
    assert_eq!(completions(&app).await, (1, 1));
    assert_eq!(school.enrolment(&ada).await.completed_at, enrolment.completed_at);
}

#[on_both]
async fn recordings_are_watched_and_the_rest_is_said(app: TestApp) {
    let school = School::open(&app, &[Some(300), None]).await;
    let ada = app.student("Ada").await;
    school.enrols(&ada).await;
    let watched = says(&ada, "completeItem", &school.course, &school.files[0]).await;
    assert_eq!(
        watched.at("/completeItem/userErrors/0"),
        &json!({"code": "ITEM_IS_WATCHED", "field": ["input", "itemId"]})
    );
    for _ in 0..2 {
        let said = says(&ada, "completeItem", &school.course, &school.files[1]).await;
        assert_eq!(said.at("/completeItem/courseProgress/completionPercentage"), 50.0);
    }
    assert_eq!(item_completion::Entity::live().count(app.db().read()).await.unwrap(), 1);
    let back = says(&ada, "uncompleteItem", &school.course, &school.files[1]).await;
    assert_eq!(back.at("/uncompleteItem/courseProgress/completionPercentage"), 0.0);
    says(&ada, "completeItem", &school.course, &school.files[1]).await.data();
    // Nine tenths of a recording are all of it.
    let done = records(&ada, &[school.packet(0, 0.0, 270.0, 0, 1_000)]).await;
    assert_eq!(done.at("/recordPlayback/courseProgress/0/completionPercentage"), 100.0);
    assert_eq!(done.at("/recordPlayback/videoProgress/0/completionPercentage"), 90.0);
    let late = says(&ada, "uncompleteItem", &school.course, &school.files[1]).await;
    assert_eq!(late.user_errors(), ["ITEM_COURSE_COMPLETED"]);
    let elsewhere = says(&ada, "completeItem", &school.course, "media_00000000000000000000000000").await;
    assert_eq!(elsewhere.user_errors(), ["ITEM_NOT_FOUND"]);
}

#[on_both]
async fn where_the_policy_is_manual_watching_is_not_enough(app: TestApp) {
    let school = School::open(&app, &[Some(300), Some(300)]).await;
    let ada = app.student("Ada").await;
    school.enrols(&ada).await;
    sets_policy(&school, "MANUAL").await;
    let watched = records(&ada, &[school.packet(0, 0.0, 300.0, 0, 1_000)]).await;
    assert_eq!(watched.at("/recordPlayback/videoProgress/0/isCompleted"), true);
    assert_eq!(watched.at("/recordPlayback/courseProgress/0/completionPercentage"), 0.0);
    let said = says(&ada, "completeItem", &school.course, &school.files[1]).await;
    assert_eq!(said.at("/completeItem/courseProgress/completionPercentage"), 50.0);
    // What was said and what was watched counts when the policy is another.
    sets_policy(&school, "AUTOMATIC").await;
    records(&ada, &[school.packet(0, 0.0, 1.0, 1, 1_100)]).await.data();
    assert_eq!(school.enrolment(&ada).await.status, EnrollmentStatus::Completed);
}

#[on_both]
async fn what_is_added_later_takes_nothing_away(app: TestApp) {
    let mut school = School::open(&app, &[Some(300), Some(300)]).await;
    let (ada, ben, cleo) = (app.student("Ada").await, app.student("Ben").await, app.student("Cleo").await);
    school.enrols(&ada).await;
    school.enrols(&ben).await;
    school.enrols_in(&cleo, None, EnrollmentStatus::Active, None).await;
    for person in [&ada, &ben, &cleo] {
        records(person, &[school.packet(0, 0.0, 300.0, 0, 1_000)]).await.data();
    }
    let finish = [school.packet(1, 0.0, 300.0, 1, 2_000)];
    records(&ada, &finish).await.data();
    let later = school.tomas.adds_section(&school.course, "Later").await;
    let more = school.places(&school.course, &later, Some(600)).await;
    school.files.push(more);
    school.publishes_again().await;
    let percent = async |person: &Person| {
        let query =
            format!("{{ courseProgress(courseId: \"{}\") {{ percentage remaining {{ reason }} }} }}", school.course);
        person.ask(&query).await.at("/courseProgress").clone()
    };
    let left = |n| vec![json!({"reason": "NOT_STARTED"}); n];
    assert_eq!(percent(&ada).await, json!({"percentage": 100.0, "remaining": left(0)}));
    assert_eq!(percent(&ben).await, json!({"percentage": 50.0, "remaining": left(1)}));
    assert_eq!(
        percent(&cleo).await,
        json!({"percentage": 25.0, "remaining": left(2)}),
        "without a version: what there is"
    );
    // What is new may be watched all the same, and moves nothing.
    let new = records(&ben, &[school.packet(2, 0.0, 100.0, 2, 3_000)]).await;
    assert_eq!(
        new.at("/recordPlayback/courseProgress/0"),
        &json!({"completionPercentage": 50.0, "totalWatchTimeSeconds": 400, "lastVideo": {"id": school.files[2]}})
    );
    // What was deleted nobody can finish.
    let delete = format!(
        "mutation {{ deleteMedia(input: {{mediaId: \"{}\", force: true}}) {{ userErrors {{ code }} }} }}",
        school.files[1]
    );
    assert_eq!(school.tomas.ask(&delete).await.user_errors(), [""; 0]);
    assert_eq!(percent(&ben).await, json!({"percentage": 100.0, "remaining": []}));
    assert_eq!(school.enrolment(&ben).await.status, EnrollmentStatus::Active, "until they are at it again");
    records(&ben, &[school.packet(0, 0.0, 10.0, 3, 4_000)]).await.data();
    assert_eq!(school.enrolment(&ben).await.status, EnrollmentStatus::Completed);
}

#[on_both]
async fn a_quiz_that_a_version_asks_for_is_passed_once(app: TestApp) {
    let school = School::open(&app, &[Some(300)]).await;
    let ada = app.student("Ada").await;
    school.enrols(&ada).await;
    let mut tx = app.tx().await;
    let (quiz, course) = (tx.new_id().unwrap(), kernel::CourseId::from_wire(&school.course).unwrap());
    let row = assessment::quiz::ActiveModel {
        id: sea_orm::Set(quiz),
        course_id: sea_orm::Set(course),
        title: sea_orm::Set("Ownership".into()),
        is_published: sea_orm::Set(true),
        is_required: sea_orm::Set(true),
        ..Default::default()
    };
    tx.insert_all(vec![tx.stamp(row, tx.now)]).await.unwrap();
    let item = learning::course_version_item::ActiveModel {
        course_version_id: sea_orm::Set(school.version().await),
        position: sea_orm::Set(1),
        quiz_id: sea_orm::Set(Some(quiz)),
        weight: sea_orm::Set(300),
        ..Default::default()
    };
    tx.insert_all(vec![item]).await.unwrap();
    tx.commit().await.unwrap();
    records(&ada, &[school.packet(0, 0.0, 300.0, 0, 1_000)]).await.data();
    let query = format!(
        "{{ courseProgress(courseId: \"{}\") {{ percentage remaining {{ reason item {{ id }} }} }} }}",
        school.course
    );
    let left = ada.ask(&query).await;
    assert_eq!(
        left.at("/courseProgress"),
        &json!({"percentage": 50.0, "remaining": [{"reason": "NOT_PASSED", "item": null}]})
    );
    for _ in 0..2 {
        let passed = app.app.write_as_system(async |tx| {
            learning::mark_quizzes(tx, &[learning::Sitter { user: ada.id, course, quiz }], &[]).await
        });
        passed.await.unwrap();
    }
    assert_eq!(completions(&app).await, (1, 1));
}
