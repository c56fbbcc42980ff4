use thiserror::Error;

/// Why a package is not taken, in words for whoever sent it.
#[derive(Debug, Error, PartialEq)]
pub enum Refusal {
    #[error("It is not a zip file, or it is damaged.")]
    NotZip,
    #[error("It has more than {0} entries.")]
    TooManyEntries(usize),
    #[error("The name {0:?} leads out of the package.")]
    LeadsOut(String),
    #[error("The entry {0:?} is a link; only plain files are taken.")]
    Link(String),
    #[error("The entry {0:?} is encrypted.")]
    Encrypted(String),
    #[error("The entry {0:?} is compressed in a way that is not read here: use Deflate.")]
    Method(String),
    #[error("Two entries have the same name.")]
    Twice,
    #[error("Entries lie over one another, as in a zip bomb.")]
    Overlapping,
    #[error("Unpacked it would be more than {0} bytes.")]
    TooLarge(u64),
    #[error("Unpacked it would be more than {0} times as large, as a zip bomb is.")]
    Bomb(u64),
    #[error("The entry {0:?} does not hold what the zip file says: its size or its checksum differs.")]
    Damaged(String),
    #[error("There is no `manifest.json` in it.")]
    NoManifest,
    #[error("The manifest has more than {0} bytes.")]
    ManifestTooLarge(u64),
    #[error("`manifest.json` is not the manifest of a course: {0}")]
    NotManifest(String),
    #[error("The manifest names {0:?}, which is not in the package.")]
    Missing(String),
    #[error("{0:?} is in the package, but not in its manifest.")]
    Unnamed(String),
    #[error("{0:?} is not the file that the manifest describes: its size or its SHA-256 differs.")]
    Differs(String),
}
