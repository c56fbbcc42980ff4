//! Films and sounds in boxes (MP4, QuickTime): is the last one there as a whole?

use kernel::Result;

use super::examining::{Flaw, read_all};
use crate::Storage;

/// A stream in fragments has two for each few seconds; what follows these many is believed.
const MOST_BOXES: u32 = 2_000;

/// What may follow the pictures: the next few seconds of a stream, and what programs write beside it.
const KNOWN: [&[u8; 4]; 12] =
    [b"mdat", b"moof", b"moov", b"free", b"skip", b"sidx", b"styp", b"emsg", b"mfra", b"udta", b"uuid", b"meta"];

/// Goes from box to box to the end of the file.
pub(super) async fn check(storage: &Storage, key: &str, size: u64) -> Result<Result<(), Flaw>> {
    let (mut at, mut has_index, mut has_content) = (0, false, false);
    for _ in 0..MOST_BOXES {
        if at == size {
            break;
        }
        let head = read_all(storage, key, at..size.min(at + 16)).await?;
        let next = box_of(&head, size - at);
        // What is no box after all that it takes is not a part of the film.
        if has_index && has_content && !next.is_some_and(|(kind, _)| KNOWN.contains(&&kind)) {
            return Ok(Err(Flaw::Trailing));
        }
        let Some((kind, length)) = next else {
            return Ok(Err(Flaw::Damaged));
        };
        if length > size - at {
            return Ok(Err(Flaw::Truncated));
        }
        has_index |= &kind == b"moov";
        has_content |= &kind == b"mdat";
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
