use std::{collections::BTreeSet, fs, path::PathBuf};

use crate::TestApp;

/// A letter as its addressee reads it.
#[derive(Clone, Debug)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    pub text: String,
}

impl Mail {
    /// The path of its link.
    #[track_caller]
    pub fn path(&self) -> &str {
        let (_, after) = self.link().split_once("//").unwrap();
        let path = &after[after.find('/').unwrap()..];
        path.split('?').next().unwrap()
    }

    /// The token of its link.
    #[track_caller]
    pub fn token(&self) -> &str {
        self.link().split_once("token=").unwrap().1
    }

    #[track_caller]
    fn link(&self) -> &str {
        let mut links = self.text.split_whitespace().filter(|word| word.starts_with("http"));
        links.next_back().unwrap_or_else(|| panic!("no link in {self:?}"))
    }
}

impl TestApp {
    /// Does all jobs that are due; the letters that went out, in their order.
    pub async fn letters(&self) -> Vec<Mail> {
        let mut letters = vec![];
        let mut known = self.outbox_files();
        while gateway::jobs::run_next(&self.app).await.unwrap().is_some() {
            let files = self.outbox_files();
            letters.extend(files.difference(&known).map(read));
            known = files;
        }
        letters
    }

    fn outbox_files(&self) -> BTreeSet<PathBuf> {
        let entries = fs::read_dir(&self.outbox).into_iter().flatten().map(|entry| entry.unwrap().path());
        entries.filter(|file| file.extension().is_some_and(|extension| extension == "eml")).collect()
    }
}

/// The text part comes first; long lines, such as links, are broken by an equals sign.
fn read(file: &PathBuf) -> Mail {
    let message = String::from_utf8_lossy(&fs::read(file).unwrap()).replace("\r\n", "\n");
    let (head, body) = message.split_once("\n\n").unwrap();
    let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim().to_string();
    let to = header("To:");
    let to = to.split_once('<').map_or(to.clone(), |(_, address)| address.trim_end_matches('>').into());
    let text = body.split("text/html").next().unwrap().replace("=\n", "").replace("=3D", "=");
    Mail { to, subject: header("Subject:"), text }
}
