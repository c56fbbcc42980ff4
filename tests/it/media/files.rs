//! Files as uploads leave them: a row that waits for its processing, and bytes in the store.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use kernel::{EntityId, MediaId};
use media::{FileType, media_file, storage::keys};
use sea_orm::Set;
use testkit::{Person, TestApp};

/// The row of an upload that belongs to no course; its id on the wire.
pub async fn file(app: &TestApp, owner: &Person, name: &str) -> String {
    row(app, owner, name, FileType::Video).await.to_wire()
}

async fn row(app: &TestApp, owner: &Person, name: &str, file_type: FileType) -> MediaId {
    let mut tx = app.tx().await;
    let id: MediaId = tx.new_id().unwrap();
    let row = media_file::ActiveModel {
        id: Set(id),
        user_id: Set(owner.id),
        file_name: Set(name.into()),
        file_type: Set(file_type),
        mime_type: Set("application/octet-stream".into()),
        file_size: Set(1),
        storage_path: Set(keys::source(id)),
        ..Default::default()
    };
    let row = tx.stamp(row, tx.now);
    tx.insert_all(vec![row]).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// The same with these bytes, and a job that is to process them.
pub async fn upload(app: &TestApp, owner: &Person, file_type: FileType, bytes: &Path) -> MediaId {
    let name = bytes.file_name().unwrap().to_str().unwrap();
    let id = row(app, owner, name, file_type).await;
    app.app.storage.put_file(&keys::source(id), bytes).await.unwrap();
    app.app.write_as_system(async |tx| media::processing::process_later(tx, id).await).await.unwrap();
    id
}

/// What ffmpeg makes of these words, under this name.
pub fn recording(app: &TestApp, name: &str, words: &str) -> PathBuf {
    let file = app.data.join(name);
    let made = Command::new("ffmpeg").args(["-v", "error", "-y"]).args(words.split_whitespace()).arg(&file).status();
    assert!(made.expect("the tests need ffmpeg: apt-get install ffmpeg").success(), "{words}");
    file
}

/// A film of four seconds with sound.
pub fn film(app: &TestApp, name: &str, size: &str) -> PathBuf {
    let pictures = format!("-f lavfi -i testsrc2=size={size}:rate=10:duration=4");
    let sound = "-f lavfi -i sine=frequency=440:duration=4";
    recording(app, name, &format!("{pictures} {sound} -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac"))
}

/// These bytes, under this name.
pub fn written(app: &TestApp, name: &str, bytes: &[u8]) -> PathBuf {
    let file = app.data.join(name);
    std::fs::write(&file, bytes).unwrap();
    file
}
