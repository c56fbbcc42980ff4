//! Learning on the wire.

mod bulk;
mod certificate;
mod course_progress;
mod course_seats;
mod enrolling;
mod enrollment;
mod enrollment_queries;
mod enums;
mod granting;
mod granting_inputs;
pub mod keys;
mod policy_inputs;
mod video_progress;
mod waitlist;
mod waitlist_entry;

pub use certificate::Certificate;
pub use course_progress::CourseProgress;
pub use course_seats::CourseSeats;
pub use enrolling::EnrollmentMutation;
pub use enrollment::Enrollment;
pub use enrollment_queries::EnrollmentQuery;
pub use granting::GrantMutation;
pub use video_progress::VideoProgress;
pub use waitlist::{WaitlistMutation, WaitlistQuery};
pub use waitlist_entry::WaitlistEntry;
