//! Courses on the wire.

mod category;
mod edges;
mod enums;
mod filter;
mod inputs;
pub mod keys;
mod mutations;
mod node;
mod queries;
mod section;
mod staff;
mod staff_inputs;
mod staff_mutations;

pub use category::CourseCategory;
pub use enums::SortDirection;
pub use filter::search_words;
pub use mutations::CourseMutation;
pub use node::{Course, staff_only};
pub use queries::CourseQuery;
pub use section::CourseSection;
pub use staff_mutations::StaffMutation;
