use async_graphql::{Context, ID, Object};
use courses::{Edited, Target};
use kernel::{CourseId, EntityId};

use super::{Course, lifecycle_inputs::*, settled};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, UserError, outcome},
    id::Id,
};

#[derive(Default)]
pub struct LifecycleMutation;

#[Object]
impl LifecycleMutation {
    /// Lets everybody find a course that is a draft or unpublished, unless something stands against it: what
    /// `coursePublishReadiness` tells as `blockers`. Null when you may not.
    async fn publish_course(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which course.")] input: PublishCourseInput,
    ) -> Option<Result<PublishCoursePayload>> {
        Some(publish(ctx.req(), input).await)
    }

    /// Takes a published course out of the catalogue. Who is enrolled stays enrolled and goes on reading it. Null when you
    /// may not.
    async fn unpublish_course(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which course.")] input: UnpublishCourseInput,
    ) -> Option<Result<UnpublishCoursePayload>> {
        Some(unpublish(ctx.req(), input).await)
    }

    /// Takes an unpublished course out of the catalogue for good. Who is enrolled goes on reading it. Null when you may
    /// not.
    async fn archive_course(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which course.")] input: ArchiveCourseInput,
    ) -> Option<Result<ArchiveCoursePayload>> {
        Some(archive(ctx.req(), input).await)
    }

    /// Deletes a course: nobody sees it any more, until it is restored. While people are enrolled in it, it is deleted only
    /// by force; archiving it would let them go on. Null when you may not.
    async fn delete_course(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which course.")] input: DeleteCourseInput,
    ) -> Option<Result<DeleteCoursePayload>> {
        Some(delete(ctx.req(), input).await)
    }

    /// Brings a deleted course back as it was, in the same status, with all that was in it. When another course has its
    /// slug by now, it gets the next free one. Null when you may not.
    async fn restore_course(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which course.")] input: RestoreCourseInput,
    ) -> Option<Result<RestoreCoursePayload>> {
        Some(restore(ctx.req(), input).await)
    }
}

fn target(id: Id<CourseId>, expected_version: Option<i32>) -> Result<Target> {
    Ok(Target { course: id.at(&["input", "id"])?, expected_version })
}

async fn publish(req: &RequestContext, input: PublishCourseInput) -> Result<PublishCoursePayload> {
    let target = target(input.id, input.expected_version)?;
    let (course, user_errors) = status(req.write(async |tx| courses::publish(tx, target).await).await)?;
    Ok(PublishCoursePayload { course, user_errors })
}

async fn unpublish(req: &RequestContext, input: UnpublishCourseInput) -> Result<UnpublishCoursePayload> {
    let target = target(input.id, input.expected_version)?;
    let (course, user_errors) = status(req.write(async |tx| courses::unpublish(tx, target).await).await)?;
    Ok(UnpublishCoursePayload { course, user_errors })
}

async fn archive(req: &RequestContext, input: ArchiveCourseInput) -> Result<ArchiveCoursePayload> {
    let target = target(input.id, input.expected_version)?;
    let (course, user_errors) = status(req.write(async |tx| courses::archive(tx, target).await).await)?;
    Ok(ArchiveCoursePayload { course, user_errors })
}

fn status(edited: kernel::Result<Edited>) -> Result<(Option<Course>, Vec<UserError>)> {
    let (edited, mut user_errors) = outcome(edited)?;
    Ok((settled(edited, &mut user_errors), user_errors))
}

async fn delete(req: &RequestContext, input: DeleteCourseInput) -> Result<DeleteCoursePayload> {
    let (target, force) = (target(input.id, input.expected_version)?, input.force);
    let (edited, mut user_errors) = outcome(req.write(async |tx| courses::delete(tx, target, force).await).await)?;
    let (deleted_course_id, course) = match edited {
        Some(Edited::Done(course)) => (Some(ID(course.id.to_wire())), None),
        stale => (None, settled(stale, &mut user_errors)),
    };
    Ok(DeleteCoursePayload { deleted_course_id, course, user_errors })
}

async fn restore(req: &RequestContext, input: RestoreCourseInput) -> Result<RestoreCoursePayload> {
    let id = input.id.at(&["input", "id"])?;
    let (course, user_errors) = outcome(req.write(async |tx| courses::restore(tx, id).await).await)?;
    Ok(RestoreCoursePayload { course: course.map(Course::from), user_errors })
}
