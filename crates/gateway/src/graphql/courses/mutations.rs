use async_graphql::{Context, Object};

use super::{Course, inputs::*, settled};
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
}

async fn create(req: &RequestContext, input: CreateCourseInput) -> Result<CreateCoursePayload> {
    let new = input.into_domain()?;
    let (course, user_errors) = outcome(req.write(async |tx| courses::create(tx, new).await).await)?;
    Ok(CreateCoursePayload { course: course.map(Course::from), user_errors })
}

async fn update(req: &RequestContext, input: UpdateCourseInput) -> Result<UpdateCoursePayload> {
    let (target, change) = input.into_domain()?;
    let (edited, mut user_errors) = outcome(req.write(async |tx| courses::update(tx, target, change).await).await)?;
    let course = settled(edited, &mut user_errors);
    Ok(UpdateCoursePayload { course, user_errors })
}
