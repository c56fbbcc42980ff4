//! What somebody may send as a package.

use std::{
    fs,
    io::{Cursor, Write},
};

use serde_json::{Value, json};
use tempfile::TempDir;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{Bounds, Package, Refusal, write};

const SMALL: Bounds = Bounds { entries: 10, manifest: 10_000, unpacked: 1_000_000, expansion: 200 };

/// The SHA-256 of `abc` (FIPS 180-2, appendix B.1).
const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

fn manifest(paths: &[&str]) -> Value {
    let file = |path: &&str| {
        json!({"path": path, "size": 3, "sha256": ABC, "section": null, "fileName": "a.txt",
        "mimeType": "text/plain", "isDownloadable": true, "metadata": {}, "captions": []})
    };
    json!({"format": "lectern-course/1", "quizzes": [], "files": paths.iter().map(file).collect::<Vec<_>>(), "course": {
        "title": "Engines", "shortDescription": "", "description": "", "previewVideoUrl": "", "price": 0, "currency": "EUR",
        "difficulty": "beginner", "language": "en", "tags": [], "prerequisites": [], "learningOutcomes": [],
        "targetAudience": [], "courseStructure": null, "metadata": {}, "seoMetadata": {}, "sections": []}})
}

type Archive = ZipWriter<Cursor<Vec<u8>>>;

/// A package whose manifest names these paths, with whatever else is put into it.
fn zip(paths: &[&str], more: impl FnOnce(&mut Archive)) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(vec![]));
    put(&mut archive, "manifest.json", manifest(paths).to_string().as_bytes());
    more(&mut archive);
    archive.finish().unwrap().into_inner()
}

fn put(archive: &mut Archive, name: &str, bytes: &[u8]) {
    archive.start_file(name, SimpleFileOptions::default()).unwrap();
    archive.write_all(bytes).unwrap();
}

fn open(bytes: &[u8], bounds: Bounds) -> (TempDir, Result<Package, Refusal>) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("package.zip");
    fs::write(&path, bytes).unwrap();
    let opened = Package::open(&path, bounds).unwrap();
    (folder, opened)
}

fn refused(bytes: &[u8], bounds: Bounds) -> Refusal {
    open(bytes, bounds).1.err().expect("it is taken")
}

fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let (folder, package) = open(bytes, SMALL);
    let to = folder.path().join("out");
    package?.unpack("files/1", 3, ABC, &to).unwrap()?;
    Ok(fs::read(to).unwrap())
}

#[test]
fn a_package_is_read_as_it_was_written() {
    let good = zip(&["files/1"], |archive| put(archive, "files/1", b"abc"));
    assert_eq!(unpacked(&good).unwrap(), b"abc");
    let (folder, package) = open(&good, SMALL);
    let package = package.unwrap();
    fs::write(folder.path().join("1"), b"abc").unwrap();
    let files = [("files/1".to_string(), folder.path().join("1"))];
    let [first, second] = ["first.zip", "second.zip"].map(|name| {
        let path = folder.path().join(name);
        write(&package.manifest, &files, &path).unwrap();
        fs::read(path).unwrap()
    });
    assert_eq!(first, second);
    assert_eq!(unpacked(&first).unwrap(), b"abc");
    assert_eq!(open(&first, SMALL).1.unwrap().manifest, package.manifest);
}

#[test]
fn folders_in_it_do_no_harm() {
    let good = zip(&["files/1"], |archive| {
        archive.add_directory("files/", SimpleFileOptions::default()).unwrap();
        put(archive, "files/1", b"abc");
    });
    assert_eq!(unpacked(&good).unwrap(), b"abc");
}

#[test]
fn names_that_lead_out_are_refused() {
    for name in ["../x", "files/../../x", "/etc/passwd", "C:/x", "..\\x", "./x", "files/.."] {
        let bytes = zip(&[], |archive| put(archive, name, b"x"));
        assert_eq!(refused(&bytes, SMALL), Refusal::LeadsOut(name.into()));
    }
}

#[test]
fn links_are_refused() {
    let bytes =
        zip(&[], |archive| archive.add_symlink("files/1", "/etc/passwd", SimpleFileOptions::default()).unwrap());
    assert_eq!(refused(&bytes, SMALL), Refusal::Link("files/1".into()));
}

#[test]
fn bombs_are_refused() {
    let zeros = |n: usize| zip(&["files/1"], |archive| put(archive, "files/1", &vec![0; n]));
    assert_eq!(refused(&zeros(2_000_000), SMALL), Refusal::TooLarge(1_000_000));
    assert_eq!(refused(&zeros(900_000), SMALL), Refusal::Bomb(200));
    let many = zip(&[], |archive| (0..10).for_each(|n| put(archive, &n.to_string(), b"")));
    assert_eq!(refused(&many, SMALL), Refusal::TooManyEntries(10));
    let long = zip(&[], |_| ());
    assert_eq!(refused(&long, Bounds { manifest: 100, ..SMALL }), Refusal::ManifestTooLarge(100));
}

/// The central directory says three bytes, and so does the manifest; there are a million.
#[test]
fn a_zip_that_lies_about_a_size_is_not_unpacked_beyond_it() {
    let mut bytes = zip(&["files/1"], |archive| put(archive, "files/1", &vec![0; 1_000_000]));
    let lie = |bytes: &mut Vec<u8>, signature: &[u8], offset: usize| {
        let places: Vec<_> = (0..bytes.len() - 4).filter(|at| &bytes[*at..at + 4] == signature).collect();
        let last = places.last().unwrap() + offset;
        bytes[last..last + 4].copy_from_slice(&3u32.to_le_bytes());
    };
    lie(&mut bytes, b"PK\x01\x02", 24);
    lie(&mut bytes, b"PK\x03\x04", 22);
    let refusal = unpacked(&bytes).unwrap_err();
    assert!(matches!(refusal, Refusal::Damaged(_) | Refusal::Differs(_)), "{refusal}");
    // A manifest that knows better is not believed either: nothing is written.
    let (folder, package) = open(&bytes, SMALL);
    let mut package = package.unwrap();
    for size in [1_000_000, u64::MAX] {
        let refusal = package.unpack("files/1", size, ABC, &folder.path().join("out")).unwrap();
        assert_eq!(refusal, Err(Refusal::Differs("files/1".into())));
    }
    assert!(!folder.path().join("out").exists());
}

#[test]
fn what_is_no_zip_is_refused() {
    let good = zip(&[], |_| ());
    for bytes in [&b""[..], b"MZ\x90", &good[..good.len() - 10], &good[10..]] {
        assert_eq!(refused(bytes, SMALL), Refusal::NotZip);
    }
}

#[test]
fn what_the_manifest_says_has_to_be_true() {
    assert_eq!(refused(&zip(&["files/1"], |_| ()), SMALL), Refusal::Missing("files/1".into()));
    let more = zip(&[], |archive| put(archive, "notes.txt", b"x"));
    assert_eq!(refused(&more, SMALL), Refusal::Unnamed("notes.txt".into()));
    let twice = zip(&["files/1", "files/1"], |archive| put(archive, "files/1", b"abc"));
    assert_eq!(refused(&twice, SMALL), Refusal::Twice);
    for other in [&b"abd"[..], b"abcd", b"ab"] {
        let bytes = zip(&["files/1"], |archive| put(archive, "files/1", other));
        assert_eq!(unpacked(&bytes).unwrap_err(), Refusal::Differs("files/1".into()));
    }
}

#[test]
fn a_manifest_is_one_of_ours() {
    let with = |text: &str| {
        let mut archive = ZipWriter::new(Cursor::new(vec![]));
        put(&mut archive, "manifest.json", text.as_bytes());
        archive.finish().unwrap().into_inner()
    };
    let mut none = ZipWriter::new(Cursor::new(vec![]));
    put(&mut none, "readme", b"");
    assert_eq!(refused(&none.finish().unwrap().into_inner(), SMALL), Refusal::NoManifest);
    let mut newer = manifest(&[]);
    newer["format"] = json!("lectern-course/2");
    let mut lost = manifest(&["files/1"]);
    lost["files"][0]["section"] = json!(0);
    for text in ["", "[]", "{}", &newer.to_string(), &lost.to_string()] {
        assert!(matches!(refused(&with(text), SMALL), Refusal::NotManifest(_)), "{text}");
    }
}

#[test]
fn an_entry_in_another_compression_is_refused() {
    let mut bytes = zip(&["files/1"], |archive| {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        archive.start_file("files/1", options).unwrap();
        archive.write_all(b"abc").unwrap();
    });
    // 12 is bzip2.
    let last = (0..bytes.len() - 4).rfind(|at| &bytes[*at..at + 4] == b"PK\x01\x02").unwrap();
    bytes[last + 10] = 12;
    assert_eq!(refused(&bytes, SMALL), Refusal::Method("files/1".into()));
}

/// The last of these four bytes in the archive, and what is written so far behind it.
fn patch(bytes: &mut [u8], signature: &[u8; 4], offset: usize, with: &[u8]) {
    let last = bytes.windows(4).rposition(|window| window == signature).unwrap() + offset;
    bytes[last..last + with.len()].copy_from_slice(with);
}

#[test]
fn entries_that_share_their_bytes_are_refused() {
    let mut bytes = zip(&["files/1", "files/2"], |archive| {
        put(archive, "files/1", b"abc");
        put(archive, "files/2", b"abc");
    });
    let local = |bytes: &[u8]| bytes.windows(4).rposition(|window| window == b"PK\x03\x04").unwrap();
    let first = local(&bytes[..local(&bytes)]) as u32;
    patch(&mut bytes, b"PK\x01\x02", 42, &first.to_le_bytes());
    assert_eq!(refused(&bytes, SMALL), Refusal::Overlapping);
}

#[test]
fn an_entry_that_is_encrypted_is_refused() {
    let mut bytes = zip(&["files/1"], |archive| put(archive, "files/1", b"abc"));
    patch(&mut bytes, b"PK\x01\x02", 8, &[1]);
    patch(&mut bytes, b"PK\x03\x04", 6, &[1]);
    assert_eq!(refused(&bytes, SMALL), Refusal::Encrypted("files/1".into()));
}

#[test]
fn two_entries_of_one_name_are_refused() {
    let mut bytes = zip(&["files/1"], |archive| {
        put(archive, "files/1", b"abc");
        put(archive, "files/2", b"abc");
    });
    patch(&mut bytes, b"PK\x01\x02", 46, b"files/1");
    patch(&mut bytes, b"PK\x03\x04", 30, b"files/1");
    assert_eq!(refused(&bytes, SMALL), Refusal::Twice);
}
