use kernel::{Live, Permission, Result, RoleId, Tx, UserId, allow};
use sea_orm::{ColumnTrait, QueryFilter, Set};

use crate::{
    policy::{Administer, Registry},
    role, role_permission, user_role,
};

/// The roles that every school starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BuiltIn {
    Admin,
    Instructor,
    Student,
}

impl BuiltIn {
    pub const ALL: [Self; 3] = [Self::Admin, Self::Instructor, Self::Student];

    /// The stored name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Instructor => "instructor",
            Self::Student => "student",
        }
    }

    const fn describe(self) -> (&'static str, &'static str) {
        match self {
            Self::Admin => ("Administrator", "Runs the school: may do everything."),
            Self::Instructor => ("Instructor", "Creates courses and teaches them."),
            Self::Student => ("Student", "Learns."),
        }
    }

    fn permissions(self) -> &'static [Permission] {
        match self {
            Self::Admin => &Permission::ALL,
            Self::Instructor => &[Permission::CoursesCreate],
            Self::Student => &[],
        }
    }
}

/// Makes sure that the built-in roles exist and that administrators hold every permission there is, new ones too.
pub async fn install_roles(tx: &mut Tx) -> Result<()> {
    let permit = allow::<Administer, _>(&tx.viewer, Registry)?;
    for (priority, built_in) in (0..).zip(BuiltIn::ALL) {
        let (display_name, description) = built_in.describe();
        let row = role::ActiveModel {
            id: Set(tx.new_id()?),
            name: Set(built_in.name().into()),
            display_name: Set(display_name.into()),
            description: Set(description.into()),
            is_active: Set(true),
            priority: Set(priority),
            ..Default::default()
        };
        let added = tx.insert_unless_taken(&permit, row).await?;
        let role = match (added, built_in) {
            (Some(role), _) => role.id,
            (None, BuiltIn::Admin) => find(tx, built_in).await?,
            // The school may have changed what its other roles may do.
            (None, _) => continue,
        };
        let grants = built_in.permissions().iter().map(|permission| role_permission::ActiveModel {
            role_id: Set(role),
            permission: Set(permission.code().into()),
        });
        tx.link(&permit, grants.collect()).await?;
    }
    Ok(())
}

/// Gives somebody a built-in role.
pub async fn give<A, P>(tx: &mut Tx, permit: &kernel::Permit<A, P>, user: UserId, built_in: BuiltIn) -> Result<()> {
    let link = user_role::ActiveModel {
        id: Set(tx.new_id()?),
        user_id: Set(user),
        role_id: Set(find(tx, built_in).await?),
        assigned_at: Set(tx.now),
        assigned_by: Set(tx.viewer.actor()),
    };
    tx.link(permit, vec![link]).await
}

async fn find(tx: &Tx, built_in: BuiltIn) -> Result<RoleId> {
    let role = role::Entity::live().filter(role::Column::Name.eq(built_in.name())).one(&tx.conn).await?;
    role.map(|role| role.id).ok_or_else(|| kernel::Error::Internal(format!("the role {} is missing", built_in.name())))
}
