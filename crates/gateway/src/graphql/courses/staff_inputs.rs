//! Inputs and payloads of the mutations of a course's staff.

use async_graphql::{InputObject, SimpleObject};
use kernel::{CourseId, Result, UserId};

use super::{Course, enums::CourseStaffRole};
use crate::graphql::{
    error::UserError,
    id::{Id, PersonId},
};

/// Whom to put on which staff.
#[derive(Debug, InputObject)]
pub struct AddCourseStaffInput {
    /// The course.
    pub course_id: Id<CourseId>,
    /// The person: the id of an account or of a public profile.
    pub user_id: Id<PersonId>,
    /// What they do there. Who is on the staff already gets this role instead.
    pub role: CourseStaffRole,
}

/// Whom to take off which staff.
#[derive(Debug, InputObject)]
pub struct RemoveCourseStaffInput {
    /// The course.
    pub course_id: Id<CourseId>,
    /// The person: the id of an account or of a public profile. You may take yourself off any staff.
    pub user_id: Id<PersonId>,
}

/// Whom to give which course.
#[derive(Debug, InputObject)]
pub struct TransferCourseInput {
    /// The course.
    pub course_id: Id<CourseId>,
    /// The new owner, who has to be able to create courses: the id of an account or of a public profile.
    pub user_id: Id<PersonId>,
}

/// What came of putting somebody on the staff.
#[derive(SimpleObject)]
pub struct AddCourseStaffPayload {
    /// The course. Null when the input was refused.
    pub course: Option<Course>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of taking somebody off the staff.
#[derive(SimpleObject)]
pub struct RemoveCourseStaffPayload {
    /// The course. Null when the input was refused, and when you don't see it any more.
    pub course: Option<Course>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of giving a course away.
#[derive(SimpleObject)]
pub struct TransferCoursePayload {
    /// The course. Null when the input was refused.
    pub course: Option<Course>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// The course and the person that an input names.
pub fn named(course: Id<CourseId>, person: Id<PersonId>) -> Result<(CourseId, UserId)> {
    Ok((course.at(&["input", "courseId"])?, person.at(&["input", "userId"])?.into()))
}
