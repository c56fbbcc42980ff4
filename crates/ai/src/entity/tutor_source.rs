use kernel::{CaptionTrackId, CourseId, MediaId, SectionId, TutorSourceId};
use sea_orm::entity::prelude::*;

/// Something that has words which the tutor may answer from. Triggers keep it: its number is that of the course, section,
/// file or track, and every change of their words counts its version on.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tutor_sources")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TutorSourceId,
    pub course_id: Option<CourseId>,
    pub section_id: Option<SectionId>,
    /// The file, or the recording that the captions are of.
    pub media_id: Option<MediaId>,
    pub caption_track_id: Option<CaptionTrackId>,
    pub version: i32,
    /// The version that its passages are of.
    pub indexed_version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
