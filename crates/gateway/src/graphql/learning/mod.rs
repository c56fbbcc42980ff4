//! Learning on the wire.

mod activity;
mod analytics;
mod certificate;
mod course_progress;
mod enrollment;
mod enums;
mod following;
pub mod keys;
mod playback_inputs;
mod playback_mutations;
mod standing;
mod standing_queries;
mod video_progress;

pub use activity::ActivityQuery;
pub use analytics::AnalyticsQuery;
pub use certificate::Certificate;
pub use course_progress::CourseProgress;
pub use enrollment::Enrollment;
pub use following::LearningSubscription;
pub use playback_mutations::PlaybackMutation;
pub use standing_queries::StandingQuery;
pub use video_progress::VideoProgress;
