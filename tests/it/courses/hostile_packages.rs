//! Packages of somebody who means harm: each is refused with a reason, and nothing of it is left.

use std::io::{Cursor, Write};

use serde_json::{Value, json};
use testkit::{TestApp, on_both};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::packaging::{content, everything, imports, packed, stored, zipped};

const LISTED: &[u8; 4] = b"PK\x01\x02";
const LOCAL: &[u8; 4] = b"PK\x03\x04";

/// Writes into all entries of the list, or before each, so far behind its signature.
fn patched(mut bytes: Vec<u8>, signature: &[u8; 4], offset: usize, with: &[u8]) -> Vec<u8> {
    let places: Vec<_> = (0..bytes.len() - 4).filter(|at| bytes[*at..at + 4] == *signature).collect();
    for at in places {
        bytes[at + offset..at + offset + with.len()].copy_from_slice(with);
    }
    bytes
}

/// Every entry is said to become so large.
fn swollen(bytes: Vec<u8>, size: u32) -> Vec<u8> {
    patched(bytes, LISTED, 24, &size.to_le_bytes())
}

fn linked() -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(vec![]));
    archive.add_symlink("manifest.json", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    archive.finish().unwrap().into_inner()
}

fn crowded() -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(vec![]));
    for number in 0..=10_000 {
        archive.start_file(number.to_string(), SimpleFileOptions::default()).unwrap();
    }
    archive.write_all(b"x").unwrap();
    archive.finish().unwrap().into_inner()
}

/// A package whose second file is an archive that becomes far too large.
fn nested(manifest: &Value, files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let (mut manifest, mut files) = (manifest.clone(), files.to_vec());
    files[1].1 = swollen(zipped(&[("zeros", b"0")]), u32::MAX - 1);
    let file = manifest["files"][0].as_object_mut().unwrap();
    file.extend(content("files/00002", &files[1].1).as_object().unwrap().clone());
    file.insert("mimeType".into(), json!("application/zip"));
    packed(&manifest, &files)
}

/// A package whose course is shown by these bytes.
fn shown_by(manifest: &Value, files: &[(String, Vec<u8>)], picture: &[u8]) -> Vec<u8> {
    let (mut manifest, mut files) = (manifest.clone(), files.to_vec());
    files[0].1 = picture.to_vec();
    let thumbnail = manifest["thumbnail"].as_object_mut().unwrap();
    thumbnail.extend(content("files/00001", picture).as_object().unwrap().clone());
    packed(&manifest, &files)
}

#[on_both]
async fn packages_that_mean_harm_are_refused_and_nothing_is_left(app: TestApp) {
    let ada = app.instructor("Ada").await;
    let (manifest, files) = everything(&app);
    let good = packed(&manifest, &files);
    let mut many = manifest.clone();
    many["course"]["prerequisiteCourses"] = json!(vec!["steam"; 21]);
    let middle = good.len() / 2;
    let mut gap = good.clone();
    gap.drain(middle..middle + 100);
    let wrong = [
        (zipped(&[("/etc/passwd", b"x")]), "leads out"),
        (zipped(&[("files/../../x", b"x")]), "leads out"),
        (zipped(&[("C:\\x", b"x")]), "leads out"),
        (linked(), "is a link"),
        (swollen(zipped(&[("manifest.json", b"{}")]), 1 << 20), "200 times as large"),
        (
            swollen(
                zipped(
                    &["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m"].map(|name| (name, &b"x"[..])),
                ),
                u32::MAX - 1,
            ),
            "more than 53687091200 bytes",
        ),
        (nested(&manifest, &files), "The archive unpacks to far more than it holds."),
        (crowded(), "more than 10000 entries"),
        (patched(patched(zipped(&[("a", b"x"), ("b", b"x")]), LISTED, 46, b"a"), LOCAL, 30, b"a"), "the same name"),
        (patched(zipped(&[("a", b"x"), ("b", b"x")]), LISTED, 42, &[0; 4]), "over one another"),
        (patched(patched(good.clone(), LISTED, 8, &[1]), LOCAL, 6, &[1]), "is encrypted"),
        (good[..good.len() - 100].to_vec(), "not a zip file"),
        (good[..middle].to_vec(), "not a zip file"),
        (gap, "zip file"),
        (shown_by(&manifest, &files, b"<svg onload=x>"), "The file can't be read"),
        (shown_by(&manifest, &files, &vec![0; (5 << 20) + 1]), "not so large"),
        (packed(&many, &files), "prerequisiteCourses: "),
    ];
    for (place, (package, says)) in wrong.into_iter().enumerate() {
        let import = imports(&app, &ada, &package, false).await;
        let error = import["error"].as_str().unwrap_or_default().to_string();
        assert_eq!((&import["status"], error.contains(says)), (&json!("REFUSED"), true), "{says}: {import}");
        assert_eq!(import["course"], Value::Null);
        // The package itself, and those before it.
        assert_eq!(stored(&app), place + 1, "{says}");
        assert_eq!(std::fs::read_dir(&app.app.scratch).unwrap().count(), 0, "{says}");
    }
    assert_eq!(ada.ask("{ courses { totalCount } }").await.at("/courses/totalCount"), 0);
}
