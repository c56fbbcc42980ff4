//! Archives, judged by their list of contents. Nothing is unpacked.

use kernel::Result;

use super::examining::{Flaw, read_all};
use crate::Storage;

const END: &[u8] = b"PK\x05\x06";
const ENTRY: &[u8] = b"PK\x01\x02";
const END_SIZE: usize = 22;
/// As much as 50,000 names take.
const MOST_LISTED: u64 = 8 << 20;
/// What is smaller unpacked is no bomb, however well it was packed.
const HARMLESS: u64 = 10 << 20;
const MOST_RATIO: u64 = 100;

/// The end of an archive: where its list of contents is, and how large.
struct End {
    at: usize,
    size: u64,
    offset: u64,
}

/// Would a program that opens archives take what ends like this for one?
pub(super) fn ends_as_one(tail: &[u8]) -> bool {
    end(tail).is_some()
}

fn end(tail: &[u8]) -> Option<End> {
    let mut places = (0..=tail.len().checked_sub(END_SIZE)?).rev();
    let at = places.find(|at| {
        let comment = number(tail, at + 20, 2);
        tail[*at..].starts_with(END) && comment == Some((tail.len() - at - END_SIZE) as u64)
    })?;
    Some(End { at, size: number(tail, at + 12, 4)?, offset: number(tail, at + 16, 4)? })
}

/// Looks for what would hurt whoever unpacks it.
pub(super) async fn check(storage: &Storage, key: &str, size: u64, tail: &[u8]) -> Result<Result<(), Flaw>> {
    let Some(end) = end(tail) else {
        return Ok(Err(Flaw::Damaged));
    };
    let ends_at = size - tail.len() as u64 + end.at as u64;
    // Anything before the first file or after the list would make it two things at once.
    if end.size > MOST_LISTED || end.offset.checked_add(end.size) != Some(ends_at) {
        return Ok(Err(Flaw::Damaged));
    }
    let list = read_all(storage, key, end.offset..ends_at).await?;
    Ok(check_list(&list, size))
}

fn check_list(mut list: &[u8], size: u64) -> Result<(), Flaw> {
    let (mut packed, mut unpacked) = (0u64, 0u64);
    while !list.is_empty() {
        let entry = Entry::first(list).ok_or(Flaw::Damaged)?;
        if !entry.is_safe() {
            return Err(Flaw::LeadsOut);
        }
        packed += entry.packed;
        unpacked += entry.unpacked;
        list = list.get(entry.length..).ok_or(Flaw::Damaged)?;
    }
    // Files that share their bytes are the trick of bombs, too.
    let is_bomb = unpacked > HARMLESS && unpacked / MOST_RATIO > size;
    if is_bomb || packed > size { Err(Flaw::Bomb) } else { Ok(()) }
}

struct Entry<'a> {
    name: &'a [u8],
    is_link: bool,
    packed: u64,
    unpacked: u64,
    length: usize,
}

impl<'a> Entry<'a> {
    fn first(list: &'a [u8]) -> Option<Self> {
        if !list.starts_with(ENTRY) {
            return None;
        }
        let at = |offset, bytes| number(list, offset, bytes);
        let [name, extra, comment] = [at(28, 2)? as usize, at(30, 2)? as usize, at(32, 2)? as usize];
        Some(Self {
            name: list.get(46..46 + name)?,
            // The upper half is the mode of a file on Unix.
            is_link: (at(38, 4)? >> 16) & 0o170_000 == 0o120_000,
            packed: at(20, 4)?,
            unpacked: at(24, 4)?,
            length: 46 + name + extra + comment,
        })
    }

    fn is_safe(&self) -> bool {
        let Ok(name) = std::str::from_utf8(self.name) else {
            return false;
        };
        !self.is_link
            && !name.starts_with('/')
            && !name.contains(['\\', '\0', ':'])
            && !name.split('/').any(|part| part == "..")
    }
}

/// A number of so many bytes, the lowest first.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let bytes = bytes.get(at..at + length)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, packed: u32, unpacked: u32, mode: u32) -> Vec<u8> {
        let mut entry = vec![0; 46];
        entry[..4].copy_from_slice(ENTRY);
        entry[20..24].copy_from_slice(&packed.to_le_bytes());
        entry[24..28].copy_from_slice(&unpacked.to_le_bytes());
        entry[28] = name.len() as u8;
        entry[38..42].copy_from_slice(&(mode << 16).to_le_bytes());
        entry.extend(name.as_bytes());
        entry
    }

    #[test]
    fn what_leads_out_of_an_archive_is_found() {
        assert_eq!(check_list(&entry("a/b..c.txt", 1, 1, 0o100_644), 1000), Ok(()));
        for bad in ["/etc/passwd", "../x", "a/../../x", "a\\..\\x", "C:x"] {
            assert_eq!(check_list(&entry(bad, 1, 1, 0), 1000), Err(Flaw::LeadsOut), "{bad}");
        }
        assert_eq!(check_list(&entry("link", 1, 1, 0o120_777), 1000), Err(Flaw::LeadsOut));
    }

    #[test]
    fn bombs_are_found_by_what_they_say_of_themselves() {
        let small = entry("x", 900, 1000 * 900, 0);
        assert_eq!(check_list(&small, 1000), Ok(()), "small enough");
        assert_eq!(check_list(&entry("x", 90_000, u32::MAX, 0), 100_000), Err(Flaw::Bomb));
        let shared = [entry("a", 600, 700, 0), entry("b", 600, 700, 0)].concat();
        assert_eq!(check_list(&shared, 1000), Err(Flaw::Bomb), "they overlap");
        assert_eq!(check_list(b"PK\x01\x02", 1000), Err(Flaw::Damaged));
    }
}
