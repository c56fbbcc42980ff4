use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Duration, Utc};
use kernel::{EntityId, UserId};
use media::{
    MediaDetails, MediaRow,
    processing::{Made, Picture},
};

use super::{
    CaptionTrack,
    enums::{FileType, ProcessingStatus},
    keys::{CaptionsOfFile, DetailsOfFile},
};
use crate::{
    graphql::{
        accounts::PublicProfile,
        context::Req,
        courses::{
            Course, CourseSection,
            keys::{CourseById, SectionById},
            staff_only,
        },
        error::Result,
        learning::{
            VideoProgress,
            keys::{VideoProgressCountOfVideo, VideoProgressOfVideo},
        },
        node::{list, node_type, one},
        page::{Connection, edge},
        scalars::Json,
    },
    media_links::{MediaLink, Use},
};

node_type! {
    /// A file.
    MediaFile(MediaRow)
}

impl MediaFile {
    /// Is the viewer the uploader, or one who works on the course?
    async fn is_kept_by_viewer(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(ctx.req().viewer().is(self.0.user_id) || Course::is_taught(ctx, self.0.course_id).await?)
    }

    /// Of the heavy columns, what everybody sees of a public file, and only its keepers of another.
    async fn shown<T>(&self, ctx: &Context<'_>, of: impl FnOnce(&MediaDetails) -> Option<T>) -> Result<Option<T>> {
        if self.0.is_public { self.details(ctx, of).await } else { self.kept(ctx, of).await }
    }

    /// Of the heavy columns, what only those see who keep the file.
    async fn kept<T>(&self, ctx: &Context<'_>, of: impl FnOnce(&MediaDetails) -> Option<T>) -> Result<Option<T>> {
        if self.is_kept_by_viewer(ctx).await? { self.details(ctx, of).await } else { Ok(None) }
    }

    /// The smallest of the pictures that were made of it; of what is a small picture already, itself.
    fn thumbnail(&self, ctx: &Context<'_>, details: &MediaDetails) -> Result<Option<String>> {
        let Some(picture) = Made::read(&details.transcoding_data).pictures.first().map(Picture::file_name) else {
            return Ok(filled(&details.thumbnail_url).or_else(|| details.public_url.clone()));
        };
        if self.0.is_public {
            return Ok(Some(format!("/files/{}/{picture}", self.0.id.to_wire())));
        }
        let req = ctx.req();
        let link = MediaLink::new(self.0.id, Use::Play, &req.viewer(), req.now + Duration::hours(1));
        Ok(Some(format!("{}/{picture}", link.path(&req.app)?)))
    }

    /// Somebody of whom only those hear who work on the course.
    async fn by(
        &self,
        ctx: &Context<'_>,
        of: impl FnOnce(&MediaDetails) -> Option<UserId>,
    ) -> Option<Result<PublicProfile>> {
        match self.details(ctx, of).await {
            Ok(user) => staff_only(ctx, self.0.course_id, user).await,
            Err(error) => Some(Err(error)),
        }
    }

    async fn details<T>(&self, ctx: &Context<'_>, of: impl FnOnce(&MediaDetails) -> Option<T>) -> Result<Option<T>> {
        let details = ctx.req().loaders.load(DetailsOfFile(self.0.id)).await?;
        Ok(details.and_then(|details| of(&details)))
    }
}

/// A text, unless it is empty.
fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_string())
}

/// An uploaded file. Everybody sees those of published courses, unless their section is not published; uploaders see
/// their own; those who may edit a course see all of its files.
#[Object]
impl MediaFile {
    /// Names this file among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// The name it was uploaded under: `lesson-1.mp4`.
    async fn file_name(&self) -> &str {
        &self.0.file_name
    }

    /// What it holds.
    async fn file_type(&self) -> FileType {
        self.0.file_type.into()
    }

    /// Its media type: `video/mp4`.
    async fn mime_type(&self) -> &str {
        &self.0.mime_type
    }

    /// How large it is, in bytes. A whole number; a Float because an Int ends at 2 GiB.
    async fn file_size_bytes(&self) -> f64 {
        self.0.file_size as f64
    }

    /// How long it plays, in seconds. Null when it does not play, and before that is known.
    async fn duration_seconds(&self) -> Option<i32> {
        self.0.duration
    }

    /// Width and height in pixels: `1920x1080`; may be empty.
    async fn resolution(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.details(ctx, |details| Some(details.resolution.clone())).await?.unwrap_or_default())
    }

    /// How its pictures are encoded: `h264`; may be empty.
    async fn video_codec(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.details(ctx, |details| Some(details.video_codec.clone())).await?.unwrap_or_default())
    }

    /// How its sound is encoded: `aac`; may be empty.
    async fn audio_codec(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(self.details(ctx, |details| Some(details.audio_codec.clone())).await?.unwrap_or_default())
    }

    /// How much it takes to play it, in bits per second. Null when it does not play, and before that is known.
    async fn bitrate(&self, ctx: &Context<'_>) -> Option<Result<i32>> {
        self.details(ctx, |details| details.bitrate).await.transpose()
    }

    /// How far it has come on its way to those who use it.
    async fn processing_status(&self) -> ProcessingStatus {
        self.0.processing_status.into()
    }

    /// How much of the processing is done, out of 100.
    async fn processing_percent(&self) -> i32 {
        self.0.processing_percent
    }

    /// What went wrong while it was processed. Only for its uploader and those who work on the course; null for others
    /// and when nothing did.
    async fn processing_error(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        self.kept(ctx, |details| filled(&details.processing_error)).await.transpose()
    }

    /// Can everybody open it?
    async fn is_public(&self) -> bool {
        self.0.is_public
    }

    /// May those who can open it keep a copy?
    async fn is_downloadable(&self) -> bool {
        self.0.is_downloadable
    }

    /// Where it stands among the files of its section; the least comes first.
    async fn order_index(&self) -> i32 {
        self.0.order_index
    }

    /// The address at which everybody can open it. Null unless the file is public.
    async fn public_url(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        let at_its_own = format!("/files/{}/source", self.0.id.to_wire());
        let is_public = self.0.is_public;
        self.shown(ctx, |details| details.public_url.clone().or(is_public.then_some(at_its_own))).await.transpose()
    }

    /// The address of a small picture of it: a lasting one of a public file; of another one for you and for an hour. Null
    /// when there is none (yet), and, unless the file is public, for all but its uploader and those who work on the course.
    async fn thumbnail_url(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        match self.shown(ctx, |details| Some(details.clone())).await {
            Ok(details) => self.thumbnail(ctx, &details?).transpose(),
            Err(error) => Some(Err(error)),
        }
    }

    /// The kind of store that holds it: `local`. Only for its uploader and those who work on the course; null for others.
    async fn storage_provider(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        self.kept(ctx, |details| Some(details.storage_provider.clone())).await.transpose()
    }

    /// What the processing made of it. Only for its uploader and those who work on the course; null for others.
    async fn transcoding_data(&self, ctx: &Context<'_>) -> Option<Result<Json>> {
        self.kept(ctx, |details| Some(Json(details.transcoding_data.clone()))).await.transpose()
    }

    /// What integrators keep with the file. Only for its uploader and those who work on the course; null for others.
    async fn metadata(&self, ctx: &Context<'_>) -> Option<Result<Json>> {
        self.kept(ctx, |details| Some(Json(details.metadata.clone()))).await.transpose()
    }

    /// What was said about it at the upload. Only for its uploader and those who work on the course; null for others.
    async fn upload_metadata(&self, ctx: &Context<'_>) -> Option<Result<Json>> {
        self.kept(ctx, |details| Some(Json(details.upload_metadata.clone()))).await.transpose()
    }

    /// Counts its edits: `updateMedia` takes it as `expectedVersion`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// Who created the entry. Only for those who work on the course; null for others and when nobody in particular did.
    async fn created_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        self.by(ctx, |details| details.created_by).await
    }

    /// Who last changed the entry. Only for those who work on the course; null for others and when nobody in particular
    /// did.
    async fn updated_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        self.by(ctx, |details| details.updated_by).await
    }

    // Edges.

    /// Who uploaded it. Null when the account is not active.
    async fn uploaded_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, Some(self.0.user_id)).await
    }

    /// The course it belongs to. Null when it belongs to none, or to one that you may not see.
    async fn course(&self, ctx: &Context<'_>) -> Option<Result<Course>> {
        one(ctx, self.0.course_id.map(CourseById)).await
    }

    /// The section it belongs to. Null when it belongs to none, or to one that you may not see.
    async fn section(&self, ctx: &Context<'_>) -> Option<Result<CourseSection>> {
        one(ctx, self.0.section_id.map(SectionById)).await
    }

    /// Its captions, in the order of their languages. Null when they can't be read.
    async fn captions(&self, ctx: &Context<'_>) -> Option<Result<Vec<CaptionTrack>>> {
        list(ctx, CaptionsOfFile(self.0.id)).await
    }

    /// How far people are in it, newest first, as far as you may see it. Null when it can't be read.
    async fn video_progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<VideoProgress>>> {
        edge(ctx, self.0.id, (first, after, last, before), VideoProgressOfVideo, VideoProgressCountOfVideo).await
    }
}
