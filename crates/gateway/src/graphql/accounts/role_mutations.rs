use async_graphql::{Context, ID, Object};
use kernel::EntityId;

use super::{Role, UserRole, keys::RoleById, role_inputs::*};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, outcome},
};

#[derive(Default)]
pub struct RoleMutation;

#[Object]
impl RoleMutation {
    /// Makes a role. Null when you may not.
    async fn create_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The role to be.")] input: CreateRoleInput,
    ) -> Option<Result<CreateRolePayload>> {
        Some(create(ctx.req(), input).await)
    }

    /// Changes a role, for all who have it, from their next request on. Null when you may not.
    async fn update_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: UpdateRoleInput,
    ) -> Option<Result<UpdateRolePayload>> {
        Some(update(ctx.req(), input).await)
    }

    /// Deletes a role that nobody has. Null when you may not.
    async fn delete_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role.")] input: DeleteRoleInput,
    ) -> Option<Result<DeleteRolePayload>> {
        Some(delete(ctx.req(), input).await)
    }

    /// Gives somebody a role, from their next request on. Null when you may not.
    async fn assign_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom to give which role.")] input: AssignRoleInput,
    ) -> Option<Result<AssignRolePayload>> {
        Some(assign(ctx.req(), input).await)
    }

    /// Takes a role from somebody, from their next request on. The last administrator stays one. Null when you may not.
    async fn revoke_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom to take which role from.")] input: RevokeRoleInput,
    ) -> Option<Result<RevokeRolePayload>> {
        Some(revoke(ctx.req(), input).await)
    }
}

async fn create(req: &RequestContext, input: CreateRoleInput) -> Result<CreateRolePayload> {
    let new = input.into_domain()?;
    let (role, user_errors) = outcome(req.write(async |tx| accounts::create_role(tx, new).await).await)?;
    Ok(CreateRolePayload { role: role.map(Role::from), user_errors })
}

async fn update(req: &RequestContext, input: UpdateRoleInput) -> Result<UpdateRolePayload> {
    let (id, change) = input.into_domain()?;
    let (role, user_errors) = outcome(req.write(async |tx| accounts::update_role(tx, id, change).await).await)?;
    Ok(UpdateRolePayload { role: role.map(Role::from), user_errors })
}

async fn delete(req: &RequestContext, input: DeleteRoleInput) -> Result<DeleteRolePayload> {
    let id = input.id.at(&["input", "id"])?;
    let (done, user_errors) = outcome(req.write(async |tx| accounts::delete_role(tx, id).await).await)?;
    Ok(DeleteRolePayload { deleted_role_id: done.map(|()| ID(id.to_wire())), user_errors })
}

async fn assign(req: &RequestContext, input: AssignRoleInput) -> Result<AssignRolePayload> {
    let (user, role) = (input.user_id.at(&["input", "userId"])?, input.role_id.at(&["input", "roleId"])?);
    let (given, user_errors) = outcome(req.write(async |tx| accounts::assign_role(tx, user, role).await).await)?;
    Ok(AssignRolePayload { user_role: given.map(UserRole::from), user_errors })
}

async fn revoke(req: &RequestContext, input: RevokeRoleInput) -> Result<RevokeRolePayload> {
    let (user, id) = (input.user_id.at(&["input", "userId"])?, input.role_id.at(&["input", "roleId"])?);
    let (done, user_errors) = outcome(req.write(async |tx| accounts::revoke_role(tx, user, id).await).await)?;
    let role = match done {
        Some(()) => req.loaders.load(RoleById(id)).await?.map(Role::from),
        None => None,
    };
    Ok(RevokeRolePayload { role, user_errors })
}
