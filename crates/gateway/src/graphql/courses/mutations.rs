use async_graphql::{Context, Object};
use courses::{Edited, rules::STALE_VERSION};

use super::{Course, CourseSection, inputs::*};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, outcome},
};

#[derive(Default)]
pub struct CourseMutation;

#[Object]
impl CourseMutation {
    /// Starts a course, as a draft that you teach. Null when you may not.
    async fn create_course(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The course to be.")] input: CreateCourseInput,
    ) -> Option<Result<CreateCoursePayload>> {
        Some(create(ctx.req(), input).await)
    }

    /// Changes a course. Null when you may not.
    async fn update_course(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: UpdateCourseInput,
    ) -> Option<Result<UpdateCoursePayload>> {
        Some(update(ctx.req(), input).await)
    }

    /// Lets everybody find the course. It needs a description and a published section. Null when you may not.
    async fn publish_course(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which course.")] input: PublishCourseInput,
    ) -> Option<Result<PublishCoursePayload>> {
        Some(publish(ctx.req(), input).await)
    }

    /// Takes a published course out of the catalogue. Null when you may not.
    async fn unpublish_course(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which course.")] input: UnpublishCourseInput,
    ) -> Option<Result<UnpublishCoursePayload>> {
        Some(unpublish(ctx.req(), input).await)
    }

    /// Adds a section at the end of a course. Null when you may not.
    async fn create_section(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The section to be.")] input: CreateSectionInput,
    ) -> Option<Result<CreateSectionPayload>> {
        Some(add_section(ctx.req(), input).await)
    }
}

async fn create(req: &RequestContext, input: CreateCourseInput) -> Result<CreateCoursePayload> {
    let new = input.into_domain()?;
    let (course, user_errors) = outcome(req.write(async |tx| courses::create(tx, new).await).await)?;
    Ok(CreateCoursePayload { course: course.map(Course::from), user_errors })
}

async fn update(req: &RequestContext, input: UpdateCourseInput) -> Result<UpdateCoursePayload> {
    let (target, change) = input.into_domain()?;
    let (edited, mut user_errors) = outcome(req.write(async |tx| courses::update(tx, target, change).await).await)?;
    let course = edited.map(|edited| match edited {
        Edited::Done(course) => course,
        Edited::Stale(course) => {
            user_errors.push((&STALE_VERSION.at("expectedVersion")).into());
            course
        }
    });
    Ok(UpdateCoursePayload { course: course.map(Course::from), user_errors })
}

async fn publish(req: &RequestContext, input: PublishCourseInput) -> Result<PublishCoursePayload> {
    let id = input.id.at(&["input", "id"])?;
    let (course, user_errors) = outcome(req.write(async |tx| courses::publish(tx, id).await).await)?;
    Ok(PublishCoursePayload { course: course.map(Course::from), user_errors })
}

async fn unpublish(req: &RequestContext, input: UnpublishCourseInput) -> Result<UnpublishCoursePayload> {
    let id = input.id.at(&["input", "id"])?;
    let (course, user_errors) = outcome(req.write(async |tx| courses::unpublish(tx, id).await).await)?;
    Ok(UnpublishCoursePayload { course: course.map(Course::from), user_errors })
}

async fn add_section(req: &RequestContext, input: CreateSectionInput) -> Result<CreateSectionPayload> {
    let new = input.into_domain()?;
    let (section, user_errors) = outcome(req.write(async |tx| courses::add_section(tx, new).await).await)?;
    Ok(CreateSectionPayload { section: section.map(CourseSection::from), user_errors })
}
