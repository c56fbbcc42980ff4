//! What is loaded of courses.

use courses::{
    CategoryRow, CourseDetails, CourseRow, SectionRow, StaffRow, TaughtRow, course_export, course_import,
    reading::{
        self, count_courses_of_categories, count_courses_of_instructors, courses_of_categories, courses_of_instructors,
    },
    versions::reading::{self as versions, VersionDetails, VersionRow},
};
use kernel::{CategoryId, CourseExportId, CourseId, CourseImportId, CourseVersionId, SectionId, UserId};

use crate::graphql::keys::{edge, key};

key! {
    /// A course.
    CourseById: CourseId => CourseRow, reading::courses
}
key! {
    /// The heavy columns of a course.
    DetailsOfCourse: CourseId => CourseDetails, reading::course_details
}
key! {
    /// A course of which the viewer sees everything.
    TaughtCourse: CourseId => TaughtRow, reading::taught_courses
}
key! {
    /// Who works on a course.
    StaffOfCourse: CourseId => Vec<StaffRow>, reading::staff_of
}
key! {
    /// What a course asks for.
    PrerequisitesOfCourse: CourseId => Vec<CourseId>, reading::prerequisites_of
}
key! {
    /// A course's tags.
    TagsOfCourse: CourseId => Vec<String>, reading::tags_of
}
key! {
    /// A course's sections.
    SectionsOfCourse: CourseId => Vec<SectionRow>, reading::sections_of
}
key! {
    /// A section.
    SectionById: SectionId => SectionRow, reading::sections
}
key! {
    /// A category.
    CategoryById: CategoryId => CategoryRow, reading::categories
}
key! {
    /// The categories below one.
    ChildrenOfCategory: CategoryId => Vec<CategoryRow>, reading::children_of
}
key! {
    /// A version of a course.
    VersionById: CourseVersionId => VersionRow, versions::versions
}
key! {
    /// What a version of a course holds.
    DetailsOfVersion: CourseVersionId => VersionDetails, versions::version_details
}
key! {
    /// A package of a course.
    ExportOfCourseById: CourseExportId => course_export::Model, reading::exports
}
key! {
    /// A package that is made into a course.
    ImportOfCourseById: CourseImportId => course_import::Model, reading::imports
}
edge! {
    /// The courses of an instructor.
    CoursesOfInstructor, CourseCountOfInstructor: UserId => CourseRow, courses_of_instructors, count_courses_of_instructors
}
edge! {
    /// The courses in a category.
    CoursesOfCategory, CourseCountOfCategory: CategoryId => CourseRow, courses_of_categories, count_courses_of_categories
}
