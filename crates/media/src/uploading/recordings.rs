//! Films and sounds in boxes (MP4, QuickTime): is the last one there as a whole?

use kernel::Result;

use super::examining::{Flaw, read_all};
use crate::Storage;

/// A stream in fragments has two for each few seconds; what follows these many is believed.
const MOST_BOXES: u32 = 2_000;

/// Goes from box to box to the end of the file.
pub(super) async fn check(storage: &Storage, key: &str, size: u64) -> Result<Result<(), Flaw>> {
    let (mut at, mut has_index) = (0, false);
    for _ in 0..MOST_BOXES {
        if at == size {
            break;
        }
        let head = read_all(storage, key, at..size.min(at + 16)).await?;
        let Some((kind, length)) = box_of(&head, size - at) else {
            return Ok(Err(Flaw::Damaged));
        };
        if length > size - at {
            return Ok(Err(Flaw::Truncated));
        }
        has_index |= &kind == b"moov";
        at += length;
    }
    // The index may come last: without it nothing of the rest can be played.
    Ok(if has_index || at < size { Ok(()) } else { Err(Flaw::Truncated) })
}

/// The kind of a box and how long it is.
fn box_of(head: &[u8], left: u64) -> Option<([u8; 4], u64)> {
    let length = u32::from_be_bytes(*head.first_chunk()?);
    let kind = *head.get(4..)?.first_chunk()?;
    let (least, length) = match length {
        0 => (8, left),
        1 => (16, u64::from_be_bytes(*head.get(8..)?.first_chunk()?)),
        length => (8, length.into()),
    };
    (length >= least).then_some((kind, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_say_how_long_they_are() {
        assert_eq!(box_of(b"\0\0\0\x18ftypisom", 100), Some((*b"ftyp", 24)));
        assert_eq!(box_of(b"\0\0\0\0mdat", 100), Some((*b"mdat", 100)));
        assert_eq!(box_of(b"\0\0\0\x01mdat\0\0\0\x02\0\0\0\0", 100), Some((*b"mdat", 2 << 32)));
        for bad in [&b"\0\0\0\x07free"[..], b"\0\0\0", b"\0\0\0\x01mdat\0\0\0\0\0\0\0\x08"] {
            assert_eq!(box_of(bad, 100), None, "{bad:?}");
        }
    }
}
