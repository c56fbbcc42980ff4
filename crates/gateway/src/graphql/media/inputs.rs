//! Inputs and payloads of the mutations on files.

use async_graphql::{ID, InputObject, SimpleObject};
use kernel::{CourseId, MediaId, SectionId};

use super::MediaFile;
use crate::graphql::{courses::CourseSection, error::UserError, id::Id};

/// Where to put a file.
#[derive(Debug, InputObject)]
pub struct AttachMediaInput {
    /// Which file: your own upload, or one of the same course.
    pub media_id: Id<MediaId>,
    /// The course it goes into.
    pub course_id: Id<CourseId>,
    /// The section of the course it goes into, at the end. Left out, it belongs to the course as a whole.
    pub section_id: Option<Id<SectionId>>,
}

/// Which file to take out of its course.
#[derive(Debug, InputObject)]
pub struct DetachMediaInput {
    /// Its id.
    pub media_id: Id<MediaId>,
}

/// How the files of a section shall stand.
#[derive(Debug, InputObject)]
pub struct ReorderMediaInput {
    /// Whose files.
    pub section_id: Id<SectionId>,
    /// All of its files, each once, in their new order.
    pub order: Vec<Id<MediaId>>,
}

/// What to change of a file. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct UpdateMediaInput {
    /// Which file.
    pub media_id: Id<MediaId>,
    /// The `version` you saw. When somebody changed the file since, nothing is changed and the answer is `STALE_VERSION`
    /// with the current file. Left out, the last change wins.
    pub expected_version: Option<i32>,
    /// 1 to 255 characters without slashes.
    pub file_name: Option<String>,
    /// Can everybody open it, enrolled or not?
    pub is_public: Option<bool>,
    /// May those who can open it keep a copy?
    pub is_downloadable: Option<bool>,
}

/// Which file to process again.
#[derive(Debug, InputObject)]
pub struct RetryProcessingInput {
    /// Its id.
    pub media_id: Id<MediaId>,
}

/// Which file to delete.
#[derive(Debug, InputObject)]
pub struct DeleteMediaInput {
    /// Its id.
    pub media_id: Id<MediaId>,
    /// Delete it even if a published course shows it, or it is the picture of a course or a person.
    #[graphql(default)]
    pub force: bool,
}

/// What came of attaching a file.
#[derive(SimpleObject)]
pub struct AttachMediaPayload {
    /// The file in its place. Null when the input was refused.
    pub media: Option<MediaFile>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of detaching a file.
#[derive(SimpleObject)]
pub struct DetachMediaPayload {
    /// The file, which belongs to no course now. Null when the input was refused, and when it is somebody else's now.
    pub media: Option<MediaFile>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of ordering files.
#[derive(SimpleObject)]
pub struct ReorderMediaPayload {
    /// The section with its files in their new order. Null when the input was refused.
    pub section: Option<CourseSection>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of changing a file.
#[derive(SimpleObject)]
pub struct UpdateMediaPayload {
    /// The file as it is now; on `STALE_VERSION` as somebody else left it. Null when the input was refused otherwise.
    pub media: Option<MediaFile>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of wanting a file processed again.
#[derive(SimpleObject)]
pub struct RetryProcessingPayload {
    /// The file, which waits for its turn. Null when the input was refused.
    pub media: Option<MediaFile>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of deleting a file.
#[derive(SimpleObject)]
pub struct DeleteMediaPayload {
    /// The id of the file that is gone. Null when it could not be deleted.
    pub deleted_media_id: Option<ID>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}
