//! The installation's keys, one that secrets are encrypted with at rest and one that certificates are signed with: each
//! from the configuration, or from a file that is made at first start.

use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use accounts::SecretKey;
use kernel::{SystemWorld, World};

use crate::{commands::Failure, private_folder::private_folder};

/// Where a key comes from.
pub struct KeySource {
    file: &'static str,
    setting: &'static str,
}

/// What secrets are encrypted with.
pub const ENCRYPTING: KeySource = KeySource { file: "secret.key", setting: "LECTERN_SECRET_KEY" };
/// What certificates are signed with.
pub const SIGNING: KeySource = KeySource { file: "signing.key", setting: "LECTERN_SIGNING_KEY" };

impl KeySource {
    /// The given key, else the one of the data folder, which is made when there is none.
    pub fn load(&self, given: Option<&str>, folder: &Path, world: &dyn World) -> Result<SecretKey, Failure> {
        if let Some(given) = given.filter(|given| !given.is_empty()) {
            let wrong = || format!("{} has to be 32 bytes, in base64 or hexadecimal", self.setting);
            return Ok(SecretKey::parse(given).ok_or_else(wrong)?);
        }
        let file = folder.join(self.file);
        match fs::read_to_string(&file) {
            Ok(text) => parse(&text, &file),
            Err(error) if error.kind() == ErrorKind::NotFound => self.create(folder, &file, world),
            Err(error) => Err(format!("can't read {}: {error}", file.display()).into()),
        }
    }

    /// The same without making one.
    pub fn find(&self, given: Option<&str>, folder: &Path) -> Result<Option<SecretKey>, Failure> {
        let file = folder.join(self.file);
        if given.is_none_or(str::is_empty) && !file.exists() {
            return Ok(None);
        }
        self.load(given, folder, &SystemWorld).map(Some)
    }

    /// Written aside and then linked: whoever reads the file finds it whole, and of two processes one makes it.
    fn create(&self, folder: &Path, file: &Path, world: &dyn World) -> Result<SecretKey, Failure> {
        let key = SecretKey::generate(world)?;
        let failed = |error| format!("can't write {}: {error} (or set {})", file.display(), self.setting);
        private_folder(folder).map_err(failed)?;
        let draft = folder.join(format!("{}.{}", self.file, std::process::id()));
        let mut out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft).map_err(failed)?;
        let written = writeln!(out, "{}", key.to_base64()).and_then(|()| out.sync_all());
        let linked = written.and_then(|()| fs::hard_link(&draft, file));
        fs::remove_file(&draft).map_err(failed)?;
        match linked {
            Ok(()) => Ok(key),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => parse(&fs::read_to_string(file)?, file),
            Err(error) => Err(failed(error).into()),
        }
    }
}

fn parse(text: &str, file: &Path) -> Result<SecretKey, Failure> {
    let name = file.display();
    SecretKey::parse(text).ok_or_else(|| format!("{name} has to hold 32 bytes, in base64 or hexadecimal").into())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_file_is_made_once_for_its_owner_only_and_read_from_then_on() {
        let folder = std::env::temp_dir().join(format!("lectern-key-{}", std::process::id()));
        let first = ENCRYPTING.load(None, &folder, &SystemWorld).unwrap().to_base64();
        assert_eq!(fs::metadata(folder.join(ENCRYPTING.file)).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(ENCRYPTING.load(Some(""), &folder, &SystemWorld).unwrap().to_base64(), first);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        let given = "00".repeat(32);
        assert_ne!(ENCRYPTING.load(Some(&given), &folder, &SystemWorld).unwrap().to_base64(), first);
        assert!(
            ENCRYPTING
                .load(Some("short"), &folder, &SystemWorld)
                .unwrap_err()
                .to_string()
                .contains("LECTERN_SECRET_KEY")
        );
        // Two keys are two files.
        assert_ne!(SIGNING.load(None, &folder, &SystemWorld).unwrap().to_base64(), first);
        fs::write(folder.join(ENCRYPTING.file), "short").unwrap();
        assert!(ENCRYPTING.load(None, &folder, &SystemWorld).unwrap_err().to_string().contains(ENCRYPTING.file));
        fs::remove_dir_all(folder).unwrap();
    }
}
