use kernel::EntityId;
use media::{FileType, processing::Derived, storage::keys};
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

use super::files::{file, upload, written};

async fn delete(person: &Person, media: &str, force: bool) -> Answer {
    let query = "mutation ($id: ID!, $force: Boolean!) { deleteMedia(input: {mediaId: $id, force: $force}) {
        deletedMediaId userErrors { code field } } }";
    person.ask_with(query, json!({"id": media, "force": force})).await
}

async fn attach(person: &Person, media: &str, course: &str, section: Option<&str>) {
    let query = "mutation ($media: ID!, $course: ID!, $section: ID) {
        attachMedia(input: {mediaId: $media, courseId: $course, sectionId: $section}) { userErrors { code } } }";
    let done = person.ask_with(query, json!({"media": media, "course": course, "section": section})).await;
    assert_eq!(done.user_errors(), [""; 0]);
}

#[on_both]
async fn what_learners_see_is_deleted_by_force_only(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    let section = tomas.adds_section(&course, "Second").await;
    let (shown, free) = (file(&app, &tomas, "a.mp4").await, file(&app, &tomas, "b.mp4").await);
    attach(&tomas, &shown, &course, Some(&section)).await;
    assert_eq!(delete(&tomas, &free, false).await.at("/deleteMedia/deletedMediaId"), &json!(free));
    let refused = delete(&tomas, &shown, false).await;
    assert_eq!(refused.user_errors(), ["MEDIA_IN_USE"]);
    assert_eq!(refused.at("/deleteMedia/deletedMediaId"), &Value::Null);
    assert_eq!(delete(&tomas, &shown, true).await.user_errors(), [""; 0]);
    assert_eq!(delete(&tomas, &shown, true).await.codes(), ["NOT_FOUND"]);
    let draft = tomas.drafts("Draft").await;
    let unseen = file(&app, &tomas, "c.mp4").await;
    attach(&tomas, &unseen, &draft, None).await;
    assert_eq!(delete(&tomas, &unseen, false).await.user_errors(), [""; 0], "nobody learns from a draft");
}

#[on_both]
async fn the_bytes_go_after_the_commit_and_all_that_was_made_of_them(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let bytes = written(&app, "notes.txt", b"notes");
    let id = upload(&app, &tomas, FileType::Other, &bytes).await;
    let storage = &app.app.storage;
    let derived = Derived(id).stream("0/index.m3u8");
    storage.put_file(&derived, &bytes).await.unwrap();
    app.run_jobs().await;
    assert!(storage.size(&keys::source(id)).await.is_ok());
    assert_eq!(delete(&tomas, &id.to_wire(), false).await.user_errors(), [""; 0]);
    assert!(storage.size(&keys::source(id)).await.is_ok(), "not within the transaction");
    assert_eq!(app.run_jobs().await, ["remove_file"]);
    assert!(storage.size(&keys::source(id)).await.is_err());
    assert!(storage.size(&derived).await.is_err());
}
