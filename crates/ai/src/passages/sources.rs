//! The words of a source, wherever they are kept.

use courses::{course, course_section};
use futures_util::TryStreamExt;
use kernel::{CaptionTrackId, CourseId, Error, Live, MediaId, Result, SectionId};
use media::{Storage, caption_track, captions::cues, media_file, processing::Derived, storage::NOWHERE};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter};

use super::cutting::{Cut, cut_speech, cut_text};
use crate::{PassageKind, tutor_source};

/// A text of more bytes than this is none that people read; what is beyond is left out.
const MOST_BYTES: u64 = 1 << 20;
/// Files that are texts.
const TEXTS: [&str; 3] = ["text/plain", "text/markdown", "text/csv"];

/// A source as it is at present.
#[derive(Clone, Debug)]
pub struct Words {
    pub course: CourseId,
    pub language: String,
    pub title: String,
    pub pieces: Vec<Piece>,
}

/// A passage to be.
#[derive(Clone, Debug)]
pub struct Piece {
    pub kind: PassageKind,
    pub words: String,
    /// Where it begins and ends.
    pub span: Option<(usize, usize)>,
}

/// What a source says; nothing when it is gone, or in no course.
pub async fn read(db: &impl ConnectionTrait, storage: &Storage, source: &tutor_source::Model) -> Result<Option<Words>> {
    match (source.course_id, source.section_id, source.media_id) {
        (Some(course), ..) => of_course(db, course).await,
        (_, Some(section), _) => of_section(db, section).await,
        (.., Some(media)) => of_media(db, storage, media, source.caption_track_id).await,
        _ => Ok(None),
    }
}

async fn of_course(db: &impl ConnectionTrait, id: CourseId) -> Result<Option<Words>> {
    let Some(course) = course_of(db, id).await? else {
        return Ok(None);
    };
    let mut all = pieces(PassageKind::Course, &course.description);
    let outcomes = course.learning_outcomes.as_array().into_iter().flatten().filter_map(|one| one.as_str());
    let outcomes = outcomes.collect::<Vec<_>>().join("; ");
    if !outcomes.is_empty() {
        all.push(Piece { words: format!("What you learn: {outcomes}."), ..nameless(PassageKind::Course) });
    }
    Ok(Some(Words { course: course.id, language: course.language, title: course.title, pieces: all }))
}

async fn of_section(db: &impl ConnectionTrait, id: SectionId) -> Result<Option<Words>> {
    let Some(section) = course_section::Entity::live().filter(course_section::Column::Id.eq(id)).one(db).await? else {
        return Ok(None);
    };
    Ok(course_of(db, section.course_id).await?.map(|course| Words {
        pieces: pieces(PassageKind::Section, &section.description),
        title: section.title,
        course: course.id,
        language: course.language,
    }))
}

async fn course_of(db: &impl ConnectionTrait, id: CourseId) -> Result<Option<course::Model>> {
    Ok(course::Entity::live().filter(course::Column::Id.eq(id)).one(db).await?)
}

async fn of_media(
    db: &impl ConnectionTrait,
    storage: &Storage,
    media: MediaId,
    track: Option<CaptionTrackId>,
) -> Result<Option<Words>> {
    let file = media_file::Entity::live().filter(media_file::Column::Id.eq(media)).one(db).await?;
    let Some((file, course)) = file.and_then(|file| file.course_id.map(|course| (file, course))) else {
        return Ok(None);
    };
    let Some(course) = course_of(db, course).await? else {
        return Ok(None);
    };
    let title = bare(&file.file_name);
    let Some(track) = track else {
        let pieces = of_file(storage, &file).await?;
        return Ok(Some(Words { course: course.id, language: course.language, title, pieces }));
    };
    let track = caption_track::Entity::live().filter(caption_track::Column::Id.eq(track)).one(db).await?;
    let Some(track) = track else {
        return Ok(None);
    };
    let spoken = kept(storage, &Derived(media).captions(track.id)).await?;
    let pieces = cut_speech(&cues(&spoken)).into_iter().map(|cut| of_cut(PassageKind::Captions, cut));
    Ok(Some(Words { course: course.id, language: track.language, title, pieces: pieces.collect() }))
}

/// Its name; of a text also what is in it.
async fn of_file(storage: &Storage, file: &media_file::Model) -> Result<Vec<Piece>> {
    let mut all = vec![nameless(PassageKind::Media)];
    if TEXTS.contains(&file.mime_type.as_str()) && file.storage_provider != NOWHERE {
        let text = kept(storage, &file.storage_path).await?;
        all.extend(cut_text(&text).into_iter().map(|cut| of_cut(PassageKind::Document, cut)));
    }
    Ok(all)
}

/// Always one at least, so that a thing without a description is found by its name.
fn pieces(kind: PassageKind, text: &str) -> Vec<Piece> {
    let cuts: Vec<_> = cut_text(text).into_iter().map(|cut| of_cut(kind, cut)).collect();
    if cuts.is_empty() { vec![nameless(kind)] } else { cuts }
}

fn of_cut(kind: PassageKind, cut: Cut) -> Piece {
    Piece { kind, words: cut.words, span: Some((cut.starts_at, cut.ends_at)) }
}

/// Found by the name of its source alone.
fn nameless(kind: PassageKind) -> Piece {
    Piece { kind, words: String::new(), span: None }
}

/// What is not there any more says nothing: whoever takes it away counts the version on.
async fn kept(storage: &Storage, key: &str) -> Result<String> {
    let size = match storage.size(key).await {
        Ok(size) => size.min(MOST_BYTES),
        Err(Error::NotFound) => return Ok(String::new()),
        Err(error) => return Err(error),
    };
    if size == 0 {
        return Ok(String::new());
    }
    let parts: Vec<bytes::Bytes> = storage.read(key, Some(0..size)).await?.try_collect().await?;
    Ok(String::from_utf8_lossy(&parts.concat()).replace('\0', ""))
}

/// A file's name as people say it.
fn bare(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.replace(['-', '_'], " ").trim().to_string()
}
