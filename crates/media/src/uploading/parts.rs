use kernel::{MediaId, Result, UploadId};

use crate::{
    UploadRow,
    rules::UPLOAD_INCOMPLETE,
    storage::{Part, Parts, keys},
};

/// So many missing parts are named.
const MOST_NAMED: usize = 20;

impl UploadRow {
    /// The id of the file that it becomes: the same number under another name.
    pub fn media(&self) -> MediaId {
        media_of(self.id)
    }

    /// Where its parts are, and what is made of them.
    pub fn parts(&self) -> Parts {
        Parts { upload: self.id, key: keys::source(self.media()), multipart: self.multipart.clone() }
    }

    /// In how many parts it comes.
    pub fn part_count(&self) -> u32 {
        u32::try_from((self.file_size + self.part_size - 1) / self.part_size).unwrap_or(u32::MAX)
    }

    /// How long this part is, counted from 1. None when there is no such part.
    pub fn size_of(&self, part: u32) -> Option<u64> {
        if !(1..=self.part_count()).contains(&part) {
            return None;
        }
        let before = i64::from(part - 1) * self.part_size;
        u64::try_from((self.file_size - before).min(self.part_size)).ok()
    }
}

pub(super) fn media_of(upload: UploadId) -> MediaId {
    MediaId(upload.0)
}

/// Are all parts there, and as long as they have to be? The rule names those that are not.
pub fn is_whole(upload: &UploadRow, there: &[Part]) -> Result<()> {
    let is_there = |number: &u32| {
        let size = upload.size_of(*number);
        there.iter().any(|part| part.number == *number && Some(part.size) == size)
    };
    let missing: Vec<_> = (1..=upload.part_count()).filter(|number| !is_there(number)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let named: Vec<_> = missing.iter().take(MOST_NAMED).map(ToString::to_string).collect();
    let rest = if missing.len() > MOST_NAMED { " and more" } else { "" };
    let message = format!("Parts of the file are missing: {}{rest}.", named.join(", "));
    Err(UPLOAD_INCOMPLETE.with("uploadId", message).into())
}
