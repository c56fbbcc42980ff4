//! Real files, made by ffmpeg, and what is found out about them.

use std::process::Command;

use kernel::{EntityId, MediaId};
use media::{FileType, processing::Derived};
use serde_json::{Value, json};
use testkit::{Person, TestApp, on_both};

use super::files::{film, recording, upload, written};

pub async fn state(person: &Person, id: MediaId) -> Value {
    let query =
        "query ($id: ID!) { node(id: $id) { ... on MediaFile { processingStatus processingPercent processingError
        durationSeconds resolution videoCodec audioCodec bitrate transcodingData } } }";
    person.ask_with(query, json!({"id": id.to_wire()})).await.at("/node").clone()
}

fn is_tidy(app: &TestApp) -> bool {
    std::fs::read_dir(&app.app.scratch).unwrap().next().is_none()
}

#[on_both]
async fn a_film_is_described_pictured_and_streamed(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let id = upload(&app, &tomas, FileType::Video, &film(&app, "film.mp4", "640x480")).await;
    assert_eq!(app.run_jobs().await, ["process_media"]);
    let state = state(&tomas, id).await;
    assert_eq!([&state["processingStatus"], &state["resolution"]], ["COMPLETED", "640x480"], "{state:#}");
    assert_eq!([&state["videoCodec"], &state["audioCodec"]], ["h264", "aac"]);
    assert_eq!([&state["durationSeconds"], &state["processingPercent"]], [4, 100]);
    assert!(state["processingError"].is_null() && state["bitrate"].as_i64().unwrap() > 10_000, "{state:#}");
    assert_eq!(state["transcodingData"]["stream"]["heights"], json!([480, 360, 240]));
    let widths: Vec<_> =
        state["transcodingData"]["pictures"].as_array().unwrap().iter().map(|it| &it["width"]).collect();
    assert_eq!(widths, [320, 640]);
    plays(&app, id).await;
    assert!(is_tidy(&app));
}

/// The box that says how the pictures are encoded is overwritten; all other boxes are in order.
#[on_both]
async fn a_film_that_says_nothing_of_its_pictures_is_told_to_be_damaged(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let path = film(&app, "film.mp4", "64x48");
    let mut bytes = std::fs::read(&path).unwrap();
    let at = bytes.windows(4).rposition(|four| four == b"avc1").unwrap();
    bytes[at..at + 60].fill(0);
    let id = upload(&app, &tomas, FileType::Video, &written(&app, "damaged.mp4", &bytes)).await;
    app.run_jobs().await;
    let state = state(&tomas, id).await;
    assert_eq!(state["processingStatus"], "FAILED", "{state:#}");
    assert!(state["processingError"].as_str().unwrap().contains("damaged"), "{state:#}");
}

/// The stream is taken out of the store, as a player would fetch it, and played to its end in each of its heights.
async fn plays(app: &TestApp, id: MediaId) {
    let folder = app.data.join("player");
    for rung in ["0", "1", "2"] {
        std::fs::create_dir_all(folder.join(rung)).unwrap();
        for name in ["index.m3u8", "00000.ts"] {
            let name = format!("{rung}/{name}");
            app.app.storage.fetch_to(&Derived(id).stream(&name), &folder.join(&name)).await.unwrap();
        }
    }
    let master = folder.join("master.m3u8");
    app.app.storage.fetch_to(&Derived(id).stream("master.m3u8"), &master).await.unwrap();
    let report = Command::new("ffprobe")
        .args(["-v", "error", "-print_format", "json", "-show_entries", "stream=codec_type,height:format=duration"])
        .arg(&master)
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&report.stdout).unwrap();
    let mut heights: Vec<_> = report["programs"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|program| program["streams"].as_array().unwrap())
        .filter_map(|it| it["height"].as_i64())
        .collect();
    heights.sort_unstable();
    assert_eq!(heights, [240, 360, 480], "{report:#}");
    let played = Command::new("ffmpeg")
        .args(["-v", "error", "-xerror", "-i"])
        .arg(&master)
        .args(["-map", "0", "-f", "null", "-"])
        .status();
    assert!(played.unwrap().success());
}

#[on_both]
async fn a_sound_is_described_and_not_streamed(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let sound = recording(&app, "song.mp3", "-f lavfi -i sine=frequency=440:duration=3 -c:a libmp3lame -b:a 96k");
    let id = upload(&app, &tomas, FileType::Audio, &sound).await;
    app.run_jobs().await;
    let state = state(&tomas, id).await;
    assert_eq!(
        [&state["processingStatus"], &state["audioCodec"], &state["videoCodec"]],
        ["COMPLETED", "mp3", ""],
        "{state:#}"
    );
    assert_eq!(state["durationSeconds"], 3);
    assert!((90_000..110_000).contains(&state["bitrate"].as_i64().unwrap()), "{state:#}");
    assert!(state["transcodingData"]["stream"].is_null());
}

#[on_both]
async fn a_picture_is_kept_in_several_sizes(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let plain = recording(&app, "plain.png", "-f lavfi -i testsrc2=size=1000x500 -frames:v 1 -pix_fmt rgb24");
    let clear = recording(&app, "clear.png", "-f lavfi -i testsrc2=size=200x100 -frames:v 1 -pix_fmt rgba");
    let (plain, clear) =
        (upload(&app, &tomas, FileType::Image, &plain).await, upload(&app, &tomas, FileType::Image, &clear).await);
    app.run_jobs().await;
    let (plain_state, clear_state) = (state(&tomas, plain).await, state(&tomas, clear).await);
    assert_eq!([&plain_state["processingStatus"], &plain_state["resolution"]], ["COMPLETED", "1000x500"]);
    assert_eq!(
        plain_state["transcodingData"]["pictures"],
        json!([
            {"width": 320, "height": 160, "mimeType": "image/jpeg"},
            {"width": 640, "height": 320, "mimeType": "image/jpeg"},
            {"width": 1000, "height": 500, "mimeType": "image/jpeg"},
        ])
    );
    assert_eq!(
        clear_state["transcodingData"]["pictures"],
        json!([{"width": 200, "height": 100, "mimeType": "image/png"}])
    );
    for (id, name, start) in [(plain, "picture-640.jpg", &b"\xff\xd8\xff"[..]), (clear, "picture-200.png", b"\x89PNG")]
    {
        let copy = app.data.join(name);
        app.app.storage.fetch_to(&format!("{}/{name}", Derived(id).prefix()), &copy).await.unwrap();
        assert!(std::fs::read(&copy).unwrap().starts_with(start));
    }
}

#[on_both]
async fn a_document_is_as_it_is(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let id = upload(&app, &tomas, FileType::Document, &written(&app, "notes.pdf", b"%PDF-1.4\n%%EOF\n")).await;
    app.run_jobs().await;
    let state = state(&tomas, id).await;
    assert_eq!([&state["processingStatus"], &state["processingError"]], [&json!("COMPLETED"), &Value::Null]);
}

#[on_both]
async fn what_is_damaged_fails_with_a_reason_for_people(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    let film_bytes = std::fs::read(film(&app, "film.mp4", "320x240")).unwrap();
    let head =
        recording(&app, "head.mp4", &format!("-i {} -c copy -movflags faststart", app.data.join("film.mp4").display()));
    let head_bytes = std::fs::read(head).unwrap();
    let playlist = b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n";
    let large = recording(&app, "large.png", "-f lavfi -i color=size=16000x3000 -frames:v 1 -pix_fmt monob");
    let unreadable = "The file can't be read: it is damaged, incomplete, or not what its name says.";
    let cut = "The file ends before its time: a part of it is missing.";
    let too_large = "The picture is too large to be worked on: at most 40 million pixels, 16,384 on each side.";
    for (file_type, file, reason) in [
        (FileType::Video, written(&app, "cut.mp4", &film_bytes[..film_bytes.len() / 2]), unreadable),
        (FileType::Video, written(&app, "cut-head.mp4", &head_bytes[..head_bytes.len() / 2]), cut),
        (FileType::Video, written(&app, "list.mp4", playlist), unreadable),
        (FileType::Audio, written(&app, "empty.mp3", b""), unreadable),
        (FileType::Image, written(&app, "not.png", b"\x89PNG\r\n\x1a\nand no more"), unreadable),
        (FileType::Image, large, too_large),
    ] {
        let id = upload(&app, &tomas, file_type, &file).await;
        app.run_jobs().await;
        let state = state(&tomas, id).await;
        assert_eq!([&state["processingStatus"], &state["processingError"]], ["FAILED", reason], "{}", file.display());
        assert!(is_tidy(&app));
    }
}
