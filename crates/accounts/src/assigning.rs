use kernel::{AuditRecord, EntityId, Error, Live, Permit, Result, RoleId, Tx, UserId, Viewer, allow};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, QuerySelect, Set};

use crate::{
    administrators::keep_an_administrator,
    policy::Govern,
    reading::permissions_of,
    rights::Rights,
    role,
    roles::BuiltIn,
    rules::{PERMISSION_NOT_HELD, ROLE_ABOVE_OWN, ROLE_NOT_HELD},
    user,
    user_role::{self, Column, Entity},
};

/// Gives somebody a role. Giving it again changes nothing.
pub async fn assign_role(tx: &mut Tx, user: UserId, role: RoleId) -> Result<user_role::Model> {
    let permit = govern(tx, role).await?;
    let own = reached(tx, &permit, "roleId").await?;
    let holds = permissions_of(&tx.conn, &[role]).await?.into_values().flatten().collect();
    if !own.permissions.covers(holds) {
        return Err(PERMISSION_NOT_HELD.at("roleId").into());
    }
    account(tx, user).await?;
    if let Some(given) = given(tx, user, role).await? {
        return Ok(given);
    }
    let link = user_role::ActiveModel {
        id: Set(tx.new_id()?),
        user_id: Set(user),
        role_id: Set(role),
        assigned_at: Set(tx.now),
        assigned_by: Set(tx.viewer.actor()),
    };
    tx.link(&permit, vec![link]).await?;
    let record = AuditRecord::new("role.assigned", user);
    tx.record(record.with("role", &*permit.name).with("roleId", role.to_wire())).await?;
    given(tx, user, role).await?.ok_or(Error::NotFound)
}

/// Takes a role from somebody.
pub async fn revoke_role(tx: &mut Tx, user: UserId, role: RoleId) -> Result<()> {
    let permit = govern(tx, role).await?;
    reached(tx, &permit, "roleId").await?;
    let is_superuser = account(tx, user).await?.is_superuser;
    if BuiltIn::Admin.is(&permit) && !is_superuser {
        keep_an_administrator(tx, user).await?;
    }
    let which = Column::UserId.eq(user).and(Column::RoleId.eq(role));
    if tx.unlink::<_, _, Entity>(&permit, which).await? == 0 {
        return Err(ROLE_NOT_HELD.at("roleId").into());
    }
    let record = AuditRecord::new("role.revoked", user);
    let none = serde_json::Value::Null;
    tx.record(record.change("role", &*permit.name, none.clone()).change("roleId", role.to_wire(), none)).await
}

/// The role, locked until the transaction ends: nobody changes or deletes it meanwhile.
pub(crate) async fn govern(tx: &Tx, role: RoleId) -> Result<Permit<Govern, role::Model>> {
    let found = role::Entity::visible_to(&tx.viewer).filter(role::Column::Id.eq(role)).lock_exclusive();
    allow::<Govern, _>(&tx.viewer, found.one(&tx.conn).await?.ok_or(Error::NotFound)?)
}

/// The viewer's rights, when the role does not stand above them.
pub(crate) async fn reached(tx: &Tx, role: &role::Model, field: &'static str) -> Result<Rights> {
    let own = Rights::of_viewer(tx).await?;
    if role.priority < own.rank {
        return Err(ROLE_ABOVE_OWN.at(field).into());
    }
    Ok(own)
}

async fn account(tx: &Tx, user: UserId) -> Result<user::Model> {
    user::Entity::live().filter(user::Column::Id.eq(user)).one(&tx.conn).await?.ok_or(Error::NotFound)
}

async fn given(tx: &Tx, user: UserId, role: RoleId) -> Result<Option<user_role::Model>> {
    let given = Entity::visible_to(&Viewer::System).filter(Column::UserId.eq(user)).filter(Column::RoleId.eq(role));
    Ok(given.one(&tx.conn).await?)
}
