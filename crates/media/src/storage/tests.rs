use std::{env, fs, process};

use super::*;

/// A storage in a folder of its own, which is gone afterwards.
struct Fresh {
    storage: Storage,
    root: std::path::PathBuf,
}

impl Fresh {
    fn new(name: &str) -> Self {
        let root = env::temp_dir().join(format!("lectern-storage-{}-{name}", process::id()));
        Self { storage: Storage::in_folder(&root).unwrap(), root }
    }

    fn holds(&self, bytes: &[u8]) -> std::path::PathBuf {
        let file = self.root.with_extension("file");
        fs::write(&file, bytes).unwrap();
        file
    }

    async fn content(&self, key: &str, range: Option<Range<u64>>) -> Vec<u8> {
        let mut content = self.storage.read(key, range).await.unwrap();
        let mut all = vec![];
        while let Some(bytes) = content.try_next().await.unwrap() {
            all.extend(bytes);
        }
        all
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
        let _ = fs::remove_file(self.root.with_extension("file"));
    }
}

#[tokio::test]
async fn what_is_put_is_read_whole_and_in_parts() {
    let fresh = Fresh::new("reading");
    // More than one chunk, and more than one part.
    let bytes: Vec<u8> = (0..9u32 << 20).map(|n| (n % 251) as u8).collect();
    let file = fresh.holds(&bytes);
    fresh.storage.put_file("media/1/source", &file).await.unwrap();
    assert_eq!(fresh.storage.size("media/1/source").await.unwrap(), bytes.len() as u64);
    assert!(fresh.content("media/1/source", None).await == bytes);
    assert_eq!(fresh.content("media/1/source", Some(250..253)).await, [250, 0, 1]);
    assert!(fresh.content("media/1/source", Some(5..70_000)).await == bytes[5..70_000]);
    let copy = fresh.root.join("copy");
    fresh.storage.fetch_to("media/1/source", &copy).await.unwrap();
    assert!(fs::read(&copy).unwrap() == bytes);
}

#[tokio::test]
async fn a_second_file_takes_the_place_of_the_first() {
    let fresh = Fresh::new("replacing");
    for text in [&b"first"[..], b"", b"second"] {
        fresh.storage.put_file("pictures/a", &fresh.holds(text)).await.unwrap();
        assert_eq!(fresh.content("pictures/a", None).await, text);
    }
    fresh.storage.put("pictures/a", Bytes::from_static(b"third")).await.unwrap();
    assert_eq!(fresh.content("pictures/a", None).await, b"third");
}

#[tokio::test]
async fn what_is_gone_is_not_found_and_gone_for_good() {
    let fresh = Fresh::new("deleting");
    for key in ["media/1/source", "media/1/hls/0.ts", "media/10/source"] {
        fresh.storage.put(key, Bytes::from_static(b"x")).await.unwrap();
    }
    fresh.storage.delete("media/1/source").await.unwrap();
    fresh.storage.delete("media/1/source").await.unwrap();
    fresh.storage.delete_prefix("media/1").await.unwrap();
    fresh.storage.delete_prefix("media/1").await.unwrap();
    for key in ["media/1/source", "media/1/hls/0.ts"] {
        assert!(matches!(fresh.storage.size(key).await, Err(kernel::Error::NotFound)), "{key}");
        assert!(matches!(fresh.storage.read(key, None).await, Err(kernel::Error::NotFound)), "{key}");
    }
    assert!(!fresh.root.join("media/1").exists());
    assert_eq!(fresh.storage.size("media/10/source").await.unwrap(), 1);
    let nothing = fresh.storage.fetch_to("media/1/source", &fresh.root.join("copy")).await;
    assert!(matches!(nothing, Err(kernel::Error::NotFound)));
}

#[tokio::test]
async fn no_key_leads_out_of_the_folder() {
    let fresh = Fresh::new("keys");
    for bad in ["", "/", "../secret.key", "media/../../secret.key", "media//x", "media/.", "media/\0"] {
        assert!(fresh.storage.size(bad).await.is_err(), "{bad:?}");
        assert!(fresh.storage.put(bad, Bytes::new()).await.is_err(), "{bad:?}");
        assert!(fresh.storage.delete_prefix(bad).await.is_err(), "{bad:?}");
    }
}

#[test]
fn settings_do_not_print_their_secrets() {
    let settings = S3Settings { secret_key: "hush".into(), access_key: "hush".into(), ..S3Settings::default() };
    assert!(!format!("{settings:?}").contains("hush"));
}
