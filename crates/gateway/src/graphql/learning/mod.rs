//! Learning on the wire.

mod certificate;
mod certificate_eligibility;
mod certificate_inputs;
mod certificate_mutations;
mod certificate_queries;
mod certificate_status;
mod certificate_verification;
mod course_progress;
mod enrollment;
mod enums;
pub mod keys;
mod video_progress;

pub use certificate::Certificate;
pub use certificate_mutations::CertificateMutation;
pub use certificate_queries::CertificateQuery;
pub use course_progress::CourseProgress;
pub use enrollment::Enrollment;
pub use video_progress::VideoProgress;
