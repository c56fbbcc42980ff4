use icu_locale_core::LanguageIdentifier;
use kernel::{AuditRecord, CaptionTrackId, Check, MediaId, Result, Tx, is_name};
use sea_orm::{ActiveEnum, ColumnTrait, ExprTrait, Set, sea_query::Expr};

use super::webvtt;
use crate::{
    CaptionTrackRow, FileType,
    caption_track::{ActiveModel, CaptionKind, Column, Entity},
    keeping::keep,
    rules::*,
};

/// A track to be; the words are put into the store before it is added.
#[derive(Clone, Debug)]
pub struct NewCaptions {
    pub media: MediaId,
    pub language: String,
    pub label: String,
    pub kind: CaptionKind,
    pub is_default: bool,
}

/// Looks at everything before anything is stored; answers the id that the track is to have.
pub async fn check_captions(tx: &mut Tx, new: &mut NewCaptions, words: &str) -> Result<CaptionTrackId> {
    let permit = keep(tx, new.media).await?;
    new.label = new.label.trim().to_string();
    let language = language(&new.language);
    let mut check = Check::new();
    check.require(is_recording(permit.file_type), CAPTION_FILE_SILENT.at("mediaId"));
    check.require(language.is_some(), CAPTION_LANGUAGE_INVALID.at("language"));
    check.require(is_label(&new.label), CAPTION_LABEL_INVALID.at("label"));
    if let Err(wrong) = webvtt::check(words) {
        check.require(false, CAPTION_CONTENT_INVALID.with("content", wrong));
    }
    check.done()?;
    new.language = language.unwrap_or_default();
    tx.new_id()
}

/// Adds a track whose words are in the store.
pub async fn add_captions(tx: &mut Tx, id: CaptionTrackId, new: NewCaptions) -> Result<CaptionTrackRow> {
    let permit = keep(tx, new.media).await?;
    if new.is_default {
        let others = Column::MediaId.eq(new.media).and(Column::IsDefault.eq(true));
        tx.change_where::<_, _, Entity>(&permit, others, vec![(Column::IsDefault, Expr::val(false))]).await?;
    }
    let row = ActiveModel {
        id: Set(id),
        media_id: Set(new.media),
        language: Set(new.language),
        label: Set(new.label),
        kind: Set(new.kind),
        is_default: Set(new.is_default),
        ..Default::default()
    };
    let track = tx.insert_unless_taken(&permit, row).await?.ok_or(CAPTION_LANGUAGE_TAKEN.at("language"))?;
    let record = AuditRecord::new("media.captions_added", new.media).with("language", &*track.language);
    tx.record(record.with("label", &*track.label).with("kind", track.kind.to_value())).await?;
    Ok(track.into())
}

/// The tag as it is always written; none when it is no tag of a language.
pub(crate) fn language(tag: &str) -> Option<String> {
    let tag = LanguageIdentifier::try_from_str(tag).ok()?.to_string();
    (tag.len() <= 35 && tag != "und").then_some(tag)
}

/// Trimmed.
pub(crate) fn is_label(label: &str) -> bool {
    is_name(label) && label.chars().count() <= 100
}

fn is_recording(file_type: FileType) -> bool {
    matches!(file_type, FileType::Video | FileType::Audio)
}
