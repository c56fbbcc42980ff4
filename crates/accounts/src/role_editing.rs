use kernel::{AuditRecord, Error, Permission, Permissions, Permit, Result, RoleId, Tx, allow};
use sea_orm::{ColumnTrait, ExprTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait, Set};

use crate::{
    RoleRow,
    assigning::{govern, reached},
    policy::{Govern, Registry},
    reading::permissions_of,
    rights::Rights,
    role::{ActiveModel, Model},
    role_draft::{NewRole, RoleChange, check_grants, check_rank, known},
    role_permission,
    roles::BuiltIn,
    rules::{ROLE_BUILT_IN, ROLE_IN_USE, ROLE_NAME_TAKEN},
    user, user_role,
};

/// Makes a role. Nobody puts into it what they lack, or puts it above their own.
pub async fn create_role(tx: &mut Tx, mut new: NewRole) -> Result<RoleRow> {
    let permit = allow::<Govern, _>(&tx.viewer, Registry)?;
    let permissions = new.check()?;
    let own = Rights::of_viewer(tx).await?;
    check_rank(own, new.priority)?;
    check_grants(own, &permissions, Permissions::default())?;
    let row = ActiveModel {
        id: Set(tx.new_id()?),
        name: Set(new.name),
        display_name: Set(new.display_name),
        description: Set(new.description),
        is_active: Set(true),
        priority: Set(new.priority),
        ..Default::default()
    };
    let role = tx.insert_unless_taken(&permit, row).await?.ok_or(ROLE_NAME_TAKEN.at("name"))?;
    grant(tx, &permit, role.id, &permissions).await?;
    let record = AuditRecord::new("role.created", role.id).with("name", &*role.name).with("priority", role.priority);
    tx.record(record.with("permissions", codes(&permissions))).await?;
    Ok(role.into())
}

/// Changes a role, for all who have it.
pub async fn update_role(tx: &mut Tx, id: RoleId, mut change: RoleChange) -> Result<RoleRow> {
    let permit = govern(tx, id).await?;
    let own = reached(tx, &permit, "id").await?;
    change.check(&permit)?;
    let held = permissions_of(&tx.conn, &[id]).await?.remove(&id).unwrap_or_default();
    let wanted = change.permissions.take().map(|codes| known(&codes)).transpose()?;
    check_rank(own, change.priority.unwrap_or(permit.priority))?;
    // Who switches a role on gives all that is in it.
    let is_switched_on = !permit.is_active && change.is_active == Some(true);
    let given = if is_switched_on { Permissions::default() } else { held.iter().copied().collect() };
    check_grants(own, wanted.as_ref().unwrap_or(&held), given)?;
    let before = permit.clone();
    if let Some(wanted) = &wanted {
        replace(tx, &permit, wanted).await?;
    }
    let changed = tx.update(permit, |row: &mut ActiveModel| change.apply(row)).await;
    let role =
        changed.map_err(|error| if error.is_taken() { Error::from(ROLE_NAME_TAKEN.at("name")) } else { error })?;
    let record =
        differences(&before, &role).change("permissions", codes(&held), codes(wanted.as_ref().unwrap_or(&held)));
    if record.has_changes() {
        tx.record(record).await?;
    }
    Ok(role.into())
}

/// Deletes a role that nobody has.
pub async fn delete_role(tx: &mut Tx, id: RoleId) -> Result<()> {
    let permit = govern(tx, id).await?;
    reached(tx, &permit, "id").await?;
    if BuiltIn::ALL.iter().any(|built_in| built_in.is(&permit)) {
        return Err(ROLE_BUILT_IN.at("id").into());
    }
    let living = user::Entity::visible_to(&kernel::Viewer::System).select_only().column(user::Column::Id).into_query();
    let holders = user_role::Entity::visible_to(&kernel::Viewer::System)
        .filter(user_role::Column::RoleId.eq(id))
        .filter(user_role::Column::UserId.in_subquery(living));
    if holders.count(&tx.conn).await? > 0 {
        return Err(ROLE_IN_USE.at("id").into());
    }
    let role = tx.delete(permit).await?;
    tx.record(AuditRecord::new("role.deleted", id).change("name", role.name, serde_json::Value::Null)).await
}

fn differences(before: &Model, after: &Model) -> AuditRecord {
    AuditRecord::new("role.updated", after.id)
        .change("name", &*before.name, &*after.name)
        .change("displayName", &*before.display_name, &*after.display_name)
        .change("description", &*before.description, &*after.description)
        .change("priority", before.priority, after.priority)
        .change("isActive", before.is_active, after.is_active)
}

fn codes(permissions: &[Permission]) -> Vec<&'static str> {
    let mut codes: Vec<_> = permissions.iter().map(|permission| permission.code()).collect();
    codes.sort_unstable();
    codes
}

async fn replace(tx: &Tx, permit: &Permit<Govern, Model>, wanted: &[Permission]) -> Result<()> {
    use role_permission::Column;
    let others = Column::RoleId.eq(permit.id).and(Column::Permission.is_not_in(codes(wanted)));
    tx.unlink::<_, _, role_permission::Entity>(permit, others).await?;
    grant(tx, permit, permit.id, wanted).await
}

async fn grant<P>(tx: &Tx, permit: &Permit<Govern, P>, role: RoleId, permissions: &[Permission]) -> Result<()> {
    let grants = permissions.iter().map(|permission| role_permission::ActiveModel {
        role_id: Set(role),
        permission: Set(permission.code().into()),
    });
    tx.link(permit, grants.collect()).await
}
