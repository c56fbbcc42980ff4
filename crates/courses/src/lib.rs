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
mod staffing;
mod tags;
mod taught;
mod trail;
mod transferring;
mod visibility;

pub use authoring::{create, update};
pub use catalogue::{CourseFilter, CourseOrder, CourseSort, SortDirection, catalogue, count_catalogue};
pub use counting::{count_learners, count_rating};
pub use course::{CourseStatus, DifficultyLevel};
pub use course_staff::StaffRole;
pub use draft::{CourseChange, Edited, NewCourse, Price, Target};
pub use entity::{course, course_category, course_section, course_staff, course_tag};
pub use erasing::{hand_over, teaches};
pub use policy::{Edit, Own, Teach};
pub use publishing::{publish, unpublish};
pub use recounting::{Drift, recount_learners, recount_ratings};
pub use rows::{CategoryRow, CourseDetails, CourseRow, SectionRow, StaffRow, TaughtRow};
pub use sectioning::{NewSection, add_section};
pub use slugs::slug_of;
pub use staffing::{add_staff, remove_staff};
pub use taught::{Taught, edit, edits, own};
pub use transferring::transfer;
