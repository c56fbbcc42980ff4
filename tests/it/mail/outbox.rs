use std::{
    env, fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process,
    sync::Arc,
};

use gateway::mail::{Failure, Letter, Mailer, Settings};
use serde_json::json;
use testkit::TestWorld;

use super::{all, letter, server::parse};

/// A folder of this test's own, that goes with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = env::temp_dir().join(format!("lectern-mail-{}-{name}", process::id()));
        fs::create_dir(&folder).unwrap();
        Self(folder)
    }

    fn mailer(&self) -> Mailer {
        let settings = Settings { outbox: self.0.join("data/outbox"), ..Settings::default() };
        Mailer::new(settings, Arc::new(TestWorld::new())).unwrap()
    }

    fn letters(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.0.join("data/outbox")).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn a_letter_becomes_a_file_that_only_we_may_read() {
    let folder = Folder::new("file");
    let mailer = folder.mailer();
    mailer.send(letter("reset_password", json!({"minutes": 30}))).await.unwrap();
    let files = folder.letters();
    let name = "20260701T120000000000Z-00000000-0000-0000-0000-000000000007.eml";
    assert_eq!(files, [folder.0.join("data/outbox").join(name)]);
    assert_eq!((mode(&files[0]), mode(&folder.0.join("data/outbox"))), (0o600, 0o700));
    let text = fs::read_to_string(&files[0]).unwrap();
    let headers = text.split("\r\n\r\n").next().unwrap();
    let headers: Vec<&str> = headers.split("\r\n").filter(|line| !line.contains("boundary")).collect();
    insta::assert_snapshot!(headers.join("\n"), @r#"
    From: Lectern <lectern@localhost>
    To: "Ada Lovelace" <ada@example.org>
    Subject: Choose a new password
    Date: Wed, 01 Jul 2026 12:00:00 +0000
    Message-ID: <00000000-0000-0000-0000-000000000007@localhost>
    Auto-Submitted: auto-generated
    MIME-Version: 1.0
    Content-Type: multipart/alternative;
    "#);
    let read = parse(text.as_bytes());
    assert_eq!((&read["type"], &read["defects"]), (&json!("multipart/alternative"), &json!([])));
    assert_eq!(read["to"], json!([["Ada Lovelace", "ada@example.org"]]));
    let parts = read["parts"].as_object().unwrap();
    assert!(parts.len() == 2 && parts.values().all(|part| part.as_str().unwrap().contains("s3cret")), "{parts:#?}");
    // The same letter once more is the same file.
    mailer.send(letter("reset_password", json!({"minutes": 30}))).await.unwrap();
    assert_eq!(folder.letters(), files);
}

#[tokio::test]
async fn an_outbox_that_cannot_be_written_is_told() {
    let folder = Folder::new("refused");
    fs::write(folder.0.join("data"), "a file").unwrap();
    let failure = folder.mailer().send(letter("account_deleted", json!({}))).await.unwrap_err();
    assert!(matches!(&failure, Failure::Transient(said) if said.contains("data/outbox")), "{failure}");
    assert_eq!(fs::read_to_string(folder.0.join("data")).unwrap(), "a file");
}

#[tokio::test]
async fn no_name_and_no_address_adds_a_header() {
    let folder = Folder::new("headers");
    let mailer = folder.mailer();
    let names =
        ["Ada\r\nBcc: all@example.org", "Ada\nX-Evil: 1", "Ada\" <x@evil.example>, \"", "<script>\u{202e}", "Ada\u{0}"];
    for to_name in names {
        mailer.send(Letter { to_name: to_name.into(), ..letter("account_deleted", json!({})) }).await.unwrap();
        let text = fs::read_to_string(&folder.letters()[0]).unwrap();
        let headers: Vec<&str> = text.split("\r\n\r\n").next().unwrap().split("\r\n").collect();
        let names: Vec<&str> =
            headers.iter().filter(|line| !line.starts_with(' ')).map(|line| line.split(':').next().unwrap()).collect();
        assert_eq!(
            names,
            ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"],
            "{to_name:?}"
        );
        let to = headers.iter().find(|line| line.starts_with("To:")).unwrap();
        assert_eq!(to.matches('@').count(), 1, "{to}");
    }
    for to in
        ["", "ada", "ada@example.org\r\nBcc: x@example.org", "a@b, c@d", "Ada <ada@example.org>", "ada@exa mple.org"]
    {
        let failure = mailer.send(Letter { to: to.into(), ..letter("account_deleted", json!({})) }).await.unwrap_err();
        assert!(matches!(failure, Failure::Permanent(_)), "{to:?}");
    }
}

#[tokio::test]
async fn all_letters_can_be_sent() {
    let folder = Folder::new("all");
    let (mailer, letters) = (folder.mailer(), all());
    for (number, letter) in letters.iter().enumerate() {
        mailer.send(Letter { id: uuid::Uuid::from_u128(number as u128), ..letter.clone() }).await.unwrap();
    }
    assert_eq!(folder.letters().len(), letters.len());
}
