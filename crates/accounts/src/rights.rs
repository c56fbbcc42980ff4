use kernel::{Error, Live, Permissions, Result, Tx, UserId, Viewer};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::{reading::permissions_of, role, user, user_role};

/// What somebody may do, and how high the best of their roles stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rights {
    pub permissions: Permissions,
    /// The least priority of their roles; lower is higher.
    pub rank: i32,
}

impl Rights {
    const ALL: Self = Self { permissions: Permissions::all(), rank: i32::MIN };

    /// The viewer's at this moment, and no more than what the credential carries.
    pub async fn of_viewer(tx: &Tx) -> Result<Self> {
        let Some(user) = tx.viewer.actor() else {
            return if tx.viewer == Viewer::System { Ok(Self::ALL) } else { Err(Error::Unauthenticated) };
        };
        let rights = Self::of(tx, user).await?;
        Ok(Self { permissions: rights.permissions.and(tx.viewer.permissions()), ..rights })
    }

    /// Those of any account, whatever its status.
    pub async fn of(tx: &Tx, user: UserId) -> Result<Self> {
        let found = user::Entity::live().filter(user::Column::Id.eq(user)).one(&tx.conn).await?;
        if found.ok_or(Error::NotFound)?.is_superuser {
            return Ok(Self::ALL);
        }
        let given = user_role::Entity::visible_to(&Viewer::System).filter(user_role::Column::UserId.eq(user));
        let given = given.select_only().column(user_role::Column::RoleId).into_query();
        let roles = role::Entity::live().filter(role::Column::IsActive.eq(true));
        let roles = roles.filter(role::Column::Id.in_subquery(given)).all(&tx.conn).await?;
        let ids: Vec<_> = roles.iter().map(|role| role.id).collect();
        Ok(Self {
            permissions: permissions_of(&tx.conn, &ids).await?.into_values().flatten().collect(),
            rank: roles.iter().map(|role| role.priority).min().unwrap_or(i32::MAX),
        })
    }
}
