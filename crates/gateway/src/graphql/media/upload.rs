use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use kernel::EntityId;
use media::UploadRow;

use super::{
    MediaFile,
    enums::{UploadPurpose, UploadStatus},
    keys::FileById,
};
use crate::graphql::{
    context::Req,
    courses::{Course, keys::CourseById},
    error::Result,
    node::{node_type, one},
};

node_type! {
    /// An upload.
    FileUpload(UploadRow)
}

/// A file on its way in. Only who brings it sees it.
#[Object]
impl FileUpload {
    /// Names this upload among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// What it is to become.
    async fn purpose(&self) -> UploadPurpose {
        self.0.purpose.into()
    }

    /// How far it has come.
    async fn status(&self) -> UploadStatus {
        self.0.status.into()
    }

    /// Why it was rejected, in a sentence for people. Null unless it was.
    async fn reason(&self) -> Option<&str> {
        Some(&*self.0.reason).filter(|reason| !reason.is_empty())
    }

    /// The name of the file: `lesson-1.mp4`.
    async fn file_name(&self) -> &str {
        &self.0.file_name
    }

    /// The media type that it has to have: `video/mp4`.
    async fn mime_type(&self) -> &str {
        &self.0.mime_type
    }

    /// How long it has to be, in bytes. A whole number; a Float because an Int ends at 2 GiB.
    async fn size(&self) -> f64 {
        self.0.file_size as f64
    }

    /// The SHA-256 that it has to have, in hexadecimal.
    async fn sha256(&self) -> &str {
        &self.0.sha256
    }

    /// How long each part is, in bytes; the last one is what is left. A whole number.
    async fn part_size(&self) -> f64 {
        self.0.part_size as f64
    }

    /// In how many parts it comes.
    async fn part_count(&self) -> i32 {
        i32::try_from(self.0.part_count()).unwrap_or(i32::MAX)
    }

    /// The parts that have arrived as a whole: who was interrupted goes on with the others. Null unless it is open.
    async fn stored_parts(&self, ctx: &Context<'_>) -> Option<Result<Vec<i32>>> {
        if self.0.status != media::UploadStatus::Open {
            return None;
        }
        let there = ctx.req().app.storage.parts(&self.0.parts()).await;
        let whole = there.map(|there| {
            let whole = there.iter().filter(|part| self.0.size_of(part.number) == Some(part.size));
            whole.filter_map(|part| i32::try_from(part.number).ok()).collect()
        });
        Some(whole.map_err(Into::into))
    }

    /// When it is given up unless it has been completed.
    async fn expires_at(&self) -> DateTime<Utc> {
        self.0.expires_at
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it last came further.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// The file that it has become. Null before, and when that can't be read.
    async fn media(&self, ctx: &Context<'_>) -> Option<Result<MediaFile>> {
        one(ctx, self.0.media_id.map(FileById)).await
    }

    /// The course whose picture it is to be. Null for other uploads, and when it can't be read.
    async fn course(&self, ctx: &Context<'_>) -> Option<Result<Course>> {
        one(ctx, self.0.course_id.map(CourseById)).await
    }
}
