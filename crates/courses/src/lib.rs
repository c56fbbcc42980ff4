//! Courses, categories, sections: authoring, publishing, the catalogue.

mod authoring;
mod catalogue;
mod counting;
mod draft;
#[expect(clippy::disallowed_methods, reason = "the model derive calls them")]
pub mod entity;
mod erasing;
mod policy;
mod publishing;
pub mod reading;
mod recounting;
mod rows;
pub mod rules;
mod sectioning;
mod slugs;
mod tags;
mod trail;
mod visibility;

pub use authoring::{create, update};
pub use catalogue::{CourseFilter, CourseOrder, CourseSort, SortDirection, catalogue, count_catalogue};
pub use counting::{count_learners, count_rating};
pub use course::{CourseStatus, DifficultyLevel};
pub use draft::{CourseChange, Edited, NewCourse, Price, Target};
pub use entity::{course, course_category, course_section, course_tag};
pub use erasing::{hand_over, teaches};
pub use policy::{Edit, Teach, may_edit};
pub use publishing::{publish, unpublish};
pub use recounting::{Drift, recount_learners, recount_ratings};
pub use rows::{CategoryRow, CourseDetails, CourseRow, SectionRow};
pub use sectioning::{NewSection, add_section};
pub use slugs::slug_of;
