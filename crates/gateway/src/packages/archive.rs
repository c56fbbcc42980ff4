//! Reading and writing the zip. Of one that somebody sent nothing is believed. All of it keeps its thread busy.

use std::{
    collections::BTreeSet,
    fs::File,
    io::{self, BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

use kernel::{Error, Result};
use sha2::{Digest, Sha256};
use zip::{CompressionMethod, ZipArchive, ZipWriter, read::ZipFile, write::SimpleFileOptions};

use super::{Manifest, Refusal};

/// The entry that says what all others are.
const MANIFEST: &str = "manifest.json";

/// What a package may be, at most.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    pub entries: usize,
    /// In bytes.
    pub manifest: u64,
    /// All of it unpacked, in bytes.
    pub unpacked: u64,
    /// All of it unpacked, as a multiple of the zip file's size.
    pub expansion: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { entries: 10_000, manifest: 16 << 20, unpacked: 50 << 30, expansion: 200 }
    }
}

/// A package whose entries and manifest are in order. The bytes of its files have not been looked at.
pub struct Package {
    pub manifest: Manifest,
    archive: ZipArchive<BufReader<File>>,
}

impl Package {
    /// Looks at everything that can be known without unpacking.
    pub fn open(path: &Path, bounds: Bounds) -> Result<std::result::Result<Self, Refusal>> {
        let file = File::open(path).map_err(|error| unreadable(&error))?;
        let size = file.metadata().map_err(|error| unreadable(&error))?.len();
        Ok(Self::checked(file, size, bounds))
    }

    fn checked(file: File, size: u64, bounds: Bounds) -> std::result::Result<Self, Refusal> {
        let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|_| Refusal::NotZip)?;
        let names = check_entries(&mut archive, size, bounds)?;
        let manifest = read_manifest(&mut archive, bounds)?;
        check_names(&manifest, &names)?;
        Ok(Self { manifest, archive })
    }

    /// Unpacks one of the files that the manifest names, if it is what that says.
    pub fn unpack(
        &mut self,
        name: &str,
        size: u64,
        sha256: &str,
        to: &Path,
    ) -> Result<std::result::Result<(), Refusal>> {
        let Ok(entry) = self.archive.by_name(name) else {
            return Ok(Err(Refusal::Damaged(name.into())));
        };
        // What the entry says of its size is within the bounds; what the manifest says may be anything.
        if entry.size() != size {
            return Ok(Err(Refusal::Differs(name.into())));
        }
        let mut target = Hashing::new(BufWriter::new(File::create(to).map_err(|error| unwritable(&error))?));
        // One byte more than it should have tells that there is more.
        match io::copy(&mut entry.take(size.saturating_add(1)), &mut target) {
            Ok(_) => {}
            Err(_) if target.failed => {
                return Err(Error::Internal("a package can't be unpacked: the disk refuses".into()));
            }
            Err(_) => return Ok(Err(Refusal::Damaged(name.into()))),
        }
        target.inner.flush().map_err(|error| unwritable(&error))?;
        let is_same = target.size == size && hex(&target.hash.finalize()) == sha256;
        Ok(if is_same { Ok(()) } else { Err(Refusal::Differs(name.into())) })
    }
}

fn check_entries(
    archive: &mut ZipArchive<BufReader<File>>,
    size: u64,
    bounds: Bounds,
) -> std::result::Result<BTreeSet<String>, Refusal> {
    if archive.len() > bounds.entries {
        return Err(Refusal::TooManyEntries(bounds.entries));
    }
    if archive.has_duplicate_names() {
        return Err(Refusal::Twice);
    }
    let (mut names, mut unpacked) = (BTreeSet::new(), 0u64);
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|_| Refusal::NotZip)?;
        unpacked = unpacked.saturating_add(entry.size());
        names.extend(check_entry(&entry)?);
    }
    if unpacked > bounds.unpacked {
        return Err(Refusal::TooLarge(bounds.unpacked));
    }
    if unpacked > size.saturating_mul(bounds.expansion) {
        return Err(Refusal::Bomb(bounds.expansion));
    }
    match archive.has_overlapping_entries() {
        Ok(false) => Ok(names),
        Ok(true) => Err(Refusal::Overlapping),
        Err(_) => Err(Refusal::NotZip),
    }
}

/// The entry's name; none of a folder, which says nothing.
fn check_entry<R: Read>(entry: &ZipFile<'_, R>) -> std::result::Result<Option<String>, Refusal> {
    let name = entry.name().map_err(|_| Refusal::NotZip)?.into_owned();
    if !is_inside(&name) {
        return Err(Refusal::LeadsOut(name));
    }
    if entry.is_symlink() || entry.unix_mode().is_some_and(|mode| !is_plain(mode)) {
        return Err(Refusal::Link(name));
    }
    if entry.encrypted() {
        return Err(Refusal::Encrypted(name));
    }
    if !matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
        return Err(Refusal::Method(name));
    }
    Ok((!entry.is_dir()).then_some(name))
}

/// A file or a folder, by the part of the mode that says so. Programs that know nothing of modes leave it out.
fn is_plain(mode: u32) -> bool {
    matches!(mode & 0o170_000, 0 | 0o040_000 | 0o100_000)
}

/// Nothing is ever written under such a name: but whoever sends one means harm, and should hear that it was seen.
fn is_inside(name: &str) -> bool {
    let is_part = |part: &str| part != ".." && part != ".";
    !name.is_empty() && !name.starts_with('/') && !name.contains(['\\', '\0', ':']) && name.split('/').all(is_part)
}

fn read_manifest(archive: &mut ZipArchive<BufReader<File>>, bounds: Bounds) -> std::result::Result<Manifest, Refusal> {
    let entry = archive.by_name(MANIFEST).map_err(|_| Refusal::NoManifest)?;
    let mut text = vec![];
    entry.take(bounds.manifest + 1).read_to_end(&mut text).map_err(|_| Refusal::Damaged(MANIFEST.into()))?;
    if text.len() as u64 > bounds.manifest {
        return Err(Refusal::ManifestTooLarge(bounds.manifest));
    }
    Manifest::parse(&text)
}

fn check_names(manifest: &Manifest, names: &BTreeSet<String>) -> std::result::Result<(), Refusal> {
    let mut named = BTreeSet::from([MANIFEST.to_string()]);
    for name in manifest.names() {
        if !names.contains(name) {
            return Err(Refusal::Missing(name.into()));
        }
        if !named.insert(name.into()) {
            return Err(Refusal::Twice);
        }
    }
    names.difference(&named).next().map_or(Ok(()), |name| Err(Refusal::Unnamed(name.clone())))
}

/// Writes a package: the manifest, then the files, which lie at these places. What is in files is compressed already.
pub fn write(manifest: &Manifest, files: &[(String, PathBuf)], to: &Path) -> Result<()> {
    let broken = |error: zip::result::ZipError| Error::Internal(format!("a package can't be written: {error}"));
    let target = BufWriter::new(File::create(to).map_err(|error| unwritable(&error))?);
    let mut archive = ZipWriter::new(target);
    let options = SimpleFileOptions::default().large_file(true).unix_permissions(0o644);
    archive.start_file(MANIFEST, options.compression_method(CompressionMethod::Deflated)).map_err(broken)?;
    archive.write_all(manifest.text()?.as_bytes()).map_err(|error| unwritable(&error))?;
    for (name, path) in files {
        archive.start_file(name, options.compression_method(CompressionMethod::Stored)).map_err(broken)?;
        let mut source = BufReader::new(File::open(path).map_err(|error| unreadable(&error))?);
        io::copy(&mut source, &mut archive).map_err(|error| unwritable(&error))?;
    }
    let mut target = archive.finish().map_err(broken)?;
    target.flush().map_err(|error| unwritable(&error))
}

/// Counts and hashes what goes through it.
struct Hashing<W> {
    inner: W,
    hash: Sha256,
    size: u64,
    failed: bool,
}

impl<W: Write> Hashing<W> {
    fn new(inner: W) -> Self {
        Self { inner, hash: Sha256::new(), size: 0, failed: false }
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes).inspect_err(|_| self.failed = true)?;
        self.hash.update(&bytes[..written]);
        self.size += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// The size and the SHA-256 of a file.
pub fn measure(path: &Path) -> Result<(u64, String)> {
    let mut source = File::open(path).map_err(|error| unreadable(&error))?;
    let mut sink = Hashing::new(io::sink());
    io::copy(&mut source, &mut sink).map_err(|error| unreadable(&error))?;
    Ok((sink.size, hex(&sink.hash.finalize())))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unreadable(error: &io::Error) -> Error {
    Error::Internal(format!("a package can't be read: {error}"))
}

fn unwritable(error: &io::Error) -> Error {
    Error::Internal(format!("a package can't be written: {error}"))
}
