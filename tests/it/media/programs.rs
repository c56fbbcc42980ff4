//! Programs bring files, too: by a token with the scope, for who made it.

use kernel::{Viewer, audit_event};
use serde_json::{Value, json};
use testkit::{Answer, TestApp, on_both};

use super::{
    shelf::Shelf,
    uploading::{announcement, send},
};

const CREATE: &str = "mutation ($input: CreateUploadInput!) { createUpload(input: $input) {
    upload { id status } parts { number size url } userErrors { code field } } }";
const COMPLETE: &str = "mutation ($id: ID!) { completeUpload(input: {uploadId: $id}) {
    upload { status } userErrors { code } } }";
const STATUS: &str = "query ($id: ID!) { uploadStatus(uploadId: $id) { status media { id fileName } } }";

async fn create(app: &TestApp, program: &Viewer, input: &Value) -> Answer {
    app.ask_as(program, CREATE, json!({"input": input})).await
}

#[on_both]
async fn a_program_brings_a_file_that_is_its_owners(app: TestApp) {
    let shelf = Shelf::folder(&app).await;
    let teacher = app.instructor("Tomas").await;
    let token = async |scopes: &[&str]| app.viewer_of(&teacher.creates_token(scopes).await).await.unwrap();
    let (program, other) = (token(&["courses.create"]).await, token(&["courses.create"]).await);
    let without = token(&[]).await;
    let bytes = b"Words.".to_vec();
    let input = announcement("a.txt", "text/plain", &bytes);
    assert_eq!(create(&app, &without, &input).await.user_errors(), ["UPLOAD_FOR_AUTHORS"]);
    let created = create(&app, &program, &input).await;
    send(&shelf, &created, &bytes).await;
    let id = json!({"id": created.at("/createUpload/upload/id")});
    // It is this program's, and its owner's; another program of theirs has no part in it.
    assert_eq!(app.ask_as(&other, COMPLETE, id.clone()).await.codes(), ["NOT_FOUND"]);
    assert_eq!(app.ask_as(&other, STATUS, id.clone()).await.at("/uploadStatus"), &Value::Null);
    let completed = app.ask_as(&program, COMPLETE, id.clone()).await;
    assert_eq!(completed.at("/completeUpload/upload/status"), "VERIFYING");
    app.run_jobs().await;
    let done = app.ask_as(&program, STATUS, id.clone()).await.at("/uploadStatus").clone();
    assert_eq!((&done["status"], &done["media"]["fileName"]), (&json!("COMPLETED"), &json!("a.txt")));
    assert_eq!(teacher.ask_with(STATUS, id.clone()).await.at("/uploadStatus"), &done);
    // What they had before is not the program's.
    let own = super::files::file(&app, &teacher, "own.mp4").await;
    let query = "query ($id: ID!) { node(id: $id) { id } }";
    assert_eq!(app.ask_as(&program, query, json!({"id": own})).await.at("/node"), &Value::Null);
    let trail = audit_event::Entity::visible_to(&Viewer::System).all(app.db().read()).await.unwrap();
    let told: Vec<_> = trail.iter().filter(|event| event.action.starts_with("upload.")).collect();
    assert_eq!(
        told.iter().map(|event| &*event.action).collect::<Vec<_>>(),
        ["upload.created", "upload.handed_in", "upload.accepted"]
    );
    assert!(told[..2].iter().all(|event| event.actor_id == Some(teacher.id)), "{told:?}");
    shelf.stop().await;
}

#[on_both]
async fn a_program_with_the_scope_shows_a_course_by_a_picture_but_has_no_face(app: TestApp) {
    let shelf = Shelf::folder(&app).await;
    let (admin, teacher) = (app.admin("Root").await, app.instructor("Tomas").await);
    let course = teacher.publishes("Rust").await;
    let managing = app.viewer_of(&admin.creates_token(&["courses.manage"]).await).await.unwrap();
    let creating = app.viewer_of(&teacher.creates_token(&["courses.create"]).await).await.unwrap();
    let bytes =
        std::fs::read(super::files::recording(&app, "a.png", "-f lavfi -i color=red:size=8x8 -frames:v 1")).unwrap();
    let mut input = announcement("a.png", "image/png", &bytes);
    (input["purpose"], input["courseId"]) = ("COURSE_THUMBNAIL".into(), course.clone().into());
    assert_eq!(create(&app, &creating, &input).await.codes(), ["FORBIDDEN"]);
    let created = create(&app, &managing, &input).await;
    send(&shelf, &created, &bytes).await;
    let id = json!({"id": created.at("/createUpload/upload/id")});
    app.ask_as(&managing, COMPLETE, id).await.data();
    app.run_jobs().await;
    let shown = teacher.ask_with("query ($id: ID!) { course(id: $id) { thumbnail } }", json!({"id": course})).await;
    assert!(shown.at("/course/thumbnail").is_string(), "{shown:?}");
    (input["purpose"], input["courseId"]) = ("AVATAR".into(), Value::Null);
    let refused = create(&app, &managing, &input).await;
    assert_eq!(refused.codes(), ["FORBIDDEN"]);
    assert_eq!(refused.0["errors"][0]["message"], "An API token can't do this: sign in as a person.");
    shelf.stop().await;
}
