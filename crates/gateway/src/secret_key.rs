//! The key that secrets are encrypted with at rest: from the configuration, or from a file that is made at first start.

use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use accounts::SecretKey;
use kernel::World;

use crate::{commands::Failure, private_folder::private_folder};

const FILE: &str = "secret.key";

/// The given key, else the one of the data folder, which is made when there is none.
pub fn load(given: Option<&str>, folder: &Path, world: &dyn World) -> Result<SecretKey, Failure> {
    if let Some(given) = given.filter(|given| !given.is_empty()) {
        let key = SecretKey::parse(given);
        return key.ok_or_else(|| "LECTERN_SECRET_KEY has to be 32 bytes, in base64 or hexadecimal".into());
    }
    let file = folder.join(FILE);
    match fs::read_to_string(&file) {
        Ok(text) => parse(&text, &file),
        Err(error) if error.kind() == ErrorKind::NotFound => create(folder, &file, world),
        Err(error) => Err(format!("can't read {}: {error}", file.display()).into()),
    }
}

fn parse(text: &str, file: &Path) -> Result<SecretKey, Failure> {
    let name = file.display();
    SecretKey::parse(text).ok_or_else(|| format!("{name} has to hold 32 bytes, in base64 or hexadecimal").into())
}

/// Written aside and then linked: whoever reads the file finds it whole, and of two processes one makes it.
fn create(folder: &Path, file: &Path, world: &dyn World) -> Result<SecretKey, Failure> {
    let key = SecretKey::generate(world)?;
    let failed = |error| format!("can't write {}: {error} (or set LECTERN_SECRET_KEY)", file.display());
    private_folder(folder).map_err(failed)?;
    let draft = folder.join(format!("{FILE}.{}", std::process::id()));
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

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use kernel::SystemWorld;

    use super::*;

    #[test]
    fn the_file_is_made_once_for_its_owner_only_and_read_from_then_on() {
        let folder = std::env::temp_dir().join(format!("lectern-key-{}", std::process::id()));
        let first = load(None, &folder, &SystemWorld).unwrap().to_base64();
        assert_eq!(fs::metadata(folder.join(FILE)).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(load(Some(""), &folder, &SystemWorld).unwrap().to_base64(), first);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        let given = "00".repeat(32);
        assert_ne!(load(Some(&given), &folder, &SystemWorld).unwrap().to_base64(), first);
        assert!(load(Some("short"), &folder, &SystemWorld).unwrap_err().to_string().contains("LECTERN_SECRET_KEY"));
        fs::write(folder.join(FILE), "short").unwrap();
        assert!(load(None, &folder, &SystemWorld).unwrap_err().to_string().contains(FILE));
        fs::remove_dir_all(folder).unwrap();
    }
}
