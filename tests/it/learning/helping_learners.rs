//! What those who run a course find out about one learner, and what learners are told of themselves.

use serde_json::{Value, json};
use testkit::{TestApp, on_both};

use super::{
    certificates::{finishes, mine},
    certificates_vouching::{reissues, revokes},
    school::{School, records},
};

#[on_both]
async fn a_revoked_certificate_is_found_again_by_who_may_undo_it(app: TestApp) {
    let (tomas, ada, eve) = (app.instructor("Tomas").await, app.student("Ada").await, app.instructor("Eve").await);
    let course = tomas.publishes("Rust").await;
    finishes(&app, &ada, &course).await;
    let certificate = mine(&ada).await.remove(0);
    revokes(&tomas, &certificate["id"], "A mistake.").await.data();
    let listed = "query ($id: ID!) { learners(courseId: $id) { nodes { certificate { id }
        certificates { totalCount nodes { id status } } } } }";
    let revoked = json!({"certificate": null, "certificates": {"totalCount": 1, "nodes": [{"id": certificate["id"], "status": "REVOKED"}]}});
    assert_eq!(tomas.ask_with(listed, json!({"id": course})).await.at("/learners/nodes"), &json!([revoked]));
    let by_serial = "query ($serial: String!) { certificate(serial: $serial) { id status } }";
    let typed = json!({"serial": certificate["serial"].as_str().unwrap().to_lowercase()});
    let found = tomas.ask_with(by_serial, typed.clone()).await;
    assert_eq!(found.data(), &json!({"certificate": {"id": certificate["id"], "status": "REVOKED"}}));
    assert_eq!(ada.ask_with(by_serial, typed.clone()).await.data(), found.data(), "it is hers");
    assert_eq!(
        eve.ask_with(by_serial, typed).await.data(),
        &json!({"certificate": null}),
        "others have verifyCertificate"
    );
    app.world.pass(chrono::Duration::minutes(1));
    let again = reissues(&tomas, &found.at("/certificate/id").clone()).await;
    assert_eq!(again.user_errors(), [""; 0]);
    let both = tomas.ask_with(listed, json!({"id": course})).await;
    let nodes = both.at("/learners/nodes/0/certificates/nodes").as_array().unwrap().clone();
    assert_eq!(nodes.iter().map(|node| node["status"].clone()).collect::<Vec<Value>>(), ["VALID", "REVOKED"]);
}

#[on_both]
async fn why_somebody_has_no_certificate_and_how_far_they_are_in_each_section(app: TestApp) {
    let school = School::open(&app, &[Some(100), None]).await;
    let (ada, eve) = (app.student("Ada").await, app.student("Eve").await);
    school.enrols(&ada).await;
    records(&ada, &[school.packet(0, 0.0, 95.0, 0, 100)]).await.data();
    let eligibility = "query ($id: ID!, $user: ID) { certificateEligibility(courseId: $id, userId: $user) { eligible blockers { code } } }";
    let asked = json!({"id": school.course, "user": ada.wire_id()});
    let wanted =
        json!({"certificateEligibility": {"eligible": false, "blockers": [{"code": "CERTIFICATE_NOT_COMPLETED"}]}});
    assert_eq!(school.tomas.ask_with(eligibility, asked.clone()).await.data(), &wanted);
    assert_eq!(ada.ask_with(eligibility, asked.clone()).await.data(), &wanted);
    assert_eq!(eve.ask_with(eligibility, asked).await.codes(), ["FORBIDDEN"]);
    let sections = "query ($id: ID!) { learners(courseId: $id) { nodes { user { name }
        sectionProgress { section { title } completionPercentage totalWatchTimeSeconds } } } }";
    let seen = school.tomas.ask_with(sections, json!({"id": school.course})).await;
    let lessons = json!([{"section": {"title": "Lessons"}, "completionPercentage": 25.0, "totalWatchTimeSeconds": 95}]);
    assert_eq!(seen.at("/learners/nodes"), &json!([{"user": {"name": "Ada"}, "sectionProgress": lessons}]));
}

#[on_both]
async fn a_program_has_no_progress_of_its_own(app: TestApp) {
    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let course = tomas.publishes("Rust").await;
    let program = app.viewer_of(&ada.creates_token(&[]).await).await.unwrap();
    for query in [
        format!("{{ courseProgress(courseId: \"{course}\") {{ percentage }} }}"),
        "{ continueLearning { percentage } }".into(),
    ] {
        assert_eq!(app.ask_as(&program, &query, json!({})).await.codes(), ["FORBIDDEN"], "{query}");
    }
}

#[on_both]
async fn where_marking_counts_the_marked_ones_are_the_completed_ones(app: TestApp) {
    let school = School::open(&app, &[Some(100), Some(100), None]).await;
    let ada = app.student("Ada").await;
    school.enrols(&ada).await;
    let policy =
        "mutation ($id: ID!) { updateCourse(input: {id: $id, completionPolicy: MANUAL}) { userErrors { code } } }";
    school.tomas.ask_with(policy, json!({"id": school.course})).await.data();
    records(&ada, &[school.packet(0, 0.0, 100.0, 0, 100)]).await.data();
    let say = "mutation ($input: CompleteItemInput!) { completeItem(input: $input) { userErrors { code } } }";
    for file in [1, 2] {
        let input = json!({"courseId": school.course, "itemId": school.files[file]});
        assert_eq!(ada.ask_with(say, json!({"input": input})).await.user_errors(), [""; 0]);
    }
    let ticks =
        "query ($id: ID!) { courseProgress(courseId: $id) { completedVideos { id } remaining { item { id } } } }";
    let seen = ada.ask_with(ticks, json!({"id": school.course})).await;
    let wanted =
        json!({"completedVideos": [{"id": school.files[1]}], "remaining": [{"item": {"id": school.files[0]}}]});
    assert_eq!(seen.at("/courseProgress"), &wanted);
}
