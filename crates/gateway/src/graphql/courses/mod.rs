//! Courses on the wire.

mod category;
mod enums;
mod filter;
mod inputs;
pub mod keys;
mod mutations;
mod node;
mod queries;
mod section;

pub use category::CourseCategory;
pub use mutations::CourseMutation;
pub use node::Course;
pub use queries::CourseQuery;
pub use section::CourseSection;
