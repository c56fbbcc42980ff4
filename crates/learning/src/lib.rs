//! Enrolment, progress, certificates.

#[expect(clippy::disallowed_methods, reason = "the model derive calls them")]
pub mod entity;

pub use enrollment::{EnrollmentSource, EnrollmentStatus};
pub use entity::{certificate, course_progress, enrollment, video_progress};
