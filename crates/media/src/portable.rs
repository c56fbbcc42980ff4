//! Files as they travel with their course.

use std::collections::HashMap;

use kernel::{CaptionTrackId, CourseId, Error, Live, MediaId, Permit, Result, SectionId, Tx, UserId};
use sea_orm::{
    ActiveEnum, ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Set, prelude::Json,
};
use serde::{Deserialize, Serialize};

use crate::{
    CaptionKind, FileType, ProcessingStatus, caption_track,
    captions::{is_label, language},
    editing::is_file_name,
    media_file,
    processing::{Derived, process_later},
    rules::MEDIA_NOT_A_PACKAGE,
    storage::keys,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PortableFile {
    #[serde(flatten)]
    pub content: PortableContent,
    /// Its section's place in the course, from 0; none for a file of the whole course.
    pub section: Option<usize>,
    /// The name that people see.
    pub file_name: String,
    pub mime_type: String,
    pub is_downloadable: bool,
    /// Is it for everybody?
    #[serde(default)]
    pub is_public: bool,
    pub metadata: Json,
    pub captions: Vec<PortableCaptions>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PortableCaptions {
    #[serde(flatten)]
    pub content: PortableContent,
    pub language: String,
    pub label: String,
    pub kind: String,
    pub is_default: bool,
}

/// Bytes that lie beside the manifest.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PortableContent {
    /// The name within the package.
    pub path: String,
    /// In bytes.
    pub size: u64,
    pub sha256: String,
}

/// What integrators keep with a file is small: this many bytes of JSON.
const MAX_JSON: usize = 256 << 10;

impl PortableFile {
    /// Is what it says of itself such as a file may have?
    pub fn is_good(&self) -> bool {
        is_file_name(&self.file_name) && self.metadata.to_string().len() <= MAX_JSON
    }

    /// Its own bytes, and those of its captions.
    pub fn contents(&self) -> impl Iterator<Item = &PortableContent> {
        std::iter::once(&self.content).chain(self.captions.iter().map(|captions| &captions.content))
    }
}

/// A file to be packed, and where its bytes and those of its captions are in the store.
pub struct Packed {
    pub file: PortableFile,
    pub source: String,
    pub captions: Vec<String>,
}

/// All files of a course, in the order of its sections and within them; those of the whole course come first. Their contents
/// are still to be measured.
pub async fn portable_files(
    db: &impl ConnectionTrait,
    course: CourseId,
    sections: &[SectionId],
) -> Result<Vec<Packed>> {
    use media_file::{Column, Entity};
    let of_course = Entity::live().filter(Column::CourseId.eq(course));
    let ids = of_course.clone().select_only().column(Column::Id).into_query();
    let mut captions = captions_of(db, ids).await?;
    let files = of_course.order_by_asc(Column::OrderIndex).order_by_asc(Column::Id).all(db).await?;
    let mut packed: Vec<_> = files
        .into_iter()
        .map(|file| {
            let section = sections.iter().position(|section| Some(*section) == file.section_id);
            let captions = captions.remove(&file.id).unwrap_or_default();
            Packed {
                captions: captions.iter().map(|track| Derived(file.id).captions(track.id)).collect(),
                source: file.storage_path,
                file: PortableFile {
                    content: PortableContent::default(),
                    section,
                    file_name: file.file_name,
                    mime_type: file.mime_type,
                    is_downloadable: file.is_downloadable,
                    is_public: file.is_public,
                    metadata: file.metadata,
                    captions: captions.into_iter().map(PortableCaptions::from).collect(),
                },
            }
        })
        .collect();
    packed.sort_by_key(|packed| packed.file.section);
    Ok(packed)
}

async fn captions_of(
    db: &impl ConnectionTrait,
    files: sea_orm::sea_query::SelectStatement,
) -> Result<HashMap<MediaId, Vec<caption_track::Model>>> {
    use caption_track::{Column, Entity};
    let tracks = Entity::live().filter(Column::MediaId.in_subquery(files)).order_by_asc(Column::Language);
    let mut of_file: HashMap<_, Vec<_>> = HashMap::new();
    for track in tracks.all(db).await? {
        of_file.entry(track.media_id).or_default().push(track);
    }
    Ok(of_file)
}

impl From<caption_track::Model> for PortableCaptions {
    fn from(track: caption_track::Model) -> Self {
        let caption_track::Model { language, label, kind, is_default, .. } = track;
        Self { content: PortableContent::default(), language, label, kind: kind.to_value(), is_default }
    }
}

/// A file of a package whose bytes are in the store, where those of this id belong.
pub struct Unpacked {
    pub media: MediaId,
    pub file: PortableFile,
    pub file_type: FileType,
    /// In the order of the file's captions.
    pub captions: Vec<CaptionTrackId>,
}

/// Adds the files of a package to its course, to be processed after the commit.
pub async fn add_portable_files<A, P>(
    tx: &mut Tx,
    permit: &Permit<A, P>,
    (course, sections): (CourseId, &[SectionId]),
    (uploader, provider): (UserId, &str),
    files: Vec<Unpacked>,
) -> Result<()> {
    for (place, Unpacked { media, file, file_type, captions }) in (0..).zip(files) {
        let row = media_file::ActiveModel {
            id: Set(media),
            user_id: Set(uploader),
            course_id: Set(Some(course)),
            section_id: Set(file.section.and_then(|section| sections.get(section)).copied()),
            file_name: Set(file.file_name),
            file_type: Set(file_type),
            mime_type: Set(file.mime_type),
            file_size: Set(i64::try_from(file.content.size).unwrap_or(i64::MAX)),
            storage_provider: Set(provider.into()),
            storage_path: Set(keys::source(media)),
            processing_status: Set(ProcessingStatus::Pending),
            is_downloadable: Set(file.is_downloadable),
            is_public: Set(file.is_public),
            order_index: Set(place),
            metadata: Set(file.metadata),
            ..Default::default()
        };
        tx.insert(permit, row).await?;
        for (id, track) in captions.into_iter().zip(file.captions) {
            tx.insert(permit, track.into_row(id, media)?).await?;
        }
        process_later(tx, media).await?;
    }
    Ok(())
}

impl PortableCaptions {
    /// Are its labels such as authors may give?
    pub fn is_good(&self) -> bool {
        language(&self.language).as_ref() == Some(&self.language)
            && self.label.trim() == self.label
            && is_label(&self.label)
            && CaptionKind::try_from_value(&self.kind).is_ok()
    }

    fn into_row(self, id: CaptionTrackId, media: MediaId) -> Result<caption_track::ActiveModel> {
        Ok(caption_track::ActiveModel {
            id: Set(id),
            media_id: Set(media),
            kind: Set(CaptionKind::try_from_value(&self.kind)?),
            language: Set(self.language),
            label: Set(self.label),
            is_default: Set(self.is_default),
            ..Default::default()
        })
    }
}

/// Is it a file of the viewer's that may be a package?
pub async fn check_package(tx: &Tx, file: MediaId) -> Result<()> {
    let user = tx.viewer.person()?;
    let found =
        media_file::Entity::visible_to(&tx.viewer).filter(media_file::Column::Id.eq(file)).one(&tx.conn).await?;
    let file = found.ok_or(Error::NotFound)?;
    if file.user_id != user || file.course_id.is_some() || file.mime_type != "application/zip" {
        return Err(MEDIA_NOT_A_PACKAGE.at("mediaId").into());
    }
    Ok(())
}
