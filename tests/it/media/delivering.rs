//! Who may open a file gets addresses that are theirs for a while; the server gives the bytes, and says what they are.

use chrono::Duration;
use kernel::{EntityId, MediaId, Viewer};
use learning::{EnrollmentStatus, enrollment, video_progress};
use media::FileType;
use reqwest::{Response, StatusCode};
use sea_orm::{ConnectionTrait, Set};
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

use super::{
    captions::captions,
    files::{film, upload, written},
    shelf::Shelf,
};

const PLAYBACK: &str = "query ($id: ID!) { playback(mediaId: $id) { url hlsUrl posterUrl downloadUrl resumePosition
    expiresAt captions { url track { language } } media { fileName } } }";

pub async fn playback(person: &Person, media: &str) -> Answer {
    person.ask_with(PLAYBACK, json!({"id": media})).await
}

pub fn url(answer: &Answer, name: &str) -> String {
    answer.at(&format!("/playback/{name}")).as_str().unwrap_or_else(|| panic!("{answer:?}")).to_string()
}

pub async fn get(shelf: &Shelf, url: &str, headers: &[(&str, &str)]) -> Response {
    let request = shelf.server.client.get(shelf.absolute(url));
    headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)).send().await.unwrap()
}

pub fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers().get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

async fn attach(person: &Person, media: &str, course: &str, section: &str) {
    let query = "mutation ($media: ID!, $course: ID!, $section: ID) {
        attachMedia(input: {mediaId: $media, courseId: $course, sectionId: $section}) { userErrors { code } } }";
    let done = person.ask_with(query, json!({"media": media, "course": course, "section": section})).await;
    assert_eq!(done.user_errors(), [""; 0]);
}

/// A file in a section of a published course: the ids of all three.
pub async fn lesson(shelf: &Shelf, tomas: &Person, id: MediaId) -> (String, String, String) {
    shelf.app.run_jobs().await;
    let course = tomas.publishes("Rust").await;
    let section = tomas.adds_section(&course, "Lessons").await;
    attach(tomas, &id.to_wire(), &course, &section).await;
    (id.to_wire(), course, section)
}

pub async fn enrol(app: &TestApp, person: &Person, course: &str, status: EnrollmentStatus, days: Option<i64>) {
    let mut tx = app.tx().await;
    tx.conn.execute_unprepared("DELETE FROM enrollments").await.unwrap();
    let row = enrollment::ActiveModel {
        id: Set(tx.new_id().unwrap()),
        user_id: Set(person.id),
        course_id: Set(EntityId::from_wire(course).unwrap()),
        enrolled_at: Set(tx.now),
        expires_at: Set(days.map(|days| tx.now + Duration::days(days))),
        status: Set(status),
        ..Default::default()
    };
    let row = tx.stamp(row, tx.now);
    tx.insert_all(vec![row]).await.unwrap();
    tx.commit().await.unwrap();
}

#[on_both]
async fn who_may_open_a_file_gets_an_address_and_nobody_else(app: TestApp) {
    let shelf = Shelf::folder(&app).await;
    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let admin = app.admin("Root").await;
    let notes = upload(&app, &tomas, FileType::Document, &written(&app, "notes.pdf", b"%PDF-1.4 notes")).await;
    assert_eq!(playback(&ada, &notes.to_wire()).await.codes(), ["NOT_FOUND"], "it belongs to no course");
    let (notes, course, section) = lesson(&shelf, &tomas, notes).await;
    for person in [&tomas, &admin] {
        url(&playback(person, &notes).await, "url");
    }
    assert_eq!(playback(&ada, &notes).await.codes(), ["FORBIDDEN"]);
    let anonymous = app.ask_as(&Viewer::Anonymous, PLAYBACK, json!({"id": notes})).await;
    assert_eq!(anonymous.codes(), ["FORBIDDEN"]);
    for (status, days, may) in [
        (EnrollmentStatus::Active, None, true),
        (EnrollmentStatus::Active, Some(1), true),
        (EnrollmentStatus::Completed, None, true),
        (EnrollmentStatus::Active, Some(0), false),
        (EnrollmentStatus::Completed, Some(-1), false),
        (EnrollmentStatus::Dropped, None, false),
        (EnrollmentStatus::Expired, None, false),
    ] {
        enrol(&app, &ada, &course, status, days).await;
        let answer = playback(&ada, &notes).await;
        assert_eq!(answer.codes(), if may { &[][..] } else { &["FORBIDDEN"] }, "{status:?} {days:?}");
    }
    let section = uuid::Uuid::from(kernel::SectionId::from_wire(&section).unwrap());
    let which = crate::conventions::dictionary::uuid_literal(app.db().backend(), section);
    let preview = format!("UPDATE course_sections SET is_preview = TRUE WHERE id = {which}");
    app.db().write().execute_unprepared(&preview).await.unwrap();
    url(&playback(&ada, &notes).await, "url");
    let anonymous = app.ask_as(&Viewer::Anonymous, PLAYBACK, json!({"id": notes})).await;
    assert_eq!(get(&shelf, &url(&anonymous, "url"), &[]).await.status(), 200);
    shelf.stop().await;
}

#[on_both]
async fn an_address_is_its_persons_and_ends_with_its_time_or_session(app: TestApp) {
    let shelf = Shelf::folder(&app).await;
    let (tomas, eve) = (app.instructor("Tomas").await, app.student("Eve").await);
    let id = upload(&app, &tomas, FileType::Document, &written(&app, "notes.pdf", b"%PDF-1.4 notes")).await.to_wire();
    let link = url(&playback(&tomas, &id).await, "url");
    let bearer = |person: &Person| format!("Bearer {}", person.tokens.access);
    assert_eq!(get(&shelf, &link, &[]).await.status(), 200);
    assert_eq!(get(&shelf, &link, &[("authorization", &bearer(&tomas))]).await.status(), 200);
    assert_eq!(get(&shelf, &link, &[("authorization", &bearer(&eve))]).await.status(), 403);
    // Not another file, person, time or kind of use.
    let other = upload(&app, &tomas, FileType::Document, &written(&app, "b.pdf", b"%PDF-1.4 b")).await.to_wire();
    let (_, expires) = link.rsplit_once(&format!("{id}/")).unwrap();
    let expires = expires.split('~').next().unwrap().to_string();
    let later = (expires.parse::<i64>().unwrap() + 1).to_string();
    let download = link.replacen("/media/", "/downloads/", 1).replacen("/source", "", 1);
    for bad in [
        link.replacen(&id, &other, 1),
        link.replacen(&tomas.wire_id(), &eve.wire_id(), 1),
        link.replacen(&expires, &later, 1),
        link.replacen("/source", "x/source", 1),
        download,
    ] {
        assert_eq!(get(&shelf, &bad, &[]).await.status(), 403, "{bad}");
    }
    for missing in ["stream/master.m3u8", "picture-320.jpg", "captions/x", "..%2Fsource", "stream/..%2F..%2Fsource"] {
        assert_eq!(get(&shelf, &link.replacen("source", missing, 1), &[]).await.status(), 404, "{missing}");
    }
    app.world.pass(Duration::hours(1));
    assert_eq!(get(&shelf, &link, &[]).await.status(), 403);
    let link = url(&playback(&tomas, &id).await, "url");
    assert_eq!(get(&shelf, &link, &[]).await.status(), 200);
    tomas.ask("mutation { logout { userErrors { code } } }").await.data();
    assert_eq!(get(&shelf, &link, &[]).await.status(), 403, "the session has ended");
    shelf.stop().await;
}

async fn ranges_are_answered(shelf: &Shelf) {
    let tomas = shelf.app.instructor("Tomas").await;
    let bytes: Vec<u8> = (0..200_000u32).map(|n| (n % 251) as u8).collect();
    let id = upload(&shelf.app, &tomas, FileType::Other, &written(&shelf.app, "a.bin", &bytes)).await.to_wire();
    let link = url(&playback(&tomas, &id).await, "url");
    for (range, status, expected) in [
        (None, 200, &bytes[..]),
        (Some("bytes=0-0"), 206, &bytes[..1]),
        (Some("bytes=70000-140000"), 206, &bytes[70_000..=140_000]),
        (Some("bytes=-5"), 206, &bytes[199_995..]),
        (Some("bytes=199999-"), 206, &bytes[199_999..]),
    ] {
        let headers: Vec<_> = range.iter().map(|range| ("range", *range)).collect();
        let answer = get(shelf, &link, &headers).await;
        assert_eq!(answer.status(), status, "{range:?}");
        assert_eq!(answer.content_length(), Some(expected.len() as u64), "{range:?}");
        if status == 206 {
            assert!(header(&answer, "content-range").ends_with("/200000"), "{range:?}");
        }
        assert!(answer.bytes().await.unwrap() == expected, "{range:?}");
    }
    assert_eq!(get(shelf, &link, &[("range", "bytes=200000-")]).await.status(), 416);
    // What nobody can say what it is, is not shown in the browser's own window.
    let whole = get(shelf, &link, &[]).await;
    assert!(header(&whole, "content-disposition").starts_with("attachment; filename=\"a.bin\""), "{whole:?}");
    assert_eq!(header(&whole, "content-type"), "application/octet-stream");
}

#[on_both]
async fn ranges_are_answered_from_a_folder(app: TestApp) {
    Shelf::folder(&app).await.run(ranges_are_answered).await;
}

#[on_both]
async fn ranges_are_answered_from_a_bucket(app: TestApp) {
    Shelf::bucket(&app).await.run(ranges_are_answered).await;
}

#[on_both]
async fn what_is_known_is_not_sent_again_and_nothing_is_guessed(app: TestApp) {
    let shelf = Shelf::folder(&app).await;
    let tomas = app.instructor("Tomas").await;
    let id = upload(&app, &tomas, FileType::Document, &written(&app, "notes.txt", b"0123456789")).await.to_wire();
    let link = url(&playback(&tomas, &id).await, "url");
    let whole = get(&shelf, &link, &[]).await;
    let tag = header(&whole, "etag").to_string();
    assert_eq!([header(&whole, "x-content-type-options"), header(&whole, "accept-ranges")], ["nosniff", "bytes"]);
    assert!(header(&whole, "cache-control").starts_with("private, max-age="), "{whole:?}");
    assert!(header(&whole, "content-security-policy").contains("sandbox"), "{whole:?}");
    assert_eq!(get(&shelf, &link, &[("if-none-match", &tag)]).await.status(), StatusCode::NOT_MODIFIED);
    let range = ("range", "bytes=0-1");
    assert_eq!(get(&shelf, &link, &[range, ("if-range", &tag)]).await.status(), 206);
    assert_eq!(get(&shelf, &link, &[range, ("if-range", "\"old\"")]).await.status(), 200);
    let packed = get(&shelf, &link, &[("accept-encoding", "gzip")]).await;
    assert_eq!(header(&packed, "content-encoding"), "");
    let head = shelf.server.client.head(shelf.absolute(&link)).send().await.unwrap();
    assert_eq!((head.status().as_u16(), header(&head, "content-length")), (200, "10"));
    assert_eq!(head.bytes().await.unwrap().len(), 0);
    shelf.stop().await;
}

#[on_both]
async fn a_copy_is_kept_only_where_that_is_allowed(app: TestApp) {
    let shelf = Shelf::folder(&app).await;
    let tomas = app.instructor("Tomas").await;
    let id = upload(&app, &tomas, FileType::Document, &written(&app, "notes.txt", b"words")).await.to_wire();
    assert_eq!(playback(&tomas, &id).await.at("/playback/downloadUrl"), &Value::Null);
    let allow = async |is_allowed: bool| {
        let query = "mutation ($id: ID!, $is: Boolean!) {
            updateMedia(input: {mediaId: $id, isDownloadable: $is}) { userErrors { code } } }";
        assert_eq!(tomas.ask_with(query, json!({"id": id, "is": is_allowed})).await.user_errors(), [""; 0]);
    };
    allow(true).await;
    let link = url(&playback(&tomas, &id).await, "downloadUrl");
    let answer = get(&shelf, &link, &[]).await;
    assert!(header(&answer, "content-disposition").starts_with("attachment; filename=\"notes.txt\""), "{answer:?}");
    assert_eq!(answer.bytes().await.unwrap(), "words");
    allow(false).await;
    assert_eq!(get(&shelf, &link, &[]).await.status(), 404);
    shelf.stop().await;
}

async fn a_film_is_streamed(shelf: &Shelf) {
    let app = &shelf.app;
    let (tomas, ada) = (app.instructor("Tomas").await, app.student("Ada").await);
    let id = upload(app, &tomas, FileType::Video, &film(app, "film.mp4", "640x480")).await;
    let (film, course, _) = lesson(shelf, &tomas, id).await;
    captions(&tomas, &film).await;
    enrol(app, &ada, &course, EnrollmentStatus::Active, None).await;
    stopped_at(app, &ada, id, &course, 3).await;
    let answer = playback(&ada, &film).await;
    assert_eq!(answer.at("/playback/resumePosition"), 3);
    assert_eq!(answer.at("/playback/captions/0/track/language"), "en");
    let words = get(shelf, answer.at("/playback/captions/0/url").as_str().unwrap(), &[]).await;
    assert_eq!(header(&words, "content-type"), "text/vtt; charset=utf-8");
    assert!(words.text().await.unwrap().starts_with("WEBVTT"));
    let poster = get(shelf, &url(&answer, "posterUrl"), &[]).await;
    assert_eq!((poster.status().as_u16(), header(&poster, "content-type")), (200, "image/jpeg"));
    // A player knows nothing but the address of the list.
    let master = shelf.absolute(&url(&answer, "hlsUrl"));
    let list = get(shelf, &master, &[]).await;
    assert_eq!(header(&list, "content-type"), "application/vnd.apple.mpegurl");
    let played = tokio::process::Command::new("ffmpeg")
        .args(["-v", "error", "-xerror", "-i", &master, "-map", "0", "-f", "null", "-"])
        .output()
        .await
        .unwrap();
    assert!(played.status.success(), "{played:?}");
}

#[on_both]
async fn a_film_is_streamed_from_a_folder(app: TestApp) {
    Shelf::folder(&app).await.run(a_film_is_streamed).await;
}

#[on_both]
async fn a_film_is_streamed_from_a_bucket(app: TestApp) {
    Shelf::bucket(&app).await.run(a_film_is_streamed).await;
}

async fn stopped_at(app: &TestApp, person: &Person, video: MediaId, course: &str, seconds: i32) {
    let mut tx = app.tx().await;
    let row = video_progress::ActiveModel {
        id: Set(tx.new_id().unwrap()),
        user_id: Set(person.id),
        video_id: Set(video),
        course_id: Set(EntityId::from_wire(course).unwrap()),
        last_position: Set(seconds),
        ..Default::default()
    };
    let row = tx.stamp(row, tx.now);
    tx.insert_all(vec![row]).await.unwrap();
    tx.commit().await.unwrap();
}

/// A hundred who read a part at a time do not keep anybody else waiting.
#[on_both]
async fn many_readers_do_not_starve_the_others(app: TestApp) {
    let shelf = Shelf::folder(&app).await;
    let tomas = app.instructor("Tomas").await;
    let bytes = vec![7; 4 << 20];
    let id = upload(&app, &tomas, FileType::Other, &written(&app, "a.bin", &bytes)).await.to_wire();
    let link = shelf.absolute(&url(&playback(&tomas, &id).await, "url"));
    let mut readers = vec![];
    for n in 0..100u64 {
        let (client, link) = (shelf.server.client.clone(), link.clone());
        readers.push(tokio::spawn(async move {
            let range = format!("bytes={}-{}", n * 1000, n * 1000 + (3 << 20));
            let answer = client.get(link).header("range", range).send().await.unwrap();
            assert_eq!(answer.bytes().await.unwrap().len(), (3 << 20) + 1);
        }));
    }
    let mut answered = 0;
    while readers.iter().any(|reader| !reader.is_finished()) {
        let answer = shelf.server.post(&json!({"query": "{ __typename courses { totalCount } }"})).await;
        assert_eq!(answer.status(), 200);
        answered += 1;
    }
    for reader in readers {
        reader.await.unwrap();
    }
    assert!(answered > 0);
    shelf.stop().await;
}
