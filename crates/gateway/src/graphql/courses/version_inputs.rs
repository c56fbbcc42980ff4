//! Inputs and payloads of what is made of courses as they were: copies, and former curricula.

use async_graphql::{InputObject, SimpleObject};
use kernel::{CourseId, CourseVersionId};

use super::Course;
use crate::graphql::{error::UserError, id::Id};

/// Which course to copy.
#[derive(Debug, InputObject)]
pub struct DuplicateCourseInput {
    /// Its id.
    pub id: Id<CourseId>,
    /// 1 to 255 characters. Left out, the copy is called as the original, and that it is a copy.
    pub title: Option<String>,
}

/// Which curriculum to put back.
#[derive(Debug, InputObject)]
pub struct RestoreCourseVersionInput {
    /// The course.
    pub course_id: Id<CourseId>,
    /// One of its versions.
    pub version_id: Id<CourseVersionId>,
    /// The `version` of the course that you saw. When somebody changed the course since, nothing is changed and the answer
    /// is `STALE_VERSION` with the current course. Left out, the last change wins.
    pub expected_version: Option<i32>,
}

/// What came of copying a course.
#[derive(SimpleObject)]
pub struct DuplicateCoursePayload {
    /// The copy, a draft. Null when the input was refused.
    pub course: Option<Course>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of putting a curriculum back.
#[derive(SimpleObject)]
pub struct RestoreCourseVersionPayload {
    /// The course with its former curriculum; on `STALE_VERSION` as somebody else left it. Null when the input was refused
    /// otherwise.
    pub course: Option<Course>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}
