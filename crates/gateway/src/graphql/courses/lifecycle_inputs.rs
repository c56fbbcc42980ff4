//! Inputs and payloads of what becomes of a course as a whole.

use async_graphql::{ID, InputObject, SimpleObject};
use kernel::CourseId;

use super::Course;
use crate::graphql::{error::UserError, id::Id};

/// Which course to publish.
#[derive(Debug, InputObject)]
pub struct PublishCourseInput {
    /// Its id.
    pub id: Id<CourseId>,
    /// The `version` you saw. When somebody changed the course since, it is not published and the answer is
    /// `STALE_VERSION` with the current course. Left out, it is published as it is.
    pub expected_version: Option<i32>,
}

/// Which course to take out of the catalogue.
#[derive(Debug, InputObject)]
pub struct UnpublishCourseInput {
    /// Its id.
    pub id: Id<CourseId>,
    /// The `version` you saw. When somebody changed the course since, nothing is changed and the answer is
    /// `STALE_VERSION` with the current course. Left out, the last change wins.
    pub expected_version: Option<i32>,
}

/// Which course to archive.
#[derive(Debug, InputObject)]
pub struct ArchiveCourseInput {
    /// Its id.
    pub id: Id<CourseId>,
    /// The `version` you saw. When somebody changed the course since, nothing is changed and the answer is
    /// `STALE_VERSION` with the current course. Left out, the last change wins.
    pub expected_version: Option<i32>,
}

/// Which course to delete.
#[derive(Debug, InputObject)]
pub struct DeleteCourseInput {
    /// Its id.
    pub id: Id<CourseId>,
    /// The `version` you saw. When somebody changed the course since, nothing is deleted and the answer is
    /// `STALE_VERSION` with the current course. Left out, it is deleted as it is.
    pub expected_version: Option<i32>,
    /// Delete it even though people are enrolled in it, who lose it.
    #[graphql(default)]
    pub force: bool,
}

/// Which course to bring back.
#[derive(Debug, InputObject)]
pub struct RestoreCourseInput {
    /// The id of a deleted course.
    pub id: Id<CourseId>,
}

/// What came of publishing a course.
#[derive(SimpleObject)]
pub struct PublishCoursePayload {
    /// The published course; on `STALE_VERSION` as somebody else left it. Null when it could not be published otherwise.
    pub course: Option<Course>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of taking a course out of the catalogue.
#[derive(SimpleObject)]
pub struct UnpublishCoursePayload {
    /// The course; on `STALE_VERSION` as somebody else left it. Null when it could not be taken out otherwise.
    pub course: Option<Course>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of archiving a course.
#[derive(SimpleObject)]
pub struct ArchiveCoursePayload {
    /// The course; on `STALE_VERSION` as somebody else left it. Null when it could not be archived otherwise.
    pub course: Option<Course>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of deleting a course.
#[derive(SimpleObject)]
pub struct DeleteCoursePayload {
    /// The id of the course that is gone. Null when it could not be deleted.
    pub deleted_course_id: Option<ID>,
    /// On `STALE_VERSION` the course as somebody else left it. Null otherwise.
    pub course: Option<Course>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of bringing a course back.
#[derive(SimpleObject)]
pub struct RestoreCoursePayload {
    /// The course, as it was. Null when it could not be brought back.
    pub course: Option<Course>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}
