use async_graphql::{Context, Object};
use courses::{Edited, rules::STALE_VERSION};

use super::{Course, CourseSection, inputs::*};
use crate::graphql::{
    context::Req,
    error::{Result, outcome},
};

#[derive(Default)]
pub struct CourseMutation;

#[Object]
impl CourseMutation {
    /// Starts a course, as a draft that you teach. Needs the permission `courses.create`.
    async fn create_course(&self, ctx: &Context<'_>, #[graphql(desc = "The course to be.")] input: CreateCourseInput) -> Result<CreateCoursePayload> {
        let new = input.into_domain()?;
        let (course, user_errors) = outcome(ctx.req().write(async |tx| courses::create(tx, new).await).await)?;
        Ok(CreateCoursePayload { course: course.map(Course::from), user_errors })
    }

    /// Changes a course. For who teaches it, and with the permission `courses.manage`.
    async fn update_course(&self, ctx: &Context<'_>, #[graphql(desc = "What to change.")] input: UpdateCourseInput) -> Result<UpdateCoursePayload> {
        let (target, change) = input.into_domain()?;
        let (edited, mut user_errors) = outcome(ctx.req().write(async |tx| courses::update(tx, target, change).await).await)?;
        let course = edited.map(|edited| match edited {
            Edited::Done(course) => course,
            Edited::Stale(course) => {
                user_errors.push((&STALE_VERSION.at("expectedVersion")).into());
                course
            }
        });
        Ok(UpdateCoursePayload { course: course.map(Course::from), user_errors })
    }

    /// Lets everybody find the course. It needs a description and a published section. For who teaches it, and with the
    /// permission `courses.manage`.
    async fn publish_course(&self, ctx: &Context<'_>, #[graphql(desc = "Which course.")] input: PublishCourseInput) -> Result<PublishCoursePayload> {
        let id = input.id.at(&["input", "id"])?;
        let (course, user_errors) = outcome(ctx.req().write(async |tx| courses::publish(tx, id).await).await)?;
        Ok(PublishCoursePayload { course: course.map(Course::from), user_errors })
    }

    /// Takes a published course out of the catalogue. For who teaches it, and with the permission `courses.manage`.
    async fn unpublish_course(&self, ctx: &Context<'_>, #[graphql(desc = "Which course.")] input: UnpublishCourseInput) -> Result<UnpublishCoursePayload> {
        let id = input.id.at(&["input", "id"])?;
        let (course, user_errors) = outcome(ctx.req().write(async |tx| courses::unpublish(tx, id).await).await)?;
        Ok(UnpublishCoursePayload { course: course.map(Course::from), user_errors })
    }

    /// Adds a section at the end of a course. For who teaches the course, and with the permission `courses.manage`.
    async fn create_section(&self, ctx: &Context<'_>, #[graphql(desc = "The section to be.")] input: CreateSectionInput) -> Result<CreateSectionPayload> {
        let new = input.into_domain()?;
        let (section, user_errors) = outcome(ctx.req().write(async |tx| courses::add_section(tx, new).await).await)?;
        Ok(CreateSectionPayload { section: section.map(CourseSection::from), user_errors })
    }
}
