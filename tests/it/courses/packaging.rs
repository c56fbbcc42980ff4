//! A course as a file, and back.

use std::{
    io::{Cursor, Read, Write},
    path::{Path, PathBuf},
};

use kernel::{EntityId, MediaId};
use media::{FileType, media_file, storage::keys};
use sea_orm::Set;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use testkit::{Answer, Person, Server, TestApp, on_both};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::media::{
    files::{film, recording},
    shelf::Shelf,
    uploading::{announcement, bring},
};

const EXPORT: &str = "mutation ($id: ID!) { exportCourse(input: {courseId: $id}) {
  export { id status downloadUrl error leftOut } userErrors { code field } } }";
const EXPORTED: &str = "query ($id: ID!) { courseExport(id: $id) {
  status downloadUrl sizeBytes error leftOut readyAt expiresAt course { id } } }";
const IMPORT: &str = "mutation ($id: ID!, $dry: Boolean!) { importCourse(input: {mediaId: $id, dryRun: $dry}) {
  import { id status } userErrors { code field } } }";
const IMPORTED: &str = "query ($id: ID!) { courseImport(id: $id) { status isDryRun error
  content { title sectionCount fileCount quizCount questionCount leftOut } course { id } } }";

/// A zip with these entries.
pub fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(vec![]));
    for (name, bytes) in entries {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn entry(package: &[u8], name: &str) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(package)).unwrap();
    let mut bytes = vec![];
    archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

fn manifest_of(package: &[u8]) -> Value {
    serde_json::from_slice(&entry(package, "manifest.json")).unwrap()
}

pub fn content(path: &str, bytes: &[u8]) -> Value {
    let sha256: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    json!({"path": path, "size": bytes.len(), "sha256": sha256})
}

fn with(mut content: Value, more: Value) -> Value {
    content.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    content
}

const WORDS: &[u8] = b"WEBVTT\n\n00:00.000 --> 00:02.000\nHello.\n";

/// All that a course can have, as a manifest and the files beside it.
pub fn everything(app: &TestApp) -> (Value, Vec<(String, Vec<u8>)>) {
    let movie = std::fs::read(film(app, "movie.mp4", "64x48")).unwrap();
    let picture = recording(app, "picture.png", "-f lavfi -i color=red:size=8x8 -frames:v 1");
    let picture = std::fs::read(picture).unwrap();
    let cover = std::fs::read(recording(app, "cover.jpg", "-f lavfi -i testsrc2=size=80x40 -frames:v 1")).unwrap();
    let captions = with(
        content("files/00004.vtt", WORDS),
        json!({"language": "en", "label": "English", "kind": "captions", "isDefault": true}),
    );
    let file = |content: Value, section: Value, name: &str, mime: &str, captions: Value| {
        let rest = json!({"section": section, "fileName": name, "mimeType": mime, "isDownloadable": true,
            "isPublic": section.is_null(), "metadata": {"of": name}, "captions": captions});
        with(content, rest)
    };
    let manifest = json!({"format": "lectern-course/1",
        "course": {"title": "Engines", "shortDescription": "Steam.", "description": "All of it.", "previewVideoUrl": "",
            "price": 1999, "currency": "EUR", "difficulty": "advanced", "completionPolicy": "manual", "language": "en",
            "category": "machines", "tags": ["old", "steam"],
            "prerequisites": ["Patience"], "prerequisiteCourses": ["steam", "fire"], "learningOutcomes": ["Steam"], "targetAudience": ["All"],
            "courseStructure": {"tool": 1}, "metadata": {"shop": "x"}, "seoMetadata": {},
            "sections": [
                {"title": "Boilers", "description": "Hot.", "isPublished": true, "isPreview": true},
                {"title": "Wheels", "description": "", "isPublished": false, "isPreview": false}]},
        "thumbnail": with(content("files/00001", &cover), json!({"fileName": "cover.jpg"})),
        "files": [
            file(content("files/00002", &picture), json!(null), "picture.png", "image/png", json!([])),
            file(content("files/00003", &movie), json!(1), "movie.mp4", "video/mp4", json!([captions]))],
        "banks": [{"name": "Steam", "description": "All about it.", "questions": [
            {"text": "How hot?", "type": "numeric", "options": [], "correctAnswer": {"value": "100", "tolerance": "0.5"},
                "explanation": "", "points": 250},
            {"text": "Sort.", "type": "ordering", "options": [{"id": "k", "text": "a"}, {"id": "b", "text": "c"}],
                "correctAnswer": {"order": ["k", "b"], "credit": "per_part"}, "explanation": "", "points": 100}]}],
        "quizzes": [{"section": 0, "title": "Hot?", "description": "", "type": "graded", "passingScore": 7000,
            "timeLimit": 10, "maxAttempts": 2, "isRandomized": true, "isPublished": true, "draws": [{"bank": 0, "count": 1, "points": 50, "after": 0},
                {"bank": 0, "count": 1, "points": 75, "after": 1}],
            "settings": {"opensAt": null, "dueAt": "2030-01-01T00:00:00Z", "showKeyAfter": "due", "gradeMethod": "average",
                "isRequired": true, "gracePeriod": 0}, "questions": [
                {"text": "Is it?", "type": "true_false", "options": [], "correctAnswer": {"value": true}, "explanation": "It is.",
                    "points": 100}]}]});
    let words = WORDS.to_vec();
    let files = [("files/00001", cover), ("files/00002", picture), ("files/00003", movie), ("files/00004.vtt", words)];
    (manifest, files.map(|(name, bytes)| (name.to_string(), bytes)).into())
}

pub fn packed(manifest: &Value, files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let text = manifest.to_string();
    let mut entries = vec![("manifest.json", text.as_bytes())];
    entries.extend(files.iter().map(|(name, bytes)| (&**name, &**bytes)));
    zipped(&entries)
}

/// The package as an upload of theirs; its id on the wire.
pub async fn brings(app: &TestApp, person: &Person, package: &[u8]) -> String {
    let path: PathBuf = app.data.join("brought.zip");
    std::fs::write(&path, package).unwrap();
    let mut tx = app.tx().await;
    let id: MediaId = tx.new_id().unwrap();
    app.app.storage.put_file(&keys::source(id), &path).await.unwrap();
    let row = media_file::ActiveModel {
        id: Set(id),
        user_id: Set(person.id),
        file_name: Set("course.zip".into()),
        file_type: Set(FileType::Other),
        mime_type: Set("application/zip".into()),
        file_size: Set(package.len() as i64),
        storage_path: Set(keys::source(id)),
        ..Default::default()
    };
    let row = tx.stamp(row, tx.now);
    tx.insert_all(vec![row]).await.unwrap();
    tx.commit().await.unwrap();
    id.to_wire()
}

/// What comes of this package.
pub async fn imports(app: &TestApp, person: &Person, package: &[u8], is_dry_run: bool) -> Value {
    let file = brings(app, person, package).await;
    import_of(app, person, &file, is_dry_run).await
}

async fn import_of(app: &TestApp, person: &Person, file: &str, is_dry_run: bool) -> Value {
    let asked = person.ask_with(IMPORT, json!({"id": file, "dry": is_dry_run})).await;
    assert_eq!(asked.at("/importCourse/import/status"), "RUNNING", "{asked:?}");
    app.run_jobs().await;
    let id = asked.at("/importCourse/import/id");
    person.ask_with(IMPORTED, json!({"id": id})).await.at("/courseImport").clone()
}

async fn exports(person: &Person, course: &Value) -> Answer {
    person.ask_with(EXPORT, json!({"id": course})).await
}

/// The package of a course, as it is fetched.
async fn package_of(app: &TestApp, server: &Server, person: &Person, course: &Value) -> Vec<u8> {
    let asked = exports(person, course).await;
    assert_eq!(asked.at("/exportCourse/export/status"), "RUNNING", "{asked:?}");
    app.run_jobs().await;
    let id = asked.at("/exportCourse/export/id");
    let export = person.ask_with(EXPORTED, json!({"id": id})).await.at("/courseExport").clone();
    assert_eq!((&export["status"], &export["leftOut"]), (&json!("READY"), &json!([])), "{export}");
    let response = fetch(server, Some(person), export["downloadUrl"].as_str().unwrap()).await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers().get("content-encoding"), None, "it is packed already");
    assert_eq!(response.headers()["content-length"], export["sizeBytes"].to_string().as_str());
    let package = response.bytes().await.unwrap().to_vec();
    assert_eq!(export["sizeBytes"], package.len());
    package
}

async fn fetch(server: &Server, person: Option<&Person>, path: &str) -> reqwest::Response {
    let mut get = server.client.get(format!("{}{path}", server.url)).header("accept-encoding", "gzip");
    if let Some(person) = person {
        get = get.bearer_auth(&person.tokens.access);
    }
    get.send().await.unwrap()
}

/// Everything that is kept in files and belongs to media.
pub fn stored(app: &TestApp) -> usize {
    fn count(folder: &Path) -> usize {
        let entries = std::fs::read_dir(folder).into_iter().flatten().map(Result::unwrap);
        entries.map(|entry| if entry.path().is_dir() { count(&entry.path()) } else { 1 }).sum()
    }
    count(&app.data.join("media/media"))
}

#[on_both]
async fn exported_imported_and_exported_again_it_is_the_same(app: TestApp) {
    let (ada, tomas) = (app.instructor("Ada").await, app.instructor("Tomas").await);
    let shelf = Shelf::folder(&app).await;
    let server = &shelf.server;
    super::categories::add(&app, "Machines", None, 0, true).await;
    for title in ["Steam", "Fire"] {
        ada.publishes(title).await;
    }
    let (mut manifest, files) = everything(&app);
    let first = imports(&app, &ada, &packed(&manifest, &files), false).await;
    assert_eq!(first["error"], Value::Null);
    let held = json!({"title": "Engines", "sectionCount": 2, "fileCount": 2, "quizCount": 1, "questionCount": 3,
        "leftOut": []});
    assert_eq!((&first["status"], &first["content"]), (&json!("DONE"), &held));
    let one = package_of(&app, server, &ada, &first["course"]["id"]).await;
    // The picture has been made anew: what a program wrote into it is gone. All else is as it was.
    manifest["thumbnail"] = with(manifest["thumbnail"].take(), content("files/00001", &entry(&one, "files/00001")));
    assert_eq!(manifest_of(&one), manifest);
    assert!(entry(&one, "files/00001") != files[0].1);
    // As one who has fetched it brings it to another school.
    let brought = bring(&shelf, &tomas, announcement("course.zip", "application/zip", &one), &one).await;
    assert_eq!(brought["status"], "COMPLETED", "{brought}");
    let second = import_of(&app, &tomas, brought["media"]["id"].as_str().unwrap(), false).await;
    assert_ne!(second["course"]["id"], first["course"]["id"]);
    let two = package_of(&app, server, &tomas, &second["course"]["id"]).await;
    assert!(one == two, "the packages differ: {} and {} bytes", one.len(), two.len());
    // It is a course like any other: its files have been processed, and its teacher sees the keys.
    let query = "query ($id: ID!) { course(id: $id) { status slug thumbnail instructor { name }
        category { name } prerequisiteCourses { title } sections { title mediaFiles { processingStatus
        captions { language } } } quizzes { nodes { questions { correctAnswer } } } } }";
    let course = tomas.ask_with(query, json!({"id": second["course"]["id"]})).await.at("/course").clone();
    assert_eq!((&course["status"], &course["slug"]), (&json!("DRAFT"), &json!("engines-1")));
    assert_eq!((&course["instructor"]["name"], &course["category"]["name"]), (&json!("Tomas"), &json!("Machines")));
    assert_eq!(course["prerequisiteCourses"], json!([{"title": "Steam"}, {"title": "Fire"}]));
    let shown = fetch(server, None, course["thumbnail"].as_str().unwrap()).await;
    assert!(shown.bytes().await.unwrap() == entry(&one, "files/00001"));
    let film = json!({"processingStatus": "COMPLETED", "captions": [{"language": "en"}]});
    assert_eq!(course["sections"][1]["mediaFiles"], json!([film]));
    assert_eq!(course["quizzes"]["nodes"][0]["questions"][0]["correctAnswer"], json!({"value": true}));
}

#[on_both]
async fn a_dry_run_says_what_is_in_it_and_leaves_nothing(app: TestApp) {
    let ada = app.instructor("Ada").await;
    let (manifest, files) = everything(&app);
    let looked = imports(&app, &ada, &packed(&manifest, &files), true).await;
    assert_eq!(
        (&looked["status"], &looked["isDryRun"], &looked["course"]),
        (&json!("DONE"), &json!(true), &Value::Null)
    );
    assert_eq!(looked["content"]["fileCount"], 2);
    assert_eq!(looked["content"]["leftOut"], json!(["machines", "steam", "fire"]), "this school has none of them");
    let mine = ada.ask("{ courses { totalCount } }").await;
    assert_eq!(mine.at("/courses/totalCount"), 0);
    // The package itself.
    assert_eq!(stored(&app), 1);
}

#[on_both]
async fn what_is_wrong_with_a_package_is_said_and_nothing_is_left(app: TestApp) {
    let ada = app.instructor("Ada").await;
    let (good, files) = everything(&app);
    let change = |at: &str, value: Value| {
        let mut manifest = good.clone();
        *manifest.pointer_mut(at).unwrap() = value;
        packed(&manifest, &files)
    };
    let mut more = files.clone();
    more.push(("../../evil".into(), vec![0]));
    let mut other = files.clone();
    other[1].1 = other[2].1.clone();
    let wrong = [
        (packed(&good, &more), "leads out"),
        (packed(&good, &files[..2]), "not in the package"),
        (packed(&good, &other), "not the file that the manifest describes"),
        (b"PK\x03\x04 and no more".to_vec(), "not a zip file"),
        (change("/course/title", json!("")), "title: A course needs a title."),
        (change("/course/title", json!("a\0b")), "the character U+0000"),
        (change("/course/metadata", json!({"a": {"b\0": [1]}})), "the character U+0000"),
        (change("/course/title", json!("\u{202e}senignE")), "title: A title is one line"),
        (change("/course/tags", json!(["\u{200b}"])), "tags: A tag has"),
        (change("/course/previewVideoUrl", json!("javascript:alert(1)")), "previewVideoUrl: "),
        (change("/course/seoMetadata", json!({"title": "x".repeat(121)})), "seo.title: "),
        (change("/course/sections/0/title", json!("\u{200b}")), "sections: A section's title is one line"),
        (change("/quizzes/0/title", json!("\u{200b}")), "quizzes: "),
        (change("/files/0/metadata", json!("x".repeat(300 << 10))), "The name or the metadata"),
        (change("/files/1/captions/0/label", json!("\u{200b}")), "captions"),
        (change("/files/1/captions/0/language", json!("english!")), "captions"),
        (change("/course/difficulty", json!("easy")), "difficulty: "),
        (change("/course/completionPolicy", json!("never")), "completionPolicy: "),
        (change("/course/currency", json!("XXQ")), "price.currency: A currency"),
        (change("/course/sections/0/title", json!(" ")), "sections: A section needs a title."),
        (change("/quizzes/0/type", json!("oral")), "quizzes: "),
        (change("/quizzes/0/draws/0/bank", json!(1)), "quizzes: "),
        (change("/quizzes/0/questions/0/correctAnswer", json!({"ids": ["a"]})), "quizzes: "),
        (change("/banks/0/questions/1/correctAnswer/order", json!(["k"])), "banks: "),
        (change("/quizzes/0/section", json!(7)), "a section that is not there"),
        (change("/files/0/mimeType", json!("image/svg+xml")), "not of the type"),
        (change("/files/0/mimeType", json!("application/pdf")), "not of the type"),
        (change("/files/0/fileName", json!("../x")), "The name"),
        (change("/files/1/captions/0/kind", json!("songs")), "captions"),
    ];
    for (place, (package, says)) in wrong.into_iter().enumerate() {
        let import = imports(&app, &ada, &package, false).await;
        let error = import["error"].as_str().unwrap_or_default().to_string();
        assert_eq!((&import["status"], error.contains(says)), (&json!("REFUSED"), true), "{says}: {import}");
        assert_eq!(import["course"], Value::Null);
        assert_eq!(stored(&app), place + 1, "{says}");
    }
    assert_eq!(ada.ask("{ courses { totalCount } }").await.at("/courses/totalCount"), 0);
}

/// Nobody's tags are looked for in capitals.
#[on_both]
async fn what_a_package_says_is_kept_as_what_authors_type(app: TestApp) {
    let ada = app.instructor("Ada").await;
    let (mut manifest, files) = everything(&app);
    manifest["course"]["title"] = json!(" Engines ");
    manifest["course"]["tags"] = json!([" Steam", "steam", "OLD"]);
    let import = imports(&app, &ada, &packed(&manifest, &files), false).await;
    assert_eq!((&import["status"], &import["error"]), (&json!("DONE"), &Value::Null), "{import}");
    let query = "query ($id: ID!) { course(id: $id) { title tags } }";
    let course = ada.ask_with(query, json!({"id": import["course"]["id"]})).await;
    assert_eq!(course.at("/course"), &json!({"title": "Engines", "tags": ["old", "steam"]}));
}

#[on_both]
async fn packages_are_for_those_who_may_change_the_course(app: TestApp) {
    let (ada, eve, sam) = (app.instructor("Ada").await, app.instructor("Eve").await, app.student("Sam").await);
    let server = Server::start(&app).await;
    let course = json!(ada.publishes("Engines").await);
    for other in [&eve, &sam] {
        assert_eq!(exports(other, &course).await.codes(), ["FORBIDDEN"]);
    }
    let asked = exports(&ada, &course).await;
    assert_eq!(exports(&ada, &course).await.user_errors(), ["COURSE_EXPORT_UNDERWAY"]);
    app.run_jobs().await;
    let id = asked.at("/exportCourse/export/id");
    let path = format!("/course-exports/{}", id.as_str().unwrap());
    for other in [None, Some(&eve), Some(&sam)] {
        assert_eq!(fetch(&server, other, &path).await.status(), 404);
    }
    assert_eq!(eve.ask_with(EXPORTED, json!({"id": id})).await.at("/courseExport"), &Value::Null);
    let response = fetch(&server, Some(&ada), &path).await;
    assert_eq!(
        (response.status(), &response.headers()["content-type"]),
        (reqwest::StatusCode::OK, &"application/zip".parse().unwrap())
    );
    // A week later it is gone.
    app.world.pass(chrono::Duration::days(7));
    app.app.write_as_system(gateway::jobs::ensure_recurring).await.unwrap();
    app.run_jobs().await;
    let export = ada.ask_with(EXPORTED, json!({"id": id})).await.at("/courseExport").clone();
    assert_eq!((&export["status"], &export["downloadUrl"]), (&json!("EXPIRED"), &Value::Null));
    assert!(!app.data.join(format!("media/packages/{}.zip", uuid_of(id))).exists());
    // Somebody else's upload is nothing to import, and who makes no courses imports none.
    let file = brings(&app, &ada, &zipped(&[])).await;
    assert_eq!(eve.ask_with(IMPORT, json!({"id": file, "dry": true})).await.codes(), ["NOT_FOUND"]);
    let own = brings(&app, &sam, &zipped(&[])).await;
    assert_eq!(sam.ask_with(IMPORT, json!({"id": own, "dry": true})).await.codes(), ["FORBIDDEN"]);
}

fn uuid_of(id: &Value) -> String {
    kernel::CourseExportId::from_wire(id.as_str().unwrap()).unwrap().0.simple().to_string()
}
