use kernel::{CaptionTrackId, MediaId};
use sea_orm::entity::prelude::*;

/// Words that go with a recording, in one language. The words themselves are in the store.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "caption_tracks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CaptionTrackId,
    pub media_id: MediaId,
    /// BCP 47, in its usual spelling. Unique among the living of a recording.
    pub language: String,
    pub label: String,
    pub kind: CaptionKind,
    /// Shown unless somebody chooses otherwise; one at most of a recording.
    pub is_default: bool,
}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum CaptionKind {
    #[sea_orm(string_value = "subtitles")]
    Subtitles,
    #[sea_orm(string_value = "captions")]
    Captions,
    #[sea_orm(string_value = "descriptions")]
    Descriptions,
    #[sea_orm(string_value = "chapters")]
    Chapters,
}
