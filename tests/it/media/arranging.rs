use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

use super::files::file;

async fn attach(person: &Person, media: &str, course: &str, section: Option<&str>) -> Answer {
    let query = "mutation ($media: ID!, $course: ID!, $section: ID) {
        attachMedia(input: {mediaId: $media, courseId: $course, sectionId: $section}) {
            media { orderIndex version course { title } section { title } } userErrors { code field } } }";
    person.ask_with(query, json!({"media": media, "course": course, "section": section})).await
}

async fn reorder(person: &Person, section: &str, order: &[&str]) -> Answer {
    let query = "mutation ($section: ID!, $order: [ID!]!) { reorderMedia(input: {sectionId: $section, order: $order}) {
        section { mediaFiles { fileName } } userErrors { code field } } }";
    person.ask_with(query, json!({"section": section, "order": order})).await
}

async fn detach(person: &Person, media: &str) -> Answer {
    let query = "mutation ($media: ID!) { detachMedia(input: {mediaId: $media}) {
        media { course { title } section { title } } userErrors { code field } } }";
    person.ask_with(query, json!({"media": media})).await
}

#[on_both]
async fn files_stand_where_they_were_put_and_in_the_order_they_are_given(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    let section = tomas.adds_section(&course, "Second").await;
    let mut files = vec![];
    for name in ["a.mp4", "b.mp4", "c.mp4"] {
        let id = file(&app, &tomas, name).await;
        let place = attach(&tomas, &id, &course, Some(&section)).await.at("/attachMedia/media/orderIndex").clone();
        assert_eq!(place, files.len());
        files.push(id);
    }
    let [a, b, c] = [&*files[0], &*files[1], &*files[2]];
    let order = reorder(&tomas, &section, &[c, a, b]).await;
    let names = json!([{"fileName": "c.mp4"}, {"fileName": "a.mp4"}, {"fileName": "b.mp4"}]);
    assert_eq!(order.at("/reorderMedia/section/mediaFiles"), &names);
    for incomplete in [&[c, a][..], &[c, a, a], &[c, a, b, b], &[]] {
        assert_eq!(reorder(&tomas, &section, incomplete).await.user_errors(), ["MEDIA_ORDER_INCOMPLETE"]);
    }
    let stranger = file(&app, &tomas, "d.mp4").await;
    assert_eq!(reorder(&tomas, &section, &[c, a, &stranger]).await.user_errors(), ["MEDIA_ORDER_INCOMPLETE"]);
    let query = "query ($id: ID!) { node(id: $id) { ... on CourseSection { mediaFiles { fileName } } } }";
    assert_eq!(tomas.ask_with(query, json!({"id": section})).await.at("/node/mediaFiles"), &names);
}

#[on_both]
async fn sixteen_files_put_in_at_once_get_sixteen_places(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    let section = tomas.adds_section(&course, "Second").await;
    let mut tasks = vec![];
    for n in 0..16 {
        let (tomas, course, section) = (tomas.clone(), course.clone(), section.clone());
        let id = file(&app, &tomas, &format!("{n}.mp4")).await;
        tasks.push(tokio::spawn(async move { attach(&tomas, &id, &course, Some(&section)).await }));
    }
    let mut places = vec![];
    for task in tasks {
        places.push(task.await.unwrap().at("/attachMedia/media/orderIndex").as_i64().unwrap());
    }
    places.sort_unstable();
    assert_eq!(places, (0..16).collect::<Vec<_>>());
}

#[on_both]
async fn a_file_moves_within_its_course_but_not_into_another(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let (one, other) = (tomas.publishes("One").await, tomas.publishes("Other").await);
    let (first, second) = (tomas.adds_section(&one, "First").await, tomas.adds_section(&one, "Second").await);
    let elsewhere = tomas.adds_section(&other, "Elsewhere").await;
    let id = file(&app, &tomas, "a.mp4").await;
    let wrong = attach(&tomas, &id, &one, Some(&elsewhere)).await;
    assert_eq!(wrong.user_errors(), ["MEDIA_SECTION_ELSEWHERE"]);
    assert_eq!(wrong.at("/attachMedia/userErrors/0/field"), &json!(["input", "sectionId"]));
    attach(&tomas, &id, &one, Some(&first)).await.data();
    let moved = attach(&tomas, &id, &one, Some(&second)).await;
    assert_eq!(moved.at("/attachMedia/media/section/title"), "Second");
    let version = moved.at("/attachMedia/media/version").clone();
    let again = attach(&tomas, &id, &one, Some(&second)).await;
    assert_eq!(again.at("/attachMedia/media/version"), &version, "what changes nothing is no edit");
    assert_eq!(attach(&tomas, &id, &other, None).await.user_errors(), ["MEDIA_ATTACHED_ELSEWHERE"]);
    let free = detach(&tomas, &id).await;
    assert_eq!(free.at("/detachMedia/media"), &json!({"course": null, "section": null}));
    assert_eq!(detach(&tomas, &id).await.user_errors(), ["MEDIA_NOT_ATTACHED"]);
    let whole = attach(&tomas, &id, &other, None).await;
    assert_eq!(whole.at("/attachMedia/media/section"), &Value::Null);
}

#[on_both]
async fn what_is_in_a_course_is_its_editors_and_the_rest_its_uploaders(app: TestApp) {
    let (tomas, eve, ada) = (app.instructor("Tomas").await, app.instructor("Eve").await, app.admin("Ada").await);
    let course = tomas.publishes("Rust").await;
    let (his, hers) = (file(&app, &tomas, "a.mp4").await, file(&app, &eve, "b.mp4").await);
    assert_eq!(attach(&tomas, &hers, &course, None).await.codes(), ["NOT_FOUND"], "another's upload");
    assert_eq!(attach(&eve, &hers, &course, None).await.codes(), ["FORBIDDEN"], "another's course");
    attach(&tomas, &his, &course, None).await.data();
    assert_eq!(detach(&eve, &his).await.codes(), ["FORBIDDEN"]);
    attach(&ada, &hers, &course, None).await.data();
    let rename =
        "mutation ($id: ID!) { updateMedia(input: {mediaId: $id, fileName: \"x.mp4\"}) { userErrors { code } } }";
    let variables = json!({"id": hers});
    assert_eq!(eve.ask_with(rename, variables.clone()).await.codes(), ["FORBIDDEN"], "it is the course's now");
    assert_eq!(tomas.ask_with(rename, variables).await.user_errors(), [""; 0]);
    let gone = detach(&tomas, &hers).await;
    assert_eq!(gone.at("/detachMedia/media"), &Value::Null, "it is hers again");
}

#[on_both]
async fn a_stale_version_and_a_bad_name_change_nothing(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let id = file(&app, &tomas, "a.mp4").await;
    let query = "mutation ($input: UpdateMediaInput!) { updateMedia(input: $input) {
        media { fileName isPublic isDownloadable version } userErrors { code field } } }";
    let update = async |input: Value| tomas.ask_with(query, json!({"input": input})).await;
    let done =
        update(json!({"mediaId": id, "expectedVersion": 1, "fileName": " b.mp4 ", "isDownloadable": true})).await;
    let now = json!({"fileName": "b.mp4", "isPublic": false, "isDownloadable": true, "version": 2});
    assert_eq!(done.at("/updateMedia/media"), &now);
    let stale = update(json!({"mediaId": id, "expectedVersion": 1, "fileName": "c.mp4"})).await;
    assert_eq!(stale.user_errors(), ["STALE_VERSION"]);
    assert_eq!(stale.at("/updateMedia/media"), &now);
    let long = "x".repeat(256);
    for name in ["", " ", "..", "a/b", "a\\b", "a\nb", &long] {
        let refused = update(json!({"mediaId": id, "fileName": name})).await;
        assert_eq!(refused.user_errors(), ["MEDIA_FILE_NAME_INVALID"], "{name:?}");
    }
}
