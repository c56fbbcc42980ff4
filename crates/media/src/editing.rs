use kernel::{AuditRecord, Check, MediaId, Result, Tx, is_name};
use sea_orm::Set;

use crate::{
    MediaRow,
    keeping::keep,
    media_file::{ActiveModel, Model},
    rules::MEDIA_FILE_NAME_INVALID,
};

/// What to change; `None` leaves a field as it is.
#[derive(Clone, Debug, Default)]
pub struct MediaChange {
    pub file_name: Option<String>,
    pub is_public: Option<bool>,
    pub is_downloadable: Option<bool>,
}

/// What came of an edit: on a stale version the current state goes back to the author.
pub enum MediaEdited {
    Done(MediaRow),
    Stale(MediaRow),
}

/// Changes what is said of a file. With an expected version that is not the current one nothing is changed.
pub async fn update(tx: &mut Tx, file: MediaId, expected: Option<i32>, mut change: MediaChange) -> Result<MediaEdited> {
    let permit = keep(tx, file).await?;
    change.check()?;
    if expected.is_some_and(|expected| expected != permit.version) {
        return Ok(MediaEdited::Stale(permit.into_row().file.into()));
    }
    let before = permit.file.clone();
    let after = tx.update(permit, |row: &mut ActiveModel| change.apply(&before, row)).await?;
    let record = differences(&before, &after);
    if record.has_changes() {
        tx.record(record).await?;
    }
    Ok(MediaEdited::Done(after.into()))
}

impl MediaChange {
    fn check(&mut self) -> Result<()> {
        let mut check = Check::new();
        if let Some(name) = &mut self.file_name {
            *name = name.trim().to_string();
            check.require(is_file_name(name), MEDIA_FILE_NAME_INVALID.at("fileName"));
        }
        check.done()
    }

    fn apply(self, before: &Model, row: &mut ActiveModel) {
        if let Some(name) = self.file_name {
            row.file_name = Set(name);
        }
        if let Some(is_public) = self.is_public {
            row.is_public = Set(is_public);
            row.public_url = Set(before.public_url.clone().filter(|_| is_public));
        }
        if let Some(is_downloadable) = self.is_downloadable {
            row.is_downloadable = Set(is_downloadable);
        }
        row.version = Set(before.version + 1);
    }
}

/// Is it a name, and not a way to somewhere?
pub fn is_file_name(name: &str) -> bool {
    (1..=255).contains(&name.chars().count())
        && !name.contains(['/', '\\'])
        && is_name(name)
        && ![".", ".."].contains(&name)
}

fn differences(before: &Model, after: &Model) -> AuditRecord {
    AuditRecord::new("media.updated", after.id)
        .change("fileName", &*before.file_name, &*after.file_name)
        .change("isPublic", before.is_public, after.is_public)
        .change("isDownloadable", before.is_downloadable, after.is_downloadable)
}
