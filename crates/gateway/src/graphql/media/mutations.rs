use async_graphql::{Context, ID, Object};
use courses::rules::STALE_VERSION;
use kernel::{EntityId, MediaId};
use media::{MediaChange, MediaEdited};

use super::{MediaFile, inputs::*, keys::FileById};
use crate::graphql::{
    context::{Req, RequestContext},
    courses::{CourseSection, keys::SectionById},
    error::{Result, outcome},
};

#[derive(Default)]
pub struct MediaMutation;

#[Object]
impl MediaMutation {
    /// Puts a file into a course that you may edit. Null when you may not.
    async fn attach_media(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which file goes where.")] input: AttachMediaInput,
    ) -> Option<Result<AttachMediaPayload>> {
        Some(attach(ctx.req(), input).await)
    }

    /// Takes a file out of its course; it is only its uploader's again. Null when you may not.
    async fn detach_media(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which file.")] input: DetachMediaInput,
    ) -> Option<Result<DetachMediaPayload>> {
        Some(detach(ctx.req(), input).await)
    }

    /// Puts all files of a section in another order at once. Null when you may not.
    async fn reorder_media(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new order.")] input: ReorderMediaInput,
    ) -> Option<Result<ReorderMediaPayload>> {
        Some(reorder(ctx.req(), input).await)
    }

    /// Changes what is said of a file: one of a course that you may edit, or an upload of yours that belongs to none. Null
    /// when you may not.
    async fn update_media(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: UpdateMediaInput,
    ) -> Option<Result<UpdateMediaPayload>> {
        Some(update(ctx.req(), input).await)
    }

    /// Has a file processed again that failed, or that lacks something, as `processingError` says. What is done is not done
    /// again. Null when you may not.
    async fn retry_processing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which file.")] input: RetryProcessingInput,
    ) -> Option<Result<RetryProcessingPayload>> {
        Some(retry(ctx.req(), input).await)
    }

    /// Deletes a file and, soon after, all that was made of it. What a published course shows is deleted only by force.
    /// Null when you may not.
    async fn delete_media(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which file.")] input: DeleteMediaInput,
    ) -> Option<Result<DeleteMediaPayload>> {
        Some(delete(ctx.req(), input).await)
    }
}

async fn attach(req: &RequestContext, input: AttachMediaInput) -> Result<AttachMediaPayload> {
    let (file, course) = (input.media_id.at(&["input", "mediaId"])?, input.course_id.at(&["input", "courseId"])?);
    let section = input.section_id.map(|id| id.at(&["input", "sectionId"])).transpose()?;
    let (file, user_errors) = outcome(req.write(async |tx| media::attach(tx, file, course, section).await).await)?;
    Ok(AttachMediaPayload { media: file.map(MediaFile::from), user_errors })
}

async fn detach(req: &RequestContext, input: DetachMediaInput) -> Result<DetachMediaPayload> {
    let id = input.media_id.at(&["input", "mediaId"])?;
    let (done, user_errors) = outcome(req.write(async |tx| media::detach(tx, id).await).await)?;
    // Whoever detached it may not see it any more: it is its uploader's.
    let media = match done {
        Some(_) => req.loaders.load(FileById(id)).await?.map(MediaFile::from),
        None => None,
    };
    Ok(DetachMediaPayload { media, user_errors })
}

async fn reorder(req: &RequestContext, input: ReorderMediaInput) -> Result<ReorderMediaPayload> {
    let id = input.section_id.at(&["input", "sectionId"])?;
    let order = input.order.into_iter().map(|file| file.at(&["input", "order"]));
    let order: Vec<MediaId> = order.collect::<kernel::Result<_>>()?;
    let (done, user_errors) = outcome(req.write(async |tx| media::reorder(tx, id, &order).await).await)?;
    let section = match done {
        Some(()) => req.loaders.load(SectionById(id)).await?.map(CourseSection::from),
        None => None,
    };
    Ok(ReorderMediaPayload { section, user_errors })
}

async fn update(req: &RequestContext, input: UpdateMediaInput) -> Result<UpdateMediaPayload> {
    let (id, expected) = (input.media_id.at(&["input", "mediaId"])?, input.expected_version);
    let UpdateMediaInput { file_name, is_public, is_downloadable, .. } = input;
    let change = MediaChange { file_name, is_public, is_downloadable };
    let (edited, mut user_errors) = outcome(req.write(async |tx| media::update(tx, id, expected, change).await).await)?;
    let file = edited.map(|edited| match edited {
        MediaEdited::Done(file) => file,
        MediaEdited::Stale(file) => {
            user_errors.push((&STALE_VERSION.at("expectedVersion")).into());
            file
        }
    });
    Ok(UpdateMediaPayload { media: file.map(MediaFile::from), user_errors })
}

async fn retry(req: &RequestContext, input: RetryProcessingInput) -> Result<RetryProcessingPayload> {
    let id = input.media_id.at(&["input", "mediaId"])?;
    let (file, user_errors) = outcome(req.write(async |tx| media::processing::retry(tx, id).await).await)?;
    Ok(RetryProcessingPayload { media: file.map(MediaFile::from), user_errors })
}

async fn delete(req: &RequestContext, input: DeleteMediaInput) -> Result<DeleteMediaPayload> {
    let (id, force) = (input.media_id.at(&["input", "mediaId"])?, input.force);
    let (done, user_errors) = outcome(req.write(async |tx| media::delete(tx, id, force).await).await)?;
    Ok(DeleteMediaPayload { deleted_media_id: done.map(|()| ID(id.to_wire())), user_errors })
}
