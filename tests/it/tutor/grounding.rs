//! Captions, documents, and where they stand now.

use kernel::{CourseId, EntityId, MediaId, SectionId};
use media::{FileType, media_file, storage::keys};
use sea_orm::Set;
use serde_json::json;
use testkit::{Person, TestApp, on_both};

use super::Class;

/// A file of a section, as its upload leaves it.
pub async fn places(app: &TestApp, owner: &Person, (course, section): (&str, &str), name: &str, mime: &str) -> String {
    let mut tx = app.tx().await;
    let id: MediaId = tx.new_id().unwrap();
    let row = media_file::ActiveModel {
        id: Set(id),
        user_id: Set(owner.id),
        course_id: Set(Some(CourseId::from_wire(course).unwrap())),
        section_id: Set(Some(SectionId::from_wire(section).unwrap())),
        file_name: Set(name.into()),
        file_type: Set(if mime.starts_with("video/") { FileType::Video } else { FileType::Document }),
        mime_type: Set(mime.into()),
        file_size: Set(1),
        storage_provider: Set("local".into()),
        storage_path: Set(keys::source(id)),
        ..Default::default()
    };
    let row = tx.stamp(row, tx.now);
    tx.insert_all(vec![row]).await.unwrap();
    tx.commit().await.unwrap();
    id.to_wire()
}

pub async fn captioned(owner: &Person, media: &str, content: &str) -> String {
    let query = "mutation ($input: AddCaptionTrackInput!) { addCaptionTrack(input: $input) { captionTrack { id } userErrors { code } } }";
    let input = json!({"mediaId": media, "language": "en", "label": "English", "content": content});
    let answer = owner.ask_with(query, json!({"input": input})).await;
    answer.at("/addCaptionTrack/captionTrack/id").as_str().unwrap_or_else(|| panic!("{answer:?}")).to_string()
}

#[on_both]
async fn what_is_said_in_a_film_is_found_with_its_second(app: TestApp) {
    let class = Class::open(&app).await;
    let place = (class.course.as_str(), class.errors.as_str());
    let film = places(&app, &class.tomas, place, "panicking-politely.mp4", "video/mp4").await;
    let words = "WEBVTT\n\n00:00.000 --> 00:30.000\nWelcome to the lesson.\n\n01:05.000 --> 01:09.500\n<v Tomas>Unwinding runs the destructors of a thread &amp; stops it.\n\n01:10.000 --> 01:14.000\nThat is all.";
    let track = captioned(&class.tomas, &film, words).await;
    let answer = class.answers("What does unwinding do to a thread?").await;
    let cited = &answer["citations"][0];
    assert_eq!(
        [&cited["kind"], &cited["title"], &cited["startSeconds"], &cited["endSeconds"], &cited["startOffset"]],
        [&json!("CAPTIONS"), &json!("panicking politely"), &json!(65), &json!(74), &json!(null)],
        "{answer:#}"
    );
    assert_eq!(cited["media"]["id"], film.as_str());
    assert!(answer["response"].as_str().unwrap().contains("panicking politely, at 1:05 [1]"), "{answer:#}");
    let gone = "mutation ($id: ID!) { deleteCaptionTrack(input: {id: $id}) { userErrors { code } } }";
    class.tomas.ask_with(gone, json!({"id": track})).await.data();
    assert_eq!(class.answers("What does unwinding do to a thread?").await["isGrounded"], false);
}

#[on_both]
async fn a_text_is_read_and_other_files_are_found_by_their_names(app: TestApp) {
    let class = Class::open(&app).await;
    let place = (class.course.as_str(), class.errors.as_str());
    let text = places(&app, &class.tomas, place, "notes.md", "text/markdown").await;
    let bytes = "# Notes\n\nA backtrace lists the frames of the stack.".into();
    app.app.storage.put(&keys::source(MediaId::from_wire(&text).unwrap()), bytes).await.unwrap();
    let paper = places(&app, &class.tomas, place, "Lifetimes_cheat-sheet.pdf", "application/pdf").await;
    let told = class.answers("What does a backtrace list of the stack?").await;
    let cited = &told["citations"][0];
    assert_eq!([&cited["kind"], &cited["media"]["id"]], [&json!("DOCUMENT"), &json!(text)], "{told:#}");
    assert_eq!([&cited["startOffset"], &cited["endOffset"]], [&json!(0), &json!(51)]);
    let named = class.answers("Is there a cheat sheet for lifetimes?").await;
    let cited = &named["citations"][0];
    assert_eq!([&cited["kind"], &cited["media"]["id"], &cited["quote"]], [&json!("MEDIA"), &json!(paper), &json!("")]);
    assert!(named["response"].as_str().unwrap().contains("- Lifetimes cheat sheet [1]"), "{named:#}");
}
