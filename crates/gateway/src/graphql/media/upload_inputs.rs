//! Inputs and payloads of the mutations on uploads.

use async_graphql::{InputObject, SimpleObject};
use chrono::{DateTime, Utc};
use kernel::{CourseId, Result, UploadId};
use media::uploading::NewUpload;

use super::{FileUpload, MediaFile, enums::UploadPurpose, sent::Upload};
use crate::graphql::{error::UserError, id::Id, scalars::Url};

/// A file that is to be brought in.
#[derive(Debug, InputObject)]
pub struct CreateUploadInput {
    /// What it is to become.
    pub purpose: UploadPurpose,
    /// Whose picture it is to be; only for `COURSE_THUMBNAIL`, and always there.
    pub course_id: Option<Id<CourseId>>,
    /// Its name: 1 to 255 characters without slashes.
    pub file_name: String,
    /// How long it is, in bytes. A whole number; a Float because an Int ends at 2 GiB.
    pub size: f64,
    /// Its media type: `video/mp4`. The bytes have to be of it.
    pub mime_type: String,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
}

/// Which parts to sign.
#[derive(Debug, InputObject)]
pub struct SignUploadPartsInput {
    /// Of which upload.
    pub upload_id: Id<UploadId>,
    /// Their numbers, counted from 1; at most 100.
    pub parts: Vec<i32>,
}

/// Which upload is complete.
#[derive(Debug, InputObject)]
pub struct CompleteUploadInput {
    /// Its id.
    pub upload_id: Id<UploadId>,
}

/// Which upload to give up.
#[derive(Debug, InputObject)]
pub struct AbortUploadInput {
    /// Its id.
    pub upload_id: Id<UploadId>,
}

/// A picture that comes with the request.
#[derive(Debug, InputObject)]
pub struct UploadImageInput {
    /// The picture: PNG, JPEG, GIF or WebP, at most 5 MiB.
    pub file: Upload,
    /// What it is to become: `COURSE_THUMBNAIL` or `AVATAR`.
    pub purpose: UploadPurpose,
    /// Whose picture it is to be; only for `COURSE_THUMBNAIL`, and always there.
    pub course_id: Option<Id<CourseId>>,
}

/// Where a part of an upload is put.
#[derive(SimpleObject)]
pub struct UploadPart {
    /// Its number, counted from 1.
    pub number: i32,
    /// How long it has to be, in bytes. A whole number.
    pub size: f64,
    /// Where its bytes go, as the body of a PUT, without any credential.
    pub url: Url,
    /// Until when the address is good; `signUploadParts` gives another.
    pub expires_at: DateTime<Utc>,
}

/// What came of announcing a file.
#[derive(SimpleObject)]
pub struct CreateUploadPayload {
    /// The upload. Null when the input was refused.
    pub upload: Option<FileUpload>,
    /// Where its first 100 parts are put; for more there is `signUploadParts`.
    pub parts: Vec<UploadPart>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of wanting addresses.
#[derive(SimpleObject)]
pub struct SignUploadPartsPayload {
    /// Where the parts are put, in the order they were asked for. Empty when the input was refused.
    pub parts: Vec<UploadPart>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of completing an upload.
#[derive(SimpleObject)]
pub struct CompleteUploadPayload {
    /// The upload, which is looked at now, or has been. Null when the input was refused.
    pub upload: Option<FileUpload>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of giving an upload up.
#[derive(SimpleObject)]
pub struct AbortUploadPayload {
    /// The upload, which has ended. Null when the input was refused.
    pub upload: Option<FileUpload>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of a picture.
#[derive(SimpleObject)]
pub struct UploadImagePayload {
    /// The picture as it is shown from now on. Null when it was refused.
    pub media: Option<MediaFile>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

impl CreateUploadInput {
    pub fn into_domain(self) -> Result<NewUpload> {
        // Beyond that, whole numbers are no longer exact.
        let is_whole = self.size.fract() == 0.0 && self.size.abs() < 9e15;
        Ok(NewUpload {
            purpose: self.purpose.into(),
            course: self.course_id.map(|id| id.at(&["input", "courseId"])).transpose()?,
            file_name: self.file_name,
            mime_type: self.mime_type,
            size: is_whole.then_some(self.size as i64),
            sha256: self.sha256,
        })
    }
}
