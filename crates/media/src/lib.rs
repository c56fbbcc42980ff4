//! Files: upload, processing, protected delivery.

#[expect(clippy::disallowed_methods, reason = "the model derive calls them")]
pub mod entity;
mod erasing;
pub mod reading;
mod rows;
pub mod storage;
mod visibility;

pub use entity::media_file;
pub use erasing::erase_uploader;
pub use media_file::{FileType, ProcessingStatus};
pub use rows::{MediaDetails, MediaRow};
pub use storage::Storage;
