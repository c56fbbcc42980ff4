use std::sync::Arc;

use gateway::app::App;
use kernel::{EntityId, MediaId};
use media::{
    FileType,
    processing::{Found, Picture, Tools, begin, note_step},
};
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp, on_both};

use super::{
    files::{film, recording, upload, written},
    recordings::state,
};

async fn retry(person: &Person, id: MediaId) -> Answer {
    let query = "mutation ($id: ID!) { retryProcessing(input: {mediaId: $id}) {
        media { processingStatus processingPercent } userErrors { code field } } }";
    person.ask_with(query, json!({"id": id.to_wire()})).await
}

#[on_both]
async fn a_lost_worker_is_followed_by_one_who_goes_on_where_it_was(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let picture = recording(&app, "a.png", "-f lavfi -i testsrc2=size=400x200 -frames:v 1");
    let id = upload(&app, &tomas, FileType::Image, &picture).await;
    // What is noted as done is a thing that the step would never find: so it was not done again.
    let system = &app.app;
    system.write_as_system(async |tx| begin(tx, id).await).await.unwrap().unwrap();
    let pictures = vec![Picture { width: 7, height: 7, mime_type: "image/png".into() }];
    let found = Found::Image { width: 7, height: 7, pictures };
    assert!(system.write_as_system(async |tx| note_step(tx, id, found, 95).await).await.unwrap());
    let under_way = state(&tomas, id).await;
    assert_eq!([&under_way["processingStatus"], &under_way["processingPercent"]], [&json!("PROCESSING"), &json!(95)]);
    app.run_jobs().await;
    let done = state(&tomas, id).await;
    assert_eq!([&done["processingStatus"], &done["resolution"]], ["COMPLETED", "7x7"]);
    // A job that comes twice finds nothing to do.
    system.write_as_system(async |tx| media::processing::process_later(tx, id).await).await.unwrap();
    app.run_jobs().await;
    assert_eq!(state(&tomas, id).await, done);
}

#[on_both]
async fn who_is_interrupted_again_and_again_gives_up(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let id = upload(&app, &tomas, FileType::Other, &written(&app, "a.bin", b"x")).await;
    for _ in 0..5 {
        assert!(app.app.write_as_system(async |tx| begin(tx, id).await).await.unwrap().is_some());
    }
    app.run_jobs().await;
    let state = state(&tomas, id).await;
    assert_eq!(
        [&state["processingStatus"], &state["processingError"]],
        ["FAILED", "It was interrupted too often. Try it again later."]
    );
    assert_eq!(retry(&tomas, id).await.at("/retryProcessing/media/processingStatus"), "PENDING");
    app.run_jobs().await;
    assert_eq!(super::recordings::state(&tomas, id).await["processingStatus"], "COMPLETED");
}

#[on_both]
async fn without_ffmpeg_a_film_is_played_as_it_was_uploaded_and_later_made_up_for(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let id = upload(&app, &tomas, FileType::Video, &film(&app, "film.mp4", "320x240")).await;
    assert_eq!(retry(&tomas, id).await.user_errors(), ["MEDIA_NOT_FAILED"], "it waits for its turn");
    let mut bare = App::new(app.db().clone(), app.world.clone(), 1, &app.data).unwrap();
    bare.tools = Tools::default();
    gateway::jobs::run_next(&Arc::new(bare)).await.unwrap().unwrap();
    let lacking = state(&tomas, id).await;
    assert_eq!(lacking["processingStatus"], "COMPLETED");
    let reason = "The server has no ffmpeg: nothing was found out about the file, and it is played as it was uploaded.";
    assert_eq!([&lacking["processingError"], &lacking["durationSeconds"]], [&json!(reason), &Value::Null]);
    assert_eq!(
        retry(&tomas, id).await.at("/retryProcessing/media"),
        &json!({"processingStatus": "PENDING", "processingPercent": 0})
    );
    app.run_jobs().await;
    let done = state(&tomas, id).await;
    assert_eq!([&done["processingStatus"], &done["resolution"]], ["COMPLETED", "320x240"]);
    assert_eq!(done["processingError"], Value::Null);
    assert_eq!(retry(&tomas, id).await.user_errors(), ["MEDIA_NOT_FAILED"]);
}

#[on_both]
async fn of_a_file_that_is_gone_nothing_is_made(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let id = upload(&app, &tomas, FileType::Video, &film(&app, "film.mp4", "320x240")).await;
    let query =
        format!("mutation {{ deleteMedia(input: {{mediaId: \"{}\"}}) {{ userErrors {{ code }} }} }}", id.to_wire());
    assert_eq!(tomas.ask(&query).await.user_errors(), [""; 0]);
    let mut jobs = app.run_jobs().await;
    jobs.sort();
    assert_eq!(jobs, ["process_media", "remove_file"]);
    assert!(!app.data.join("media").join(media::storage::keys::media(id)).exists());
}
