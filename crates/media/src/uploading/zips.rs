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

/// What large archives have before the end: numbers of eight bytes, and where they are.
const LARGE_END: &[u8] = b"PK\x06\x06";
const LARGE_END_SIZE: usize = 56;
const LOCATOR: &[u8] = b"PK\x06\x07";
const LOCATOR_SIZE: usize = 20;
/// Of an entry: what has no room in its four bytes.
const LARGE_NUMBERS: u64 = 1;
/// Stands for a number that is elsewhere.
const ELSEWHERE: u64 = 0xffff_ffff;

/// The end of an archive: where its list of contents is, and how large.
#[derive(Debug, PartialEq)]
struct End {
    /// Where the list ends, in what was looked at.
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
    let end = End { at, size: number(tail, at + 12, 4)?, offset: number(tail, at + 16, 4)? };
    if end.size == ELSEWHERE || end.offset == ELSEWHERE { large_end(tail, at) } else { Some(end) }
}

/// The end of an archive that has more than four bytes can say, when nothing is between it and the usual one.
fn large_end(tail: &[u8], at: usize) -> Option<End> {
    let locator = at.checked_sub(LOCATOR_SIZE)?;
    let at = locator.checked_sub(LARGE_END_SIZE)?;
    let is_one = tail[locator..].starts_with(LOCATOR) && tail[at..].starts_with(LARGE_END);
    let end = End { at, size: number(tail, at + 40, 8)?, offset: number(tail, at + 48, 8)? };
    let found_at = end.offset.checked_add(end.size)?;
    (is_one && number(tail, locator + 8, 8)? == found_at).then_some(end)
}

/// Looks for what would hurt whoever unpacks it.
pub(super) async fn check(storage: &Storage, key: &str, size: u64, tail: &[u8]) -> Result<Result<(), Flaw>> {
    let Some(end) = end(tail) else {
        return Ok(Err(Flaw::Damaged));
    };
    let ends_at = size - tail.len() as u64 + end.at as u64;
    // Anything before the first file or after the list would make it two things at once.
    if end.size > MOST_LISTED && end.size <= size {
        return Ok(Err(Flaw::Crowded));
    }
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
        packed = entry.packed.saturating_add(packed);
        unpacked = entry.unpacked.saturating_add(unpacked);
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
        // In this order, those that have no room.
        let mut large = large_numbers(list.get(46 + name..46 + name + extra)?);
        // When they are nowhere, the number is what it is: the largest that has room.
        let mut size = |short: u64| if short == ELSEWHERE { large.next().unwrap_or(short) } else { short };
        let (unpacked, packed) = (size(at(24, 4)?), size(at(20, 4)?));
        Some(Self {
            name: list.get(46..46 + name)?,
            // The upper half is the mode of a file on Unix.
            is_link: (at(38, 4)? >> 16) & 0o170_000 == 0o120_000,
            packed,
            unpacked,
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

/// The numbers of eight bytes among what is said of an entry beside the usual.
fn large_numbers(mut extra: &[u8]) -> impl Iterator<Item = u64> {
    let mut numbers: &[u8] = &[];
    while let (Some(kind), Some(length)) = (number(extra, 0, 2), number(extra, 2, 2)) {
        let Some((field, rest)) = extra[4..].split_at_checked(length as usize) else {
            break;
        };
        if kind == LARGE_NUMBERS {
            numbers = field;
            break;
        }
        extra = rest;
    }
    numbers.chunks_exact(8).filter_map(|bytes| number(bytes, 0, 8))
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

    /// The list of a large archive and what follows it.
    fn large(offset: u64, size: u64) -> Vec<u8> {
        let mut end = [LARGE_END, &[0; 36], &size.to_le_bytes(), &offset.to_le_bytes()].concat();
        assert_eq!(end.len(), LARGE_END_SIZE);
        end.extend([LOCATOR, &[0; 4], &(offset + size).to_le_bytes(), &[1, 0, 0, 0]].concat());
        end.extend([END, &[0; 8], &[0xff; 8], &[0; 2]].concat());
        end
    }

    #[test]
    fn an_archive_of_more_than_four_gigabytes_is_read() {
        let (offset, size) = (5 << 30, 100);
        assert_eq!(end(&large(offset, size)), Some(End { at: 0, size, offset }));
        let mut elsewhere = large(offset, size);
        elsewhere[LARGE_END_SIZE + 8] ^= 1;
        assert_eq!(end(&elsewhere), None, "the list is not where two say that it is");
        let cut = &large(offset, size)[1..];
        assert_eq!(end(cut), None);
        let mut large = entry("a", u32::MAX, u32::MAX, 0);
        large[30] = 4 + 1 + 4 + 16;
        let numbers = [(6u64 << 30).to_le_bytes(), (5u64 << 30).to_le_bytes()].concat();
        large.extend([&[9, 0, 1, 0, 7, 1, 0, 16, 0][..], &numbers].concat());
        assert_eq!(check_list(&large, 5 << 30), Ok(()));
        assert_eq!(check_list(&large, (5 << 30) - 1), Err(Flaw::Bomb), "it has more than there is");
        assert_eq!(check_list(&large[..large.len() - 8], 5 << 30), Err(Flaw::Damaged));
    }
}
