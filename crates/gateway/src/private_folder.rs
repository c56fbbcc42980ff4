use std::{fs::DirBuilder, io, os::unix::fs::DirBuilderExt, path::Path};

/// A folder that nobody else on the machine can look into: the database, keys and letters lie there. One that is there
/// already stays as it is.
pub fn private_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use super::*;

    #[test]
    fn it_is_made_for_its_owner_only() {
        let parent = std::env::temp_dir().join(format!("lectern-folder-{}", std::process::id()));
        let folder = parent.join("data");
        for _ in 0..2 {
            private_folder(&folder).unwrap();
            assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
        }
        fs::remove_dir_all(parent).unwrap();
    }
}
