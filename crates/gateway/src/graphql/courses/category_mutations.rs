use async_graphql::{Context, ID, Object};
use kernel::EntityId;

use super::{CourseCategory, category_inputs::*};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, outcome},
};

#[derive(Default)]
pub struct CategoryMutation;

#[Object]
impl CategoryMutation {
    /// Makes a category, the last among its siblings. Null when you may not.
    async fn create_category(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The category to be.")] input: CreateCategoryInput,
    ) -> Option<Result<CreateCategoryPayload>> {
        Some(create(ctx.req(), input).await)
    }

    /// Changes what is said of a category, and whether it is shown. Null when you may not.
    async fn update_category(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: UpdateCategoryInput,
    ) -> Option<Result<UpdateCategoryPayload>> {
        Some(update(ctx.req(), input).await)
    }

    /// Puts a category into another or at the top, at a place among its siblings; never into one that is below it. Null
    /// when you may not.
    async fn move_category(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to put where.")] input: MoveCategoryInput,
    ) -> Option<Result<MoveCategoryPayload>> {
        Some(shift(ctx.req(), input).await)
    }

    /// Deletes a category. One with courses or categories in it needs another that takes them. Null when you may not.
    async fn delete_category(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which category.")] input: DeleteCategoryInput,
    ) -> Option<Result<DeleteCategoryPayload>> {
        Some(delete(ctx.req(), input).await)
    }
}

async fn create(req: &RequestContext, input: CreateCategoryInput) -> Result<CreateCategoryPayload> {
    let new = input.into_domain()?;
    let (category, user_errors) = outcome(req.write(async |tx| courses::create_category(tx, new).await).await)?;
    Ok(CreateCategoryPayload { category: category.map(CourseCategory::from), user_errors })
}

async fn update(req: &RequestContext, input: UpdateCategoryInput) -> Result<UpdateCategoryPayload> {
    let (id, change) = input.into_domain()?;
    let (category, user_errors) = outcome(req.write(async |tx| courses::update_category(tx, id, change).await).await)?;
    Ok(UpdateCategoryPayload { category: category.map(CourseCategory::from), user_errors })
}

async fn shift(req: &RequestContext, input: MoveCategoryInput) -> Result<MoveCategoryPayload> {
    let (id, parent, position) = input.into_domain()?;
    let (category, user_errors) =
        outcome(req.write(async |tx| courses::move_category(tx, id, parent, position).await).await)?;
    Ok(MoveCategoryPayload { category: category.map(CourseCategory::from), user_errors })
}

async fn delete(req: &RequestContext, input: DeleteCategoryInput) -> Result<DeleteCategoryPayload> {
    let (id, target) = input.into_domain()?;
    let (done, user_errors) = outcome(req.write(async |tx| courses::delete_category(tx, id, target).await).await)?;
    Ok(DeleteCategoryPayload { deleted_category_id: done.map(|()| ID(id.to_wire())), user_errors })
}
