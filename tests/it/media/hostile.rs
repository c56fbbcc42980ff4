//! What people send who mean no good, or do not know what they send: each hears a clear reason, and nothing is left of it.

use kernel::Live;
use media::media_file;
use sea_orm::PaginatorTrait;
use serde_json::{Value, json};
use testkit::{Person, TestApp, on_both};

use super::{
    files::{film, recording},
    shelf::Shelf,
    uploading::{announcement, bring, create, is_empty},
};

/// What is refused before anything is sent: what the announcement says, and the code that it is refused with.
fn announcements() -> Vec<(&'static str, Value, &'static str)> {
    let with = |field: &str, value: Value| {
        let mut input = announcement("a.mp4", "video/mp4", b"x");
        input[field] = value;
        input
    };
    let name = |name: &str| with("fileName", name.into());
    vec![
        ("a path", name("../../etc/passwd"), "MEDIA_FILE_NAME_INVALID"),
        ("a path of Windows", name("..\\..\\boot.ini"), "MEDIA_FILE_NAME_INVALID"),
        ("the folder above", name(".."), "MEDIA_FILE_NAME_INVALID"),
        ("a name read backwards", name("song\u{202e}3pm.exe"), "MEDIA_FILE_NAME_INVALID"),
        ("a name of two lines", name("a\r\nSet-Cookie: x.mp4"), "MEDIA_FILE_NAME_INVALID"),
        ("nothing at all", with("size", 0.into()), "UPLOAD_SIZE_INVALID"),
        ("less than nothing", with("size", (-1).into()), "UPLOAD_SIZE_INVALID"),
        ("a part of a byte", with("size", 1.5.into()), "UPLOAD_SIZE_INVALID"),
        ("more than any disk", with("size", 8e15.into()), "UPLOAD_TOO_LARGE"),
        ("a drawing with scripts", with("mimeType", "image/svg+xml".into()), "UPLOAD_TYPE_NOT_TAKEN"),
        ("a page", with("mimeType", "text/html".into()), "UPLOAD_TYPE_NOT_TAKEN"),
        ("a list of other files", with("mimeType", "application/vnd.apple.mpegurl".into()), "UPLOAD_TYPE_NOT_TAKEN"),
        ("a program", with("mimeType", "application/x-msdownload".into()), "UPLOAD_TYPE_NOT_TAKEN"),
        ("no hash", with("sha256", "../x".into()), "UPLOAD_HASH_INVALID"),
    ]
}

#[on_both]
async fn what_can_be_seen_from_its_announcement_is_refused_at_once(app: TestApp) {
    let tomas = app.instructor("Tomas").await;
    for (what, input, code) in announcements() {
        let refused = create(&tomas, input).await;
        assert_eq!(refused.user_errors(), [code], "{what}");
        assert_eq!(refused.at("/createUpload/upload"), &Value::Null, "{what}");
        assert_eq!(refused.at("/createUpload/parts"), &json!([]), "{what}");
    }
    let nul = create(&tomas, announcement("a\0.mp4", "video/mp4", b"x")).await;
    assert_eq!(nul.codes(), ["BAD_USER_INPUT"]);
    assert_eq!(media::upload::Entity::live().count(app.db().read()).await.unwrap(), 0);
}

const WRONG_TYPE: &str = "The file is not of the type that was announced.";
const TWO_IN_ONE: &str = "The file is of two types at once: other programs would take it for something else.";
const TRUNCATED: &str = "The file ends before its time: a part of it is missing.";
const TRAILING: &str = "Something follows the end of the film or sound that does not belong to it.";
const CROWDED: &str = "The archive has too many entries: about 50,000 are taken.";
const LEADS_OUT: &str = "The archive has a name or a link in it that leads out of it.";
const UNREADABLE: &str = "The file can't be read: it is damaged, incomplete, or not what its name says.";
const TOO_LARGE: &str = "The picture is too large to be worked on: at most 40 million pixels, 16,384 on each side.";

/// An archive with one file of this name, which says of itself that it unpacks to so much.
fn archive(name: &str, packed: &[u8], unpacked: u32, mode: u32) -> Vec<u8> {
    let sizes = |out: &mut Vec<u8>| {
        out.extend([0; 4]);
        out.extend((packed.len() as u32).to_le_bytes());
        out.extend(unpacked.to_le_bytes());
        out.extend((name.len() as u16).to_le_bytes());
        out.extend([0; 2]);
    };
    let mut zip = b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0".to_vec();
    sizes(&mut zip);
    zip.extend(name.as_bytes());
    zip.extend(packed);
    let at = zip.len() as u32;
    zip.extend(b"PK\x01\x02\x14\x03\x14\0\0\0\x08\0\0\0\0\0");
    sizes(&mut zip);
    zip.extend([0; 6]);
    zip.extend((mode << 16).to_le_bytes());
    zip.extend([0; 4]);
    zip.extend(name.as_bytes());
    let length = zip.len() as u32 - at;
    zip.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    zip.extend(length.to_le_bytes());
    zip.extend(at.to_le_bytes());
    zip.extend([0; 2]);
    zip
}

/// An archive with very many empty files.
fn crowd() -> Vec<u8> {
    let mut list = b"PK\x01\x02".to_vec();
    list.resize(46, 0);
    list[28] = 100;
    list.extend([b'x'; 100]);
    let list = list.repeat(70_000);
    let mut zip = b"PK\x03\x04".to_vec();
    zip.resize(30, 0);
    let at = zip.len() as u32;
    zip.extend(&list);
    zip.extend(b"PK\x05\x06\0\0\0\0\xff\xff\xff\xff");
    zip.extend((list.len() as u32).to_le_bytes());
    zip.extend(at.to_le_bytes());
    zip.extend([0; 2]);
    zip
}

fn joined(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

/// Name, announced type, bytes, and the reason that the sender reads.
fn files(app: &TestApp) -> Vec<(&'static str, &'static str, Vec<u8>, &'static str)> {
    let read = |path: std::path::PathBuf| std::fs::read(path).unwrap();
    let film = read(film(app, "film.mp4", "320x240"));
    let picture = read(recording(app, "a.png", "-f lavfi -i testsrc2=size=64x64 -frames:v 1"));
    let photo = read(recording(app, "a.jpg", "-f lavfi -i testsrc2=size=64x64 -frames:v 1"));
    let vast = read(recording(app, "vast.png", "-f lavfi -i color=size=16000x3000 -frames:v 1 -pix_fmt monob"));
    let bomb = "The archive unpacks to far more than it holds.";
    let damaged = "The file is damaged, or too unusual to be read.";
    // A screen of 65,535 by 65,535, and nothing on it.
    let gif = b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\xff\xff\xff\xff\0\x02\x02D\x01\0;";
    vec![
        ("page.jpg", "image/jpeg", b"<!DOCTYPE html><script>alert(1)</script>".to_vec(), WRONG_TYPE),
        (
            "drawing.png",
            "image/png",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec(),
            WRONG_TYPE,
        ),
        ("program.mp4", "video/mp4", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff".to_vec(), WRONG_TYPE),
        ("list.mp4", "video/mp4", b"#EXTM3U\n#EXTINF:9,\nfile:///etc/passwd\n".to_vec(), WRONG_TYPE),
        ("words.txt", "text/plain", b"words\0\x01\x02".to_vec(), WRONG_TYPE),
        ("list.txt", "text/plain", b"#EXTM3U\n#EXTINF:9,\nfile:///etc/passwd\n".to_vec(), TWO_IN_ONE),
        ("page.txt", "text/plain", b"\xef\xbb\xbf\n <html><script>alert(1)</script>".to_vec(), TWO_IN_ONE),
        ("archive.png", "image/png", joined(&[&picture, &archive("x", b"y", 1, 0)]), TWO_IN_ONE),
        ("archive.pdf", "application/pdf", joined(&[b"%PDF-1.4\n", &archive("x", b"y", 1, 0)]), TWO_IN_ONE),
        ("script.gif", "image/gif", b"GIF89a/*<script>*/=1;alert(1)//".to_vec(), TWO_IN_ONE),
        ("paper.jpg", "image/jpeg", joined(&[&photo[..20], b"%PDF-1.4 ", &photo[20..]]), TWO_IN_ONE),
        ("half.mp4", "video/mp4", film[..film.len() / 2].to_vec(), TRUNCATED),
        ("index.mp4", "video/mp4", film[..40].to_vec(), TRUNCATED),
        ("bomb.zip", "application/zip", archive("zeros", &[0; 2000], u32::MAX, 0), bomb),
        ("out.zip", "application/zip", archive("../../etc/cron.d/x", b"y", 1, 0), LEADS_OUT),
        ("link.zip", "application/zip", archive("link", b"/etc/passwd", 11, 0o120_777), LEADS_OUT),
        (
            "front.zip",
            "application/zip",
            joined(&[&archive("x", b"y", 1, 0)[..40], &archive("x", b"y", 1, 0)]),
            damaged,
        ),
        ("vast.png", "image/png", vast, TOO_LARGE),
        ("vast.gif", "image/gif", gif.to_vec(), TOO_LARGE),
        ("more.mp4", "video/mp4", joined(&[&film, b"#!/bin/sh\necho and more"]), TRAILING),
        ("crowd.zip", "application/zip", crowd(), CROWDED),
        ("half.png", "image/png", picture[..picture.len() / 2].to_vec(), UNREADABLE),
    ]
}

async fn is_refused(shelf: &Shelf, person: &Person, input: Value, bytes: &[u8], reason: &str) {
    let done = bring(shelf, person, input.clone(), bytes).await;
    assert_eq!((&done["status"], &done["reason"]), (&json!("REJECTED"), &json!(reason)), "{input}");
    assert_eq!(done["media"], Value::Null, "{input}");
    assert!(is_empty(shelf).await, "{input}: {:?}", shelf.keys().await);
}

async fn twenty_hostile_files(shelf: &Shelf) {
    let tomas = shelf.app.instructor("Tomas").await;
    let files = files(&shelf.app);
    assert_eq!(files.len(), 22);
    for (name, mime_type, bytes, reason) in files {
        is_refused(shelf, &tomas, announcement(name, mime_type, &bytes), &bytes, reason).await;
    }
    // Not what was announced, though as long.
    let other = "The file's SHA-256 is not the one that was announced: it was damaged on its way, or is another file.";
    is_refused(shelf, &tomas, announcement("a.txt", "text/plain", b"words"), b"sword", other).await;
    assert_eq!(media_file::Entity::live().count(shelf.app.db().read()).await.unwrap(), 0);
    assert!(std::fs::read_dir(&shelf.app.app.scratch).unwrap().next().is_none());
}

#[on_both]
async fn twenty_hostile_files_leave_nothing_in_a_folder(app: TestApp) {
    Shelf::folder(&app).await.run(twenty_hostile_files).await;
}

#[on_both]
async fn twenty_hostile_files_leave_nothing_in_a_bucket(app: TestApp) {
    Shelf::bucket(&app).await.run(twenty_hostile_files).await;
}
