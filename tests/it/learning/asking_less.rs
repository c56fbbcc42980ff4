//! A course that asks less than before completes those who have done the rest.

use kernel::{EntityId, Live};
use learning::EnrollmentStatus;
use serde_json::{Value, json};
use testkit::{Person, TestApp, on_both};

use super::{
    certificates::mine,
    school::{School, records},
};

const STANDING: &str = "query ($id: ID!) { courseProgress(courseId: $id) {
    percentage isCompleted remaining { reason section { title } } sections { section { title } percentage }
    enrollment { status progressPercentage lastAccessedAt } } }";

async fn stands(person: &Person, school: &School) -> Value {
    person.ask_with(STANDING, json!({"id": school.course})).await.at("/courseProgress").clone()
}

async fn does(person: &Person, mutation: &str, input: Value) {
    let name = format!("{}{}", mutation[..1].to_uppercase(), &mutation[1..]);
    let query = format!("mutation ($input: {name}Input!) {{ {mutation}(input: $input) {{ userErrors {{ code }} }} }}");
    assert_eq!(person.ask_with(&query, json!({"input": input})).await.user_errors(), [""; 0], "{mutation}");
}

/// A film and a document; Ada has done with the document only, Ben has not begun.
async fn half_done(app: &TestApp) -> (School, Person, Person) {
    let school = School::open(app, &[Some(60), None]).await;
    let (ada, ben) = (app.student("Ada").await, app.student("Ben").await);
    school.enrols(&ada).await;
    does(&ada, "completeItem", json!({"courseId": school.course, "itemId": school.files[1]})).await;
    school.enrols(&ben).await;
    (school, ada, ben)
}

#[on_both]
async fn deleting_the_last_thing_to_do_completes_the_course_and_gives_the_certificate(app: TestApp) {
    let (school, ada, ben) = half_done(&app).await;
    let before = stands(&ada, &school).await;
    assert_eq!(before["enrollment"]["progressPercentage"], 83.33);
    app.world.pass(chrono::Duration::minutes(1));
    does(&school.tomas, "deleteMedia", json!({"mediaId": school.files[0], "force": true})).await;
    app.run_jobs().await;
    let after = stands(&ada, &school).await;
    let wanted = json!({"percentage": 100.0, "isCompleted": true, "remaining": [],
        "sections": [{"section": {"title": "Lessons"}, "percentage": 100.0}],
        "enrollment": {"status": "COMPLETED", "progressPercentage": 100.0,
            "lastAccessedAt": before["enrollment"]["lastAccessedAt"]}});
    assert_eq!(after, wanted, "and nobody was at it meanwhile");
    assert_eq!(mine(&ada).await.len(), 1);
    assert_eq!(stands(&ben, &school).await["enrollment"]["status"], "ACTIVE");
}

#[on_both]
async fn a_course_that_asks_for_nothing_any_more_gives_no_certificate(app: TestApp) {
    let (school, ada, ben) = half_done(&app).await;
    for file in [1, 0] {
        does(&school.tomas, "deleteMedia", json!({"mediaId": school.files[file], "force": true})).await;
        for person in [&ada, &ben] {
            let query = "mutation ($id: ID!) { issueCertificate(input: {courseId: $id}) { certificate { serial } userErrors { code } } }";
            let refused = json!({"issueCertificate": {"certificate": null, "userErrors": [{"code": "CERTIFICATE_NOT_COMPLETED"}]}});
            assert_eq!(person.ask_with(query, json!({"id": school.course})).await.data(), &refused);
            app.run_jobs().await;
            assert_eq!(person.ask_with(query, json!({"id": school.course})).await.data(), &refused);
        }
    }
    assert_eq!(stands(&ada, &school).await["enrollment"]["status"], "ACTIVE");
}

#[on_both]
async fn what_is_kept_follows_the_course(app: TestApp) {
    let school = School::open(&app, &[Some(100), Some(100), None]).await;
    let ada = app.student("Ada").await;
    school.enrols(&ada).await;
    records(&ada, &[school.packet(0, 0.0, 95.0, 0, 100)]).await.data();
    assert_eq!(school.enrolment(&ada).await.progress_percentage, 2_000);
    does(&school.tomas, "deleteMedia", json!({"mediaId": school.files[2], "force": true})).await;
    app.run_jobs().await;
    let enrolment = school.enrolment(&ada).await;
    assert_eq!((enrolment.status, enrolment.progress_percentage), (EnrollmentStatus::Active, 5_000));
    assert_eq!(stands(&ada, &school).await["percentage"], 50.0);
    // Where marking is asked for, what was watched is nothing; and is again when it is not.
    for (policy, percentage) in [("MANUAL", 0), ("AUTOMATIC", 5_000)] {
        does(&school.tomas, "updateCourse", json!({"id": school.course, "completionPolicy": policy})).await;
        app.run_jobs().await;
        assert_eq!(school.enrolment(&ada).await.progress_percentage, percentage, "{policy}");
    }
}

#[on_both]
async fn a_section_that_learners_do_not_find_any_more_asks_for_nothing(app: TestApp) {
    let mut school = School::open(&app, &[None]).await;
    let other = school.tomas.adds_section(&school.course, "More").await;
    let file = school.places(&school.course, &other, None).await;
    school.files.push(file);
    school.publishes_again().await;
    let ada = app.student("Ada").await;
    school.enrols(&ada).await;
    does(&ada, "completeItem", json!({"courseId": school.course, "itemId": school.files[0]})).await;
    // Who may not go on at present is not completed, but is when they may.
    let id = school.enrolment(&ada).await.id.to_wire();
    does(&school.tomas, "suspendEnrollment", json!({"enrollmentId": id, "reason": "x"})).await;
    does(&school.tomas, "updateSection", json!({"id": other, "isPublished": false})).await;
    app.run_jobs().await;
    assert_eq!(school.enrolment(&ada).await.status, EnrollmentStatus::Active);
    does(&school.tomas, "resumeEnrollment", json!({"enrollmentId": id})).await;
    app.run_jobs().await;
    assert_eq!(school.enrolment(&ada).await.status, EnrollmentStatus::Completed);
}

#[on_both]
async fn more_learners_than_a_transaction_takes_are_all_completed(app: TestApp) {
    let school = School::open(&app, &[Some(60), None]).await;
    let mut crowd = vec![];
    for viewer in super::rush::crowd(&app, 120).await {
        let mut tx = app.tx().await;
        let row = learning::enrollment::ActiveModel {
            id: sea_orm::Set(tx.new_id().unwrap()),
            user_id: sea_orm::Set(viewer.id().unwrap()),
            course_id: sea_orm::Set(EntityId::from_wire(&school.course).unwrap()),
            course_version_id: sea_orm::Set(Some(school.version().await)),
            enrolled_at: sea_orm::Set(tx.now),
            status: sea_orm::Set(EnrollmentStatus::Active),
            ..Default::default()
        };
        let row = tx.stamp(row, tx.now);
        tx.insert_all(vec![row]).await.unwrap();
        tx.commit().await.unwrap();
        let input = json!({"courseId": school.course, "itemId": school.files[1]});
        let say = "mutation ($input: CompleteItemInput!) { completeItem(input: $input) { userErrors { code } } }";
        app.ask_as(&viewer, say, json!({"input": input})).await.data();
        crowd.push(viewer);
    }
    does(&school.tomas, "deleteMedia", json!({"mediaId": school.files[0], "force": true})).await;
    app.run_jobs().await;
    let all = learning::enrollment::Entity::live().all(app.db().read()).await.unwrap();
    assert_eq!(all.iter().filter(|row| row.status == EnrollmentStatus::Completed).count(), crowd.len());
}

#[on_both]
async fn a_standing_has_the_sections_that_ask_for_something_in_their_order(app: TestApp) {
    let mut school = School::open(&app, &[Some(100), None]).await;
    let ada = app.student("Ada").await;
    school.enrols(&ada).await;
    // Comes first, and with the next version: Ada may watch it, and it counts for nothing.
    let first = school.tomas.adds_section(&school.course, "New").await;
    let order = json!([{"sectionId": first}, {"sectionId": school.section}]);
    let version = "query ($id: ID!) { course(id: $id) { version } }";
    let version = school.tomas.ask_with(version, json!({"id": school.course})).await.at("/course/version").clone();
    let input = json!({"courseId": school.course, "expectedVersion": version, "order": order});
    does(&school.tomas, "reorderCurriculum", input).await;
    let film = school.places(&school.course, &first, Some(50)).await;
    school.files.push(film);
    school.publishes_again().await;
    records(&ada, &[school.packet(2, 0.0, 50.0, 0, 100)]).await.data();
    let lessons = |percentage: f64| json!([{"section": {"title": "Lessons"}, "percentage": percentage}]);
    assert_eq!(stands(&ada, &school).await["sections"], lessons(0.0));
    // What stood in a section that is gone stands in the course as a whole: no section without a name.
    does(&school.tomas, "deleteSection", json!({"id": school.section, "force": true})).await;
    app.run_jobs().await;
    let after = stands(&ada, &school).await;
    assert_eq!(after["sections"], json!([]));
    assert_eq!(after["remaining"].as_array().unwrap().len(), 2);
}
