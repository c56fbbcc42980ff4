use async_graphql::{Context, Object};

use super::{CourseProgress, VideoProgress, playback_inputs::*};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, UserError, outcome},
};

#[derive(Default)]
pub struct PlaybackMutation;

#[Object]
impl PlaybackMutation {
    /// Keeps what you have watched of recordings in courses that you take. Batches may come late, twice, in any order and
    /// from several devices at once: what is kept is the same. Counted is each second of a recording once, and not more
    /// than can be watched at double speed in the time that the packets say they took: of each recording, of all of a course,
    /// and of all that you take together. What is beyond that is left out of what you watched last, in whichever course,
    /// until there was time for it. What is acknowledged is kept. A player numbers its packets from 0 under a `playbackId` of its own, keeps them until they are acknowledged, and
    /// sends them again after an error, a cut or the next start. Null when nothing could be kept.
    async fn record_playback(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was watched.")] input: RecordPlaybackInput,
    ) -> Option<Result<RecordPlaybackPayload>> {
        Some(record(ctx.req(), input).await)
    }

    /// Says that you have done with a file of a course: of a document or a picture in any course, and of recordings where
    /// the course's `completionPolicy` is `MANUAL`. Null when you don't take the course.
    async fn complete_item(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to complete.")] input: CompleteItemInput,
    ) -> Option<Result<CompleteItemPayload>> {
        Some(complete(ctx.req(), input).await)
    }

    /// Takes `completeItem` back, as long as you have not completed the course. Null when you don't take the course.
    async fn uncomplete_item(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What not to have completed.")] input: UncompleteItemInput,
    ) -> Option<Result<UncompleteItemPayload>> {
        Some(uncomplete(ctx.req(), input).await)
    }
}

async fn record(req: &RequestContext, input: RecordPlaybackInput) -> Result<RecordPlaybackPayload> {
    let (playback, sent) = input.into_domain()?;
    let recorded = req.write(async |tx| learning::record_playback(tx, playback, &sent).await).await?;
    Ok(RecordPlaybackPayload {
        video_progress: recorded.videos.into_iter().map(VideoProgress::from).collect(),
        course_progress: recorded.courses.into_iter().map(CourseProgress::from).collect(),
        user_errors: recorded.problems.iter().map(UserError::from).collect(),
    })
}

async fn complete(req: &RequestContext, input: CompleteItemInput) -> Result<CompleteItemPayload> {
    let (course, item) = (input.course_id.at(&["input", "courseId"])?, input.item_id.at(&["input", "itemId"])?);
    let (done, user_errors) = outcome(req.write(async |tx| learning::complete_item(tx, course, item).await).await)?;
    Ok(CompleteItemPayload { course_progress: done.map(CourseProgress::from), user_errors })
}

async fn uncomplete(req: &RequestContext, input: UncompleteItemInput) -> Result<UncompleteItemPayload> {
    let (course, item) = (input.course_id.at(&["input", "courseId"])?, input.item_id.at(&["input", "itemId"])?);
    let (done, user_errors) = outcome(req.write(async |tx| learning::uncomplete_item(tx, course, item).await).await)?;
    Ok(UncompleteItemPayload { course_progress: done.map(CourseProgress::from), user_errors })
}
