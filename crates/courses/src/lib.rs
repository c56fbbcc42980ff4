//! Courses, categories, sections: authoring, publishing, the catalogue.

mod admission;
mod authoring;
mod catalogue;
mod category;
mod counting;
mod deleting;
mod draft;
mod duplicating;
#[expect(clippy::disallowed_methods, reason = "the model derive calls them")]
pub mod entity;
mod erasing;
pub mod facets;
mod filtering;
pub mod packaging;
mod picturing;
mod policy;
mod pricing;
mod publishing;
mod readiness;
pub mod reading;
mod recounting;
mod requiring;
mod rows;
pub mod rules;
mod searching;
mod seats;
mod sectioning;
mod seo;
mod slugs;
mod staffing;
mod suggesting;
mod tags;
mod taught;
mod trail;
mod transferring;
pub mod versions;
mod visibility;
pub mod warnings;

pub use admission::{Admission, set_admission};
pub use authoring::{create, update};
pub use catalogue::{CourseOrder, CourseSort, SortDirection, catalogue, count_catalogue};
pub use category::{CategoryChange, NewCategory, create_category, delete_category, move_category, update_category};
pub use counting::{count_learners, count_rating};
pub use course::{CompletionPolicy, CourseStatus, DifficultyLevel};
pub use course_staff::StaffRole;
pub use deleting::{DeletedCourseRow, count_deleted, delete, deleted_courses, restore};
pub use draft::{CourseChange, Edited, NewCourse, Target};
pub use duplicating::duplicate;
pub use entity::{
    course, course_category, course_export, course_import, course_prerequisite, course_section, course_staff,
    course_tag, course_version,
};
pub use erasing::{hand_over, teaches};
pub use filtering::CourseFilter;
pub use picturing::set_thumbnail;
pub use policy::{Edit, Own, Teach};
pub use pricing::{Discount, Price, effective_price, end_discount, next_price_change, schedule_discount, set_price};
pub use publishing::{archive, publish, unpublish};
pub use readiness::{PublishedSection, Readiness, publish_readiness};
pub use recounting::{Drift, recount_learners, recount_ratings, recount_reserved_seats};
pub use requiring::set_prerequisites;
pub use rows::{CategoryRow, CourseDetails, CourseRow, SectionRow, StaffRow, TaughtRow};
pub use seats::{Seat, free_reserved_seats, free_seats, reserve_seat, take_seat};
pub use sectioning::{
    NewSection, Placement, SectionChange, SectionEdited, add_section, bump, delete_section, holds_the_same, in_order,
    moved, place_of_section, put_back, reorder_sections, update_section,
};
pub use seo::Seo;
pub use slugs::slug_of;
pub use staffing::{add_staff, remove_staff};
pub use suggesting::suggest;
pub use taught::{Taught, edit, edits, hold, hold_unseen, look, own, works_on};
pub use transferring::transfer;
