use kernel::{Error, Page, PageRequest, Result, Scalar, Sort, Viewer, dialect};
use sea_orm::{ColumnTrait, ConnectionTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait, Select};

use crate::{
    RoleRow, UserRow, UserStatus,
    policy::sees_accounts,
    role,
    user::{Column, Entity},
    user_role,
};

/// Narrows the directory of accounts; what is not given does not narrow.
#[derive(Clone, Debug, Default)]
pub struct UserFilter {
    pub status: Option<UserStatus>,
    pub is_staff: Option<bool>,
    pub email_verified: Option<bool>,
    /// The name of a role that they have.
    pub role: Option<String>,
    /// Words in e-mail, username or name.
    pub search: Option<String>,
}

/// What accounts are ordered by; ties by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UserOrder {
    Email,
    FullName,
    Joined,
}

/// An order, and whether the greatest comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UserSort {
    pub order: UserOrder,
    pub is_descending: bool,
}

impl UserSort {
    fn keys(self) -> Sort<Entity, UserRow> {
        let sort = if self.is_descending { Sort::<Entity, UserRow>::descending } else { Sort::ascending };
        let sort = match self.order {
            UserOrder::Email => sort("email").by(Column::Email, |row| Scalar::Text(row.email.clone())),
            UserOrder::FullName => sort("name").by(Column::FullName, |row| Scalar::Text(row.full_name.clone())),
            UserOrder::Joined => sort("joined").by(Column::DateJoined, |row| Scalar::Time(row.date_joined)),
        };
        sort.by(Column::Id, |row| Scalar::Id(row.id.0))
    }
}

/// One page of all accounts, for those who may read accounts.
pub async fn directory(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: &UserFilter,
    sort: UserSort,
    request: &PageRequest,
) -> Result<Page<UserRow>> {
    kernel::page(db, narrowed(viewer, filter)?, &sort.keys(), request).await
}

/// How many accounts the filter leaves.
pub async fn count_directory(db: &impl ConnectionTrait, viewer: &Viewer, filter: &UserFilter) -> Result<i64> {
    kernel::count(db, narrowed(viewer, filter)?).await
}

/// The roles that the viewer may see, by priority.
pub async fn all_roles(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<Vec<RoleRow>> {
    use sea_orm::QueryOrder;
    let roles = role::Entity::visible_to(viewer).order_by_asc(role::Column::Priority).order_by_asc(role::Column::Name);
    Ok(roles.into_partial_model().all(db).await?)
}

fn narrowed(viewer: &Viewer, filter: &UserFilter) -> Result<Select<Entity>> {
    if !sees_accounts(viewer) {
        return Err(Error::Denied);
    }
    Ok(Entity::visible_to(viewer)
        .apply_if(filter.status, |select, status| select.filter(Column::Status.eq(status)))
        .apply_if(filter.is_staff, |select, is_staff| select.filter(Column::IsStaff.eq(is_staff)))
        .apply_if(filter.email_verified, |select, verified| select.filter(Column::EmailVerified.eq(verified)))
        .apply_if(filter.role.clone(), |select, role| select.filter(Column::Id.in_subquery(holders(viewer, &role))))
        .apply_if(filter.search.clone(), |select, words| {
            words.split_whitespace().fold(select, |select, word| {
                let named = dialect::contains(Column::FullName, word).or(dialect::contains(Column::DisplayName, word));
                let called = dialect::contains(Column::Email, word).or(dialect::contains(Column::Username, word));
                select.filter(named.or(called))
            })
        }))
}

fn holders(viewer: &Viewer, name: &str) -> sea_orm::sea_query::SelectStatement {
    let role =
        role::Entity::visible_to(viewer).filter(role::Column::Name.eq(name)).select_only().column(role::Column::Id);
    user_role::Entity::visible_to(viewer)
        .filter(user_role::Column::RoleId.in_subquery(role.into_query()))
        .select_only()
        .column(user_role::Column::UserId)
        .into_query()
}
