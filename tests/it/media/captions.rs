use kernel::{CaptionTrackId, EntityId, MediaId};
use media::processing::Derived;
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

use super::files::file;

const WORDS: &str = "WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n";

async fn add(person: &Person, input: Value) -> Answer {
    let query = "mutation ($input: AddCaptionTrackInput!) { addCaptionTrack(input: $input) {
        captionTrack { id language label kind isDefault media { fileName } } userErrors { code field message } } }";
    person.ask_with(query, json!({"input": input})).await
}

fn of(media: &str, language: &str) -> Value {
    json!({"mediaId": media, "language": language, "label": "Words", "content": WORDS})
}

/// English captions of a file: their id.
pub async fn captions(person: &Person, media: &str) -> String {
    let answer = add(person, of(media, "en")).await;
    answer.at("/addCaptionTrack/captionTrack/id").as_str().unwrap_or_else(|| panic!("{answer:?}")).to_string()
}

async fn of_file(person: &Person, media: &str) -> Value {
    let query = "query ($id: ID!) { node(id: $id) { ... on MediaFile { captions { language isDefault } } } }";
    person.ask_with(query, json!({"id": media})).await.at("/node/captions").clone()
}

#[on_both]
async fn a_recording_has_captions_in_each_language_once(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let id = file(&app, &tomas, "a.mp4").await;
    let german = json!({"mediaId": id, "language": "DE-at", "label": " Deutsch ", "kind": "CAPTIONS", "isDefault": true, "content": WORDS});
    let added = add(&tomas, german).await;
    let mut track = added.at("/addCaptionTrack/captionTrack").clone();
    let wire = track["id"].take();
    assert_eq!(
        track,
        json!({"id": null, "language": "de-AT", "label": "Deutsch", "kind": "CAPTIONS", "isDefault": true, "media": {"fileName": "a.mp4"}})
    );
    let (media, track) = (MediaId::from_wire(&id).unwrap(), CaptionTrackId::from_wire(wire.as_str().unwrap()).unwrap());
    let copy = app.data.join("copy.vtt");
    app.app.storage.fetch_to(&Derived(media).captions(track), &copy).await.unwrap();
    assert_eq!(std::fs::read_to_string(&copy).unwrap(), WORDS);
    assert_eq!(add(&tomas, of(&id, "de-AT")).await.user_errors(), ["CAPTION_LANGUAGE_TAKEN"]);
    let mut english = of(&id, "en");
    english["isDefault"] = true.into();
    assert_eq!(add(&tomas, english).await.user_errors(), [""; 0]);
    let both = json!([{"language": "de-AT", "isDefault": false}, {"language": "en", "isDefault": true}]);
    assert_eq!(of_file(&tomas, &id).await, both);
    let delete =
        "mutation ($id: ID!) { deleteCaptionTrack(input: {id: $id}) { deletedCaptionTrackId userErrors { code } } }";
    let gone = tomas.ask_with(delete, json!({"id": wire})).await;
    assert_eq!(gone.at("/deleteCaptionTrack/deletedCaptionTrackId"), &wire);
    assert_eq!(app.run_jobs().await, ["remove_captions"]);
    assert!(app.app.storage.size(&Derived(media).captions(track)).await.is_err());
    assert_eq!(add(&tomas, of(&id, "de-AT")).await.user_errors(), [""; 0], "there is room again");
}

#[on_both]
async fn what_is_wrong_with_captions_is_said_with_the_line_and_nothing_is_stored(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let id = file(&app, &tomas, "a.mp4").await;
    let bad = json!({"mediaId": id, "language": "no language", "label": " ", "content": "WEBVTT\n\n00:05.000 --> 00:02.000\nx"});
    let refused = add(&tomas, bad).await;
    assert_eq!(
        refused.at("/addCaptionTrack/userErrors"),
        &json!([
            {"code": "CAPTION_LANGUAGE_INVALID", "field": ["input", "language"], "message": "A language is a BCP 47 tag, such as `en` or `pt-BR`."},
            {"code": "CAPTION_LABEL_INVALID", "field": ["input", "label"], "message": "A label has 1 to 100 characters, all of them visible."},
            {"code": "CAPTION_CONTENT_INVALID", "field": ["input", "content"], "message": "Line 3: the cue ends before it begins."},
        ])
    );
    assert_eq!(of_file(&tomas, &id).await, json!([]));
    let media = MediaId::from_wire(&id).unwrap();
    assert!(!app.data.join("media").join(Derived(media).prefix()).exists());
}
