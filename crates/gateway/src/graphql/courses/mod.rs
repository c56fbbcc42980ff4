//! Courses on the wire.

mod category;
mod category_inputs;
mod category_mutations;
mod category_tree;
mod deleted;
mod draft;
mod draft_inputs;
mod edges;
mod enums;
mod facets;
mod filter;
mod inputs;
pub mod keys;
mod lifecycle;
mod lifecycle_inputs;
mod lifecycle_queries;
mod mutations;
mod node;
mod package_operations;
mod packages;
mod prerequisites;
mod pricing;
mod queries;
mod readiness;
mod section;
mod section_inputs;
mod sections;
mod seo;
mod staff;
mod staff_inputs;
mod staff_mutations;
mod version;
mod version_inputs;
mod versions;

pub use category::CourseCategory;
pub use category_mutations::CategoryMutation;
pub use deleted::DeletedCourse;
pub use draft::DraftMutation;
pub use enums::SortDirection;
pub use filter::search_words;
pub use lifecycle::LifecycleMutation;
pub use lifecycle_queries::LifecycleQuery;
pub use mutations::CourseMutation;
pub use node::{Course, staff_only};
pub use package_operations::{PackageMutation, PackageQuery};
pub use packages::{CourseExport, CourseImport};
pub use prerequisites::PrerequisiteMutation;
pub use pricing::PricingMutation;
pub use queries::CourseQuery;
pub use section::CourseSection;
pub use sections::SectionMutation;
pub use staff_mutations::StaffMutation;
pub use version::CourseVersion;
pub use versions::{VersionMutation, VersionQuery};

use courses::{Edited, rules::STALE_VERSION};

use super::error::UserError;

/// The course as it is after an edit; a stale version is told beside it.
fn settled(edited: Option<Edited>, user_errors: &mut Vec<UserError>) -> Option<Course> {
    Some(match edited? {
        Edited::Done(course) => course.into(),
        Edited::Stale(course) => {
            user_errors.push((&STALE_VERSION.at("expectedVersion")).into());
            course.into()
        }
    })
}
