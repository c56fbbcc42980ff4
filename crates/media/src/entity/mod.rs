pub mod caption_track;
pub mod media_file;
pub mod upload;
