use async_graphql::{Context, Object};

use super::{Course, keys::CourseById, staff_inputs::*};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, outcome},
};

#[derive(Default)]
pub struct StaffMutation;

#[Object]
impl StaffMutation {
    /// Puts somebody on the staff of a course, or gives them another role there; at most 50 people beside the owner. For
    /// its owner. Null when you may not.
    async fn add_course_staff(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom to put where.")] input: AddCourseStaffInput,
    ) -> Option<Result<AddCourseStaffPayload>> {
        Some(add(ctx.req(), input).await)
    }

    /// Takes somebody off the staff of a course. For its owner, and for oneself. Null when you may not.
    async fn remove_course_staff(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom to take off.")] input: RemoveCourseStaffInput,
    ) -> Option<Result<RemoveCourseStaffPayload>> {
        Some(remove(ctx.req(), input).await)
    }

    /// Gives a course to somebody else, at once; who owned it stays on its staff as an instructor. For its owner. Null when
    /// you may not.
    async fn transfer_course(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom to give which course.")] input: TransferCourseInput,
    ) -> Option<Result<TransferCoursePayload>> {
        Some(transfer(ctx.req(), input).await)
    }
}

async fn add(req: &RequestContext, input: AddCourseStaffInput) -> Result<AddCourseStaffPayload> {
    let (course, user) = named(input.course_id, input.user_id)?;
    let role = input.role.into();
    let (course, user_errors) = outcome(req.write(async |tx| courses::add_staff(tx, course, user, role).await).await)?;
    Ok(AddCourseStaffPayload { course: course.map(Course::from), user_errors })
}

async fn remove(req: &RequestContext, input: RemoveCourseStaffInput) -> Result<RemoveCourseStaffPayload> {
    let (id, user) = named(input.course_id, input.user_id)?;
    let (done, user_errors) = outcome(req.write(async |tx| courses::remove_staff(tx, id, user).await).await)?;
    let course = match done {
        Some(()) => req.loaders.load(CourseById(id)).await?.map(Course::from),
        None => None,
    };
    Ok(RemoveCourseStaffPayload { course, user_errors })
}

async fn transfer(req: &RequestContext, input: TransferCourseInput) -> Result<TransferCoursePayload> {
    let (course, heir) = named(input.course_id, input.user_id)?;
    let (course, user_errors) = outcome(req.write(async |tx| courses::transfer(tx, course, heir).await).await)?;
    Ok(TransferCoursePayload { course: course.map(Course::from), user_errors })
}
