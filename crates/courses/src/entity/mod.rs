pub mod course;
pub mod course_category;
pub mod course_prerequisite;
pub mod course_section;
pub mod course_staff;
pub mod course_tag;
pub mod course_version;
