pub mod certificate;
pub mod course_progress;
pub mod course_version_item;
pub mod enrollment;
pub mod item_completion;
pub mod learning_hour;
pub mod playback_session;
pub mod video_progress;
