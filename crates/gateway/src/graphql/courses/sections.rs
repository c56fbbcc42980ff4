use async_graphql::{Context, ID, Object};
use courses::{Edited, SectionEdited, rules::STALE_VERSION};
use kernel::EntityId;

use super::{CourseSection, section_inputs::*, settled};
use crate::{
    curriculum,
    graphql::{
        context::{Req, RequestContext},
        error::{Result, outcome},
    },
};

#[derive(Default)]
pub struct SectionMutation;

#[Object]
impl SectionMutation {
    /// Adds a section at the end of a course. Null when you may not.
    async fn create_section(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The section to be.")] input: CreateSectionInput,
    ) -> Option<Result<CreateSectionPayload>> {
        Some(create(ctx.req(), input).await)
    }

    /// Changes a section. Null when you may not.
    async fn update_section(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: UpdateSectionInput,
    ) -> Option<Result<UpdateSectionPayload>> {
        Some(update(ctx.req(), input).await)
    }

    /// Deletes a section. One that holds files or quizzes is deleted only by force; they are kept, and belong to the course
    /// as a whole then. Null when you may not.
    async fn delete_section(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which section.")] input: DeleteSectionInput,
    ) -> Option<Result<DeleteSectionPayload>> {
        Some(delete(ctx.req(), input).await)
    }

    /// Puts the whole curriculum of a course in another order at once: its sections and, if you say so, the files and
    /// quizzes in them. All of it or nothing. Null when you may not.
    async fn reorder_curriculum(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new order.")] input: ReorderCurriculumInput,
    ) -> Option<Result<ReorderCurriculumPayload>> {
        Some(reorder(ctx.req(), input).await)
    }
}

async fn create(req: &RequestContext, input: CreateSectionInput) -> Result<CreateSectionPayload> {
    let new = input.into_domain()?;
    let (section, user_errors) = outcome(req.write(async |tx| courses::add_section(tx, new).await).await)?;
    Ok(CreateSectionPayload { section: section.map(CourseSection::from), user_errors })
}

async fn update(req: &RequestContext, input: UpdateSectionInput) -> Result<UpdateSectionPayload> {
    let (id, expected, change) = input.into_domain()?;
    let done = req.write(async |tx| courses::update_section(tx, id, expected, change).await).await;
    let (edited, mut user_errors) = outcome(done)?;
    let section = edited.map(|edited| match edited {
        SectionEdited::Done(section) => section,
        SectionEdited::Stale(section) => {
            user_errors.push((&STALE_VERSION.at("expectedVersion")).into());
            section
        }
    });
    Ok(UpdateSectionPayload { section: section.map(CourseSection::from), user_errors })
}

async fn delete(req: &RequestContext, input: DeleteSectionInput) -> Result<DeleteSectionPayload> {
    let DeleteSectionInput { id, expected_version, force } = input;
    let id = id.at(&["input", "id"])?;
    let done = req.write(async |tx| courses::delete_section(tx, id, expected_version, force).await).await;
    let (edited, mut user_errors) = outcome(done)?;
    let deleted_section_id = matches!(edited, Some(Edited::Done(_))).then(|| ID(id.to_wire()));
    Ok(DeleteSectionPayload { deleted_section_id, course: settled(edited, &mut user_errors), user_errors })
}

async fn reorder(req: &RequestContext, input: ReorderCurriculumInput) -> Result<ReorderCurriculumPayload> {
    let (target, order) = input.into_domain()?;
    let done = req.write(async |tx| curriculum::reorder(tx, target, &order).await).await;
    let (edited, mut user_errors) = outcome(done)?;
    Ok(ReorderCurriculumPayload { course: settled(edited, &mut user_errors), user_errors })
}
