pub mod certificate;
pub mod course_progress;
pub mod enrollment;
pub mod video_progress;
