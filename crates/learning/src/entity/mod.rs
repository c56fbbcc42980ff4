pub mod certificate;
pub mod course_progress;
pub mod enrollment;
pub mod enrollment_grant;
pub mod video_progress;
pub mod waitlist_entry;
