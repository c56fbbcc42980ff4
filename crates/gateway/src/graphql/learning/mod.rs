//! Learning on the wire.

mod certificate;
mod course_progress;
mod enrollment;
mod enums;
pub mod keys;
mod video_progress;

pub use certificate::Certificate;
pub use course_progress::CourseProgress;
pub use enrollment::Enrollment;
pub use video_progress::VideoProgress;
