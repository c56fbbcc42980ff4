//! Enrolment, progress, certificates.

pub mod certificates;
mod counting;
#[expect(clippy::disallowed_methods, reason = "the model derive calls them")]
pub mod entity;
mod erasing;
mod joining;
mod opening;
pub mod reading;
mod rows;
mod visibility;

pub use counting::learners_of_courses;
pub use enrollment::{EnrollmentSource, EnrollmentStatus};
pub use entity::{certificate, course_progress, enrollment, video_progress};
pub use erasing::erase_learner;
pub use opening::{opened, resume_position};
pub use rows::{CertificateRow, CourseProgressRow, EnrollmentRow, VideoProgressRow};
