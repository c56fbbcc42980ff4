//! A file comes in parts, is looked at, and becomes a file that courses can show.

use kernel::{EntityId, Live, UploadId};
use media::{UploadStatus, media_file, reading};
use sea_orm::{PaginatorTrait, Set};
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

use super::{
    files::{film, recording},
    shelf::{Shelf, hash},
};

/// What is sent to announce a file.
pub fn announcement(name: &str, mime_type: &str, bytes: &[u8]) -> Value {
    let (size, sha256) = (bytes.len(), hash(bytes));
    json!({"purpose": "MEDIA_FILE", "fileName": name, "size": size, "mimeType": mime_type, "sha256": sha256})
}

pub async fn create(person: &Person, input: Value) -> Answer {
    let query = "mutation ($input: CreateUploadInput!) { createUpload(input: $input) {
        upload { id status partCount partSize storedParts fileName mimeType }
        parts { number size url } userErrors { code field message } } }";
    person.ask_with(query, json!({"input": input})).await
}

pub async fn complete(person: &Person, upload: &str) -> Answer {
    let query = "mutation ($id: ID!) { completeUpload(input: {uploadId: $id}) {
        upload { id status reason } userErrors { code message } } }";
    person.ask_with(query, json!({"id": upload})).await
}

pub async fn status(person: &Person, upload: &str) -> Value {
    let query = "query ($id: ID!) { uploadStatus(uploadId: $id) { status reason storedParts
        media { id fileName fileType mimeType fileSizeBytes processingStatus publicUrl } course { title } } }";
    person.ask_with(query, json!({"id": upload})).await.at("/uploadStatus").clone()
}

pub fn id_of(created: &Answer) -> String {
    created.at("/createUpload/upload/id").as_str().unwrap_or_else(|| panic!("{created:?}")).to_string()
}

/// The id of a picture's upload that waits for these bytes.
pub async fn announced(person: &Person, name: &str, bytes: &[u8]) -> String {
    id_of(&create(person, announcement(name, "image/png", bytes)).await)
}

/// The same, and they are there.
pub async fn arrived(app: &TestApp, person: &Person, name: &str, bytes: &[u8]) -> String {
    let wire = announced(person, name, bytes).await;
    let id = UploadId::from_wire(&wire).unwrap();
    let content = futures_util::stream::iter([Ok(bytes.to_vec().into())]);
    app.app.storage.put_part(id, (1, bytes.len() as u64), content).await.unwrap();
    wire
}

/// Sends all parts to where they belong.
pub async fn send(shelf: &Shelf, created: &Answer, bytes: &[u8]) {
    let mut at = 0;
    for part in created.at("/createUpload/parts").as_array().unwrap() {
        let size = part["size"].as_f64().unwrap() as usize;
        let answer = shelf.put(part["url"].as_str().unwrap(), bytes[at..at + size].to_vec()).await;
        assert!(answer.status().is_success(), "{answer:?}");
        at += size;
    }
    assert_eq!(at, bytes.len());
}

/// From the announcement to the end of all jobs: what `uploadStatus` says then.
pub async fn bring(shelf: &Shelf, person: &Person, input: Value, bytes: &[u8]) -> Value {
    let created = create(person, input).await;
    send(shelf, &created, bytes).await;
    let id = id_of(&created);
    assert_eq!(complete(person, &id).await.at("/completeUpload/upload/status"), "VERIFYING");
    assert_eq!(status(person, &id).await["status"], "VERIFYING");
    shelf.app.run_jobs().await;
    status(person, &id).await
}

/// What is in the store, besides what nobody has a name for.
pub async fn is_empty(shelf: &Shelf) -> bool {
    shelf.keys().await.is_empty()
}

async fn a_film_in_three_parts(shelf: &Shelf) {
    let tomas = shelf.app.instructor("Tomas").await;
    // A box that players pass over makes it long enough.
    let mut bytes = std::fs::read(film(&shelf.app, "film.mp4", "320x240")).unwrap();
    let rest = 17_000_000 - bytes.len();
    bytes.extend((rest as u32).to_be_bytes());
    bytes.extend(b"free");
    bytes.resize(17_000_000, 7);
    let created = create(&tomas, announcement(" film.mp4 ", "Video/MP4", &bytes)).await;
    let upload = created.at("/createUpload/upload");
    assert_eq!([&upload["status"], &upload["fileName"], &upload["mimeType"]], ["OPEN", "film.mp4", "video/mp4"]);
    assert_eq!((&upload["partCount"], &upload["storedParts"]), (&json!(3), &json!([])));
    let id = id_of(&created);
    let parts = created.at("/createUpload/parts").as_array().unwrap();
    let part = |number: usize| bytes[(number - 1) << 23..bytes.len().min(number << 23)].to_vec();
    // In any order, and again.
    for number in [3, 1, 3] {
        let sent = shelf.put(parts[number - 1]["url"].as_str().unwrap(), part(number)).await;
        assert!(sent.status().is_success(), "{sent:?}");
    }
    assert_eq!(status(&tomas, &id).await["storedParts"], json!([1, 3]));
    let early = complete(&tomas, &id).await;
    assert_eq!(early.at("/completeUpload/userErrors/0/message"), "Parts of the file are missing: 2.");
    let sign = "mutation ($id: ID!) { signUploadParts(input: {uploadId: $id, parts: [2]}) {
        parts { number size url } userErrors { code } } }";
    let signed = tomas.ask_with(sign, json!({"id": id})).await;
    let url = signed.at("/signUploadParts/parts/0/url").as_str().unwrap();
    assert!(shelf.put(url, part(2)).await.status().is_success());
    // Eight at once hear the same, and it is looked at once.
    let mut tasks = vec![];
    for _ in 0..8 {
        let (tomas, id) = (tomas.clone(), id.clone());
        tasks.push(tokio::spawn(async move { complete(&tomas, &id).await }));
    }
    for task in tasks {
        assert_eq!(task.await.unwrap().at("/completeUpload/upload/status"), "VERIFYING");
    }
    let jobs = shelf.app.run_jobs().await;
    assert_eq!(jobs.iter().filter(|kind| *kind == "verify_upload").count(), 1);
    let done = status(&tomas, &id).await;
    assert_eq!(
        (&done["status"], &done["reason"], &done["storedParts"]),
        (&json!("COMPLETED"), &Value::Null, &Value::Null)
    );
    assert_eq!([&done["media"]["fileType"], &done["media"]["processingStatus"]], ["VIDEO", "COMPLETED"], "{done:#}");
    assert_eq!(done["media"]["fileSizeBytes"], 17_000_000.0);
    assert_eq!(complete(&tomas, &id).await.at("/completeUpload/upload/status"), "COMPLETED");
    assert!(!shelf.keys().await.iter().any(|key| key.starts_with("uploads/")), "the parts have served");
    let file = media_file::Entity::live().one(shelf.app.db().read()).await.unwrap().unwrap();
    let copy = shelf.app.data.join("copy");
    shelf.app.app.storage.fetch_to(&file.storage_path, &copy).await.unwrap();
    assert!(std::fs::read(&copy).unwrap() == bytes);
}

#[on_both]
async fn a_film_comes_in_three_parts_into_a_folder(app: TestApp) {
    Shelf::folder(&app).await.run(a_film_in_three_parts).await;
}

#[on_both]
async fn a_film_comes_in_three_parts_into_a_bucket(app: TestApp) {
    Shelf::bucket(&app).await.run(a_film_in_three_parts).await;
}

async fn real_files_are_probed(shelf: &Shelf) {
    let tomas = shelf.app.instructor("Tomas").await;
    let sound = recording(&shelf.app, "a.mp3", "-f lavfi -i sine=frequency=440:duration=3 -c:a libmp3lame");
    let picture = recording(&shelf.app, "a.png", "-f lavfi -i testsrc2=size=400x200 -frames:v 1");
    let video = film(&shelf.app, "a.mp4", "320x240");
    for (path, mime_type, file_type, facts) in [
        (video, "video/mp4", "VIDEO", json!([4, "320x240", "h264", "aac"])),
        (sound, "audio/mpeg", "AUDIO", json!([3, "", "", "mp3"])),
        (picture, "image/png", "IMAGE", json!([null, "400x200", "", ""])),
    ] {
        let bytes = std::fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        let done = bring(shelf, &tomas, announcement(name, mime_type, &bytes), &bytes).await;
        assert_eq!([&done["status"], &done["media"]["fileType"]], ["COMPLETED", file_type], "{done:#}");
        let query = "query ($id: ID!) { node(id: $id) { ... on MediaFile {
            durationSeconds resolution videoCodec audioCodec processingStatus } } }";
        let node = tomas.ask_with(query, json!({"id": done["media"]["id"]})).await.at("/node").clone();
        let found = json!([node["durationSeconds"], node["resolution"], node["videoCodec"], node["audioCodec"]]);
        assert_eq!((&node["processingStatus"], found), (&json!("COMPLETED"), facts), "{name}");
    }
    let pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    let done = bring(shelf, &tomas, announcement("a.pdf", "application/pdf", pdf), pdf).await;
    assert_eq!([&done["status"], &done["media"]["fileType"]], ["COMPLETED", "DOCUMENT"], "{done:#}");
}

#[on_both]
async fn real_files_are_probed_right_in_a_folder(app: TestApp) {
    Shelf::folder(&app).await.run(real_files_are_probed).await;
}

#[on_both]
async fn real_files_are_probed_right_in_a_bucket(app: TestApp) {
    Shelf::bucket(&app).await.run(real_files_are_probed).await;
}

async fn what_is_given_up_leaves_nothing(shelf: &Shelf) {
    let tomas = shelf.app.instructor("Tomas").await;
    let created = create(&tomas, announcement("a.txt", "text/plain", b"words")).await;
    send(shelf, &created, b"words").await;
    let (id, url) = (id_of(&created), created.at("/createUpload/parts/0/url").as_str().unwrap());
    let abort = "mutation ($id: ID!) { abortUpload(input: {uploadId: $id}) { upload { status } userErrors { code } } }";
    for _ in 0..2 {
        assert_eq!(tomas.ask_with(abort, json!({"id": id})).await.at("/abortUpload/upload/status"), "ABORTED");
    }
    shelf.app.run_jobs().await;
    assert!(is_empty(shelf).await);
    assert!(!shelf.put(url, b"words".to_vec()).await.status().is_success(), "it has ended");
    assert_eq!(complete(&tomas, &id).await.user_errors(), ["UPLOAD_CLOSED"]);
    // Another is forgotten by who announced it.
    let created = create(&tomas, announcement("b.txt", "text/plain", b"words")).await;
    send(shelf, &created, b"words").await;
    shelf.app.world.pass(chrono::Duration::hours(24));
    assert_eq!(complete(&tomas, &id_of(&created)).await.user_errors(), ["UPLOAD_CLOSED"]);
    shelf.app.app.write_as_system(gateway::jobs::ensure_recurring).await.unwrap();
    shelf.app.run_jobs().await;
    assert_eq!(status(&tomas, &id_of(&created)).await["status"], "EXPIRED");
    assert!(is_empty(shelf).await);
    assert_eq!(media_file::Entity::live().count(shelf.app.db().read()).await.unwrap(), 0);
}

#[on_both]
async fn what_is_given_up_leaves_nothing_in_a_folder(app: TestApp) {
    Shelf::folder(&app).await.run(what_is_given_up_leaves_nothing).await;
}

#[on_both]
async fn what_is_given_up_leaves_nothing_in_a_bucket(app: TestApp) {
    Shelf::bucket(&app).await.run(what_is_given_up_leaves_nothing).await;
}

#[on_both]
async fn an_address_is_good_for_its_part_and_for_an_hour(app: TestApp) {
    let shelf = Shelf::folder(&app).await;
    let tomas = app.instructor("Tomas").await;
    let created = create(&tomas, announcement("a.txt", "text/plain", b"words")).await;
    let url = created.at("/createUpload/parts/0/url").as_str().unwrap().to_string();
    for length in [b"word".as_slice(), b"words, words"] {
        assert_eq!(shelf.put(&url, length.to_vec()).await.status(), 400);
    }
    let (path, query) = url.split_once('?').unwrap();
    let later = query.replacen("expires=", "expires=9", 1);
    for bad in [path.to_string(), format!("{path}?{query}x"), format!("{path}?{later}"), url.replacen("/1?", "/2?", 1)]
    {
        assert_eq!(shelf.put(&bad, b"words".to_vec()).await.status(), 403, "{bad}");
    }
    assert_eq!(status(&tomas, &id_of(&created)).await["storedParts"], json!([]));
    app.world.pass(chrono::Duration::hours(1));
    assert_eq!(shelf.put(&url, b"words".to_vec()).await.status(), 403);
    shelf.stop().await;
}

#[on_both]
async fn nobody_keeps_more_than_their_share_however_many_come_at_once(app: TestApp) {
    let tight = app.tuned(|app| app.uploads.quota = 25);
    let tomas = tight.instructor("Tomas").await;
    let mut tasks = vec![];
    for n in 0..8 {
        let tomas = tomas.clone();
        let input = announcement(&format!("{n}.txt"), "text/plain", b"ten bytes.");
        tasks.push(tokio::spawn(async move { create(&tomas, input).await }));
    }
    let mut codes = vec![];
    for task in tasks {
        codes.extend(task.await.unwrap().user_errors().iter().map(ToString::to_string));
    }
    assert_eq!(codes, ["UPLOAD_QUOTA_EXCEEDED"; 6]);
    let few = app.tuned(|app| app.uploads.most_open = 2);
    let ada = few.instructor("Ada").await;
    for wanted in [&[][..], &[], &["UPLOADS_TOO_MANY"]] {
        assert_eq!(create(&ada, announcement("a.txt", "text/plain", b"x")).await.user_errors(), wanted);
    }
}

/// Who has lost the ids of what they began finds them again, and their place.
#[on_both]
async fn uploads_under_way_are_listed_to_who_began_them(app: TestApp) {
    let few = app.tuned(|app| app.uploads.most_open = 2);
    let (ada, ben) = (few.instructor("Ada").await, few.instructor("Ben").await);
    for name in ["a.txt", "b.txt"] {
        assert_eq!(create(&ada, announcement(name, "text/plain", b"x")).await.user_errors(), [""; 0]);
        app.world.pass(chrono::Duration::seconds(1));
    }
    let query = "{ myUploads { id fileName status storedParts partCount } }";
    let mine = ada.ask(query).await;
    let mine = mine.at("/myUploads").as_array().unwrap();
    let names: Vec<_> = mine.iter().map(|it| (&it["fileName"], &it["status"], &it["storedParts"])).collect();
    let open = |name: &str| (json!(name), json!("OPEN"), json!([]));
    assert_eq!(json!(names), json!([open("b.txt"), open("a.txt")]));
    assert_eq!(ben.ask(query).await.at("/myUploads"), &json!([]));
    let abort = "mutation ($id: ID!) { abortUpload(input: {uploadId: $id}) { userErrors { code } } }";
    assert_eq!(ada.ask_with(abort, json!({"id": mine[1]["id"]})).await.user_errors(), [""; 0]);
    assert_eq!(ada.ask(query).await.at("/myUploads").as_array().unwrap().len(), 1);
    assert_eq!(create(&ada, announcement("c.txt", "text/plain", b"x")).await.user_errors(), [""; 0]);
}

/// The files of a made-up school have sizes and no bytes.
#[on_both]
async fn what_has_no_bytes_takes_no_room(app: TestApp) {
    let small = app.tuned(|app| app.uploads.quota = 15);
    let tomas = small.instructor("Tomas").await;
    let mut tx = app.tx().await;
    let row = media_file::ActiveModel {
        id: Set(tx.new_id().unwrap()),
        user_id: Set(tomas.id),
        file_name: Set("film.mp4".into()),
        file_type: Set(media::FileType::Video),
        mime_type: Set("video/mp4".into()),
        file_size: Set(1 << 40),
        storage_provider: Set(media::storage::NOWHERE.into()),
        storage_path: Set("courses/x".into()),
        ..Default::default()
    };
    let row = tx.stamp(row, tx.now);
    tx.insert_all(vec![row]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(create(&tomas, announcement("a.txt", "text/plain", b"ten bytes.")).await.user_errors(), [""; 0]);
    let much = create(&tomas, announcement("b.txt", "text/plain", b"ten bytes.")).await;
    assert_eq!(much.user_errors(), ["UPLOAD_QUOTA_EXCEEDED"]);
}

#[on_both]
async fn who_makes_no_courses_brings_pictures_of_themselves_only(app: TestApp) {
    let (ben, tomas) = (app.student("Ben").await, app.instructor("Tomas").await);
    let file = create(&ben, announcement("a.txt", "text/plain", b"x")).await;
    assert_eq!(file.user_errors(), ["UPLOAD_FOR_AUTHORS"]);
    let with = |purpose: &str, course: Option<&str>| {
        let mut input = announcement("a.png", "image/png", b"x");
        (input["purpose"], input["courseId"]) = (purpose.into(), course.into());
        input
    };
    assert_eq!(create(&ben, with("AVATAR", None)).await.user_errors(), [""; 0]);
    let course = tomas.publishes("Rust").await;
    assert_eq!(create(&ben, with("COURSE_THUMBNAIL", Some(&course))).await.codes(), ["FORBIDDEN"]);
    for wrong in [with("AVATAR", Some(&course)), with("COURSE_THUMBNAIL", None), with("MEDIA_FILE", Some(&course))] {
        assert_eq!(create(&tomas, wrong).await.user_errors(), ["UPLOAD_NEEDS_COURSE"]);
    }
    // Whose upload it is nobody else hears.
    let id = announced(&tomas, "a.png", b"x").await;
    assert_eq!(complete(&ben, &id).await.codes(), ["NOT_FOUND"]);
    assert_eq!(status(&ben, &id).await, Value::Null);
    let own = reading::uploads(app.db().read(), &tomas.viewer, &[UploadId::from_wire(&id).unwrap()]).await.unwrap();
    assert_eq!(own.values().next().unwrap().status, UploadStatus::Open);
}
