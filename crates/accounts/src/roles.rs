use kernel::{Live, Permission, Result, RoleId, Tx, UserId, allow};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, Set};

use crate::{
    policy::{Administer, Registry},
    role, role_permission, user_role,
};

/// The roles that every school starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BuiltIn {
    Admin,
    Moderator,
    Instructor,
    Student,
}

impl BuiltIn {
    pub const ALL: [Self; 4] = [Self::Admin, Self::Moderator, Self::Instructor, Self::Student];

    /// The stored name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Moderator => "moderator",
            Self::Instructor => "instructor",
            Self::Student => "student",
        }
    }

    const fn describe(self) -> (&'static str, &'static str) {
        match self {
            Self::Admin => ("Administrator", "Runs the school: may do everything."),
            Self::Moderator => ("Moderator", "Keeps reviews civil."),
            Self::Instructor => ("Instructor", "Creates courses and teaches them."),
            Self::Student => ("Student", "Learns."),
        }
    }

    /// The least stands highest. There is room between them for a school's own roles.
    const fn priority(self) -> i32 {
        match self {
            Self::Admin => 0,
            Self::Moderator => 100,
            Self::Instructor => 200,
            Self::Student => 1_000,
        }
    }

    /// Is this role the one meant? Nobody renames it, and no other gets its name.
    pub fn is(self, role: &role::Model) -> bool {
        role.name == self.name()
    }

    fn permissions(self) -> &'static [Permission] {
        match self {
            Self::Admin => &Permission::ALL,
            Self::Moderator => &[Permission::ReviewsModerate, Permission::UsersRead],
            Self::Instructor => &[Permission::CoursesCreate],
            Self::Student => &[],
        }
    }
}

/// Makes sure that the built-in roles exist and that administrators hold every permission there is, new ones too.
pub async fn install_roles(tx: &mut Tx) -> Result<()> {
    let permit = allow::<Administer, _>(&tx.viewer, Registry)?;
    for built_in in BuiltIn::ALL {
        let (display_name, description) = built_in.describe();
        let row = role::ActiveModel {
            id: Set(tx.new_id()?),
            name: Set(built_in.name().into()),
            display_name: Set(display_name.into()),
            description: Set(description.into()),
            is_active: Set(true),
            priority: Set(built_in.priority()),
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

/// The role, locked until the transaction ends. Every school has it; a table under test may not.
pub(crate) async fn find_locked(tx: &Tx, built_in: BuiltIn) -> Result<Option<role::Model>> {
    let role = role::Entity::live().filter(role::Column::Name.eq(built_in.name())).lock_exclusive();
    Ok(role.one(&tx.conn).await?)
}
