//! Enrolment, progress, certificates.

mod admitting;
mod bulk_enrolling;
pub mod certificates;
mod counting;
mod dropping;
mod enrolling;
mod entitling;
#[expect(clippy::disallowed_methods, reason = "the model derive calls them")]
pub mod entity;
mod erasing;
mod expiring;
mod extending;
mod granting;
mod joining;
pub mod listing;
mod naming;
mod opening;
mod overseeing;
mod policy;
pub mod progress;
pub mod reading;
mod rows;
pub mod rules;
mod suspending;
mod visibility;
pub mod waitlist;

pub use bulk_enrolling::{BulkOrder, BulkResult, BulkRow, ErrorPolicy, bulk_enroll};
pub use counting::{learners_of_courses, reserved_seats_of_courses};
pub use dropping::drop_enrollment;
pub use enrolling::{Enrolled, enroll};
pub use enrollment::{EnrollmentSource, EnrollmentStatus};
pub use entitling::{Standing, entitled, entitles};
pub use entity::{
    certificate, course_progress, course_version_item, enrollment, enrollment_grant, item_completion, learning_hour,
    playback_session, video_progress, waitlist_entry,
};
pub use erasing::erase_learner;
pub use expiring::{expire_enrollments, expired_courses};
pub use extending::extend_enrollment;
pub use granting::{Grant, grant};
pub use naming::Named;
pub use opening::{may_open, open_files, open_sections, opened, resume_position};
pub use policy::Enrol;
pub use progress::{
    Asked, Sitter, complete_item, freeze_items, mark_quizzes, quizzes_passed, record_playback, uncomplete_item,
};
pub use rows::{CertificateRow, CourseProgressRow, EnrollmentRow, GrantRow, VideoProgressRow};
pub use suspending::{resume_enrollment, suspend_enrollment};
pub use waitlist::{WaitlistRow, set_enrollment_policy};
pub use waitlist_entry::WaitlistOutcome;
