//! Files: upload, processing, protected delivery.

mod attaching;
pub mod captions;
mod copying;
mod deleting;
pub mod delivering;
mod editing;
#[expect(clippy::disallowed_methods, reason = "the model derive calls them")]
pub mod entity;
mod erasing;
mod keeping;
mod ordering;
mod placing;
mod policy;
mod portable;
mod portable_picture;
pub mod processing;
pub mod reading;
mod rows;
pub mod rules;
pub mod storage;
pub mod uploading;
mod visibility;

pub use attaching::{attach, detach};
pub use caption_track::CaptionKind;
pub use copying::{CopyFile, arrived, copied, copy_files, make_room_for_copy};
pub use deleting::{RemoveFile, delete};
pub use editing::{MediaChange, MediaEdited, is_file_name, update};
pub use entity::caption_track;
pub use entity::media_file;
pub use entity::upload;
pub use erasing::erase_uploader;
pub use media_file::{FileType, ProcessingStatus};
pub use ordering::reorder;
pub use placing::{contents, place, placement, states};
pub use portable::{
    Packed, PortableCaptions, PortableContent, PortableFile, Unpacked, add_portable_files, check_package,
    portable_files,
};
pub use portable_picture::{PortablePicture, add_portable_picture, portable_picture};
pub use rows::{CaptionTrackRow, MediaDetails, MediaRow, UploadRow};
pub use storage::Storage;
pub use upload::{UploadPurpose, UploadStatus};
