//! Pictures of courses and people, by parts and with the request.

use kernel::audit_event;
use serde_json::{Value, json};
use testkit::{Person, TestApp, on_both};

use super::{
    files::recording,
    shelf::Shelf,
    uploading::{announcement, bring, create, is_empty},
};

const UPLOAD: &str = "mutation ($file: Upload!, $purpose: UploadPurpose!, $course: ID) {
    uploadImage(input: {file: $file, purpose: $purpose, courseId: $course}) {
        media { id publicUrl isPublic resolution mimeType } userErrors { code field message } } }";

fn photo(app: &TestApp) -> Vec<u8> {
    let place = "-metadata comment=SECRET-PLACE";
    std::fs::read(recording(app, "me.jpg", &format!("-f lavfi -i testsrc2=size=800x400 -frames:v 1 {place}"))).unwrap()
}

/// The body of such a request, part by part.
#[derive(Default)]
struct Form(Vec<u8>);

impl Form {
    fn text(self, name: &str, text: &str) -> Self {
        self.part(&format!("name=\"{name}\""), text.as_bytes())
    }

    fn part(mut self, about: &str, bytes: &[u8]) -> Self {
        self.0.extend(format!("--limit\r\nContent-Disposition: form-data; {about}\r\n\r\n").bytes());
        self.0.extend(bytes);
        self.0.extend(b"\r\n");
        self
    }

    fn body(self) -> Vec<u8> {
        [&*self.0, b"--limit--\r\n"].concat()
    }
}

const FORM: &str = "multipart/form-data; boundary=limit";

fn form(operations: &Value, map: &str, bytes: Vec<u8>) -> Form {
    let words = Form::default().text("operations", &operations.to_string()).text("map", map);
    words.part("name=\"0\"; filename=\"me.jpg\"", &bytes)
}

const MAP: &str = "{\"0\": [\"variables.file\"]}";

/// Sends it as the specification has it; the status and the JSON.
async fn send(shelf: &Shelf, person: &Person, form: Form) -> (u16, Value) {
    let request = shelf.server.client.post(format!("{}/graphql", shelf.server.url)).body(form.body());
    let request = request.header("content-type", FORM).bearer_auth(&person.tokens.access).header("x-lectern-csrf", "1");
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn upload(shelf: &Shelf, person: &Person, purpose: &str, course: Option<&str>, bytes: Vec<u8>) -> Value {
    let variables = json!({"file": null, "purpose": purpose, "course": course});
    let (_, answer) = send(shelf, person, form(&json!({"query": UPLOAD, "variables": variables}), MAP, bytes)).await;
    answer
}

async fn fetch(shelf: &Shelf, url: &Value) -> (u16, String, Vec<u8>) {
    let answer = shelf.server.get(url.as_str().unwrap()).await;
    let header = |name: &str| answer.headers().get(name).map(|it| it.to_str().unwrap().to_string()).unwrap_or_default();
    let about = format!("{} {}", header("content-type"), header("x-content-type-options"));
    (answer.status().as_u16(), about, answer.bytes().await.unwrap().to_vec())
}

async fn pictures_with_the_request(shelf: &Shelf) {
    let app = &shelf.app;
    let (ada, tomas) = (app.student("Ada").await, app.instructor("Tomas").await);
    let course = tomas.publishes("Rust").await;
    let answer = upload(shelf, &ada, "AVATAR", None, photo(app)).await;
    let media = &answer["data"]["uploadImage"]["media"];
    assert_eq!([&media["resolution"], &media["mimeType"]], ["512x256", "image/jpeg"], "{answer:#}");
    assert_eq!(ada.ask("{ me { avatar } }").await.at("/me/avatar"), &media["publicUrl"]);
    let (status, about, bytes) = fetch(shelf, &media["publicUrl"]).await;
    assert_eq!((status, &*about), (200, "image/jpeg nosniff"));
    assert!(bytes.starts_with(b"\xff\xd8\xff") && !bytes.windows(12).any(|window| window == b"SECRET-PLACE"));
    let answer = upload(shelf, &tomas, "COURSE_THUMBNAIL", Some(&course), photo(app)).await;
    let url = &answer["data"]["uploadImage"]["media"]["publicUrl"];
    let query = "query ($id: ID!) { course(id: $id) { thumbnail } }";
    assert_eq!(app.ask_as(&kernel::Viewer::Anonymous, query, json!({"id": course})).await.at("/course/thumbnail"), url);
    assert_eq!(fetch(shelf, url).await.0, 200);
    let stranger = upload(shelf, &ada, "COURSE_THUMBNAIL", Some(&course), photo(app)).await;
    assert_eq!(stranger["errors"][0]["extensions"]["code"], "FORBIDDEN", "{stranger:#}");
    let record = audit_event::Entity::visible_to(&kernel::Viewer::System).all(app.db().read()).await.unwrap();
    assert_eq!(record.iter().filter(|event| event.action == "media.uploaded").count(), 2);
    // Who hides it, hides it.
    let hide = "mutation ($id: ID!) { updateMedia(input: {mediaId: $id, isPublic: false}) { userErrors { code } } }";
    assert_eq!(ada.ask_with(hide, json!({"id": media["id"]})).await.user_errors(), [""; 0]);
    assert_eq!(fetch(shelf, &media["publicUrl"]).await.0, 404);
}

#[on_both]
async fn pictures_come_with_the_request_into_a_folder(app: TestApp) {
    Shelf::folder(&app).await.run(pictures_with_the_request).await;
}

#[on_both]
async fn pictures_come_with_the_request_into_a_bucket(app: TestApp) {
    Shelf::bucket(&app).await.run(pictures_with_the_request).await;
}

#[on_both]
async fn what_is_no_such_request_is_refused_and_leaves_nothing(app: TestApp) {
    let shelf = Shelf::folder(&app).await;
    let ada = app.student("Ada").await;
    let good = json!({"query": UPLOAD, "variables": {"file": null, "purpose": "AVATAR"}});
    let taken = json!({"query": UPLOAD, "variables": {"file": "x", "purpose": "AVATAR"}});
    let small = || b"\xff\xd8\xff".to_vec();
    for (form, wanted) in [
        (form(&good, "{\"0\": [\"variables.nothing\"]}", small()), 400),
        (form(&good, "{\"0\": [\"query\"]}", small()), 400),
        (form(&good, "{\"1\": [\"variables.file\"]}", small()), 400),
        (form(&good, "{\"0\": [\"variables.file\"], \"1\": [\"variables.file\"]}", small()), 400),
        (form(&good, "[]", small()), 400),
        (form(&taken, MAP, small()), 400),
        (form(&json!([good]), MAP, small()), 400),
        (Form::default().text("map", MAP).text("operations", &good.to_string()), 400),
        (form(&good, MAP, vec![0; (5 << 20) + 1]), 413),
    ] {
        let (status, answer) = send(&shelf, &ada, form).await;
        assert_eq!(status, wanted, "{answer:#}");
        assert!(answer["errors"][0]["extensions"]["code"].is_string() && answer.get("data").is_none(), "{answer:#}");
    }
    let none = "A picture is a PNG, JPEG, GIF or WebP file, and nothing else at the same time.";
    let damaged = "The file can't be read: it is damaged, incomplete, or not what its name says.";
    for (bytes, says) in [
        (small(), damaged),
        (b"<svg onload='alert(1)'/>".to_vec(), none),
        (b"BM\x9a\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0".to_vec(), none),
        (b"II*\0\x08\0\0\0".to_vec(), none),
        (b"GIF89a/*<script>*/=1;alert(1)//".to_vec(), none),
        (vec![], none),
    ] {
        let answer = upload(&shelf, &ada, "AVATAR", None, bytes).await;
        let error = &answer["data"]["uploadImage"]["userErrors"][0];
        assert_eq!([&error["code"], &error["message"]], ["UPLOAD_PICTURE_INVALID", says], "{answer:#}");
    }
    let answer = upload(&shelf, &ada, "MEDIA_FILE", None, photo(&app)).await;
    assert_eq!(answer["data"]["uploadImage"]["userErrors"][0]["code"], "UPLOAD_FOR_AUTHORS", "{answer:#}");
    // A page elsewhere can send such a form with the visitor's cookies, but not our header.
    let request =
        shelf.server.client.post(format!("{}/graphql", shelf.server.url)).body(form(&good, MAP, small()).body());
    let answer = request.header("content-type", FORM).bearer_auth(&ada.tokens.access).send().await.unwrap();
    assert_eq!(answer.status(), 403);
    assert_eq!(answer.json::<Value>().await.unwrap()["errors"][0]["extensions"]["code"], "CSRF_PREVENTION");
    let forged = ada.ask_with(UPLOAD, json!({"file": "sent-file:0", "purpose": "AVATAR"})).await;
    assert_eq!(forged.codes(), ["BAD_USER_INPUT"]);
    assert!(is_empty(&shelf).await && std::fs::read_dir(&app.app.scratch).unwrap().next().is_none());
    shelf.stop().await;
}

async fn pictures_in_parts(shelf: &Shelf) {
    let app = &shelf.app;
    let tomas = app.instructor("Tomas").await;
    let course = tomas.publishes("Rust").await;
    let bytes = photo(app);
    let mut input = announcement("me.jpg", "image/jpeg", &bytes);
    (input["purpose"], input["courseId"]) = ("COURSE_THUMBNAIL".into(), course.clone().into());
    let done = bring(shelf, &tomas, input.clone(), &bytes).await;
    assert_eq!([&done["status"], &done["course"]["title"]], ["COMPLETED", "Rust"], "{done:#}");
    let url = &done["media"]["publicUrl"];
    let query = "query ($id: ID!) { course(id: $id) { thumbnail } }";
    assert_eq!(tomas.ask_with(query, json!({"id": course})).await.at("/course/thumbnail"), url);
    assert_eq!(fetch(shelf, url).await.0, 200);
    (input["purpose"], input["courseId"]) = ("AVATAR".into(), Value::Null);
    let done = bring(shelf, &tomas, input.clone(), &bytes).await;
    assert_eq!(tomas.ask("{ me { avatar } }").await.at("/me/avatar"), &done["media"]["publicUrl"]);
    // Without it one is shown by nothing, and by it again.
    let set = "mutation ($id: ID) { setAvatar(input: {mediaId: $id}) { user { avatar } userErrors { code } } }";
    for (id, url) in [(&Value::Null, &Value::Null), (&done["media"]["id"], &done["media"]["publicUrl"])] {
        assert_eq!(tomas.ask_with(set, json!({"id": id})).await.at("/setAvatar/user/avatar"), url);
    }
    let left: Vec<_> = shelf.keys().await.into_iter().filter(|key| !key.ends_with("/picture")).collect();
    assert_eq!(left, [""; 0], "only what is shown is kept");
    input["mimeType"] = "application/pdf".into();
    assert_eq!(create(&tomas, input.clone()).await.user_errors(), ["UPLOAD_TYPE_NOT_TAKEN"]);
    (input["mimeType"], input["size"]) = ("image/png".into(), ((5 << 20) + 1).into());
    assert_eq!(create(&tomas, input).await.user_errors(), ["UPLOAD_TOO_LARGE"]);
}

#[on_both]
async fn pictures_come_in_parts_into_a_folder(app: TestApp) {
    Shelf::folder(&app).await.run(pictures_in_parts).await;
}

#[on_both]
async fn pictures_come_in_parts_into_a_bucket(app: TestApp) {
    Shelf::bucket(&app).await.run(pictures_in_parts).await;
}
