use kernel::{Result, Tx, UserId, Viewer};
use sea_orm::{
    ColumnTrait, Condition, ExprTrait, PaginatorTrait, QueryFilter, QuerySelect, QueryTrait, Select, sea_query::Expr,
};

use crate::{
    role,
    roles::{BuiltIn, find_locked},
    rules::LAST_ADMINISTRATOR,
    user, user_role,
};

/// Refuses to go on when this account is the last that can administer. Whoever takes an administrator's rights away, in
/// whatever way, asks first: they wait here for each other, so that of two at once only one gets through.
pub async fn keep_an_administrator(tx: &Tx, without: UserId) -> Result<()> {
    let role = find_locked(tx, BuiltIn::Admin).await?;
    let is_one = administrators(&role).filter(user::Column::Id.eq(without)).count(&tx.conn).await? > 0;
    if is_one && administrators(&role).filter(user::Column::Id.ne(without)).count(&tx.conn).await? == 0 {
        return Err(LAST_ADMINISTRATOR.into());
    }
    Ok(())
}

/// The accounts in use that may do everything.
fn administrators(role: &Option<role::Model>) -> Select<user::Entity> {
    let role = role.as_ref().map(|role| role.id);
    let given = user_role::Entity::visible_to(&Viewer::System).filter(Expr::col(user_role::Column::RoleId).eq(role));
    let given = given.select_only().column(user_role::Column::UserId).into_query();
    let which = Condition::any().add(user::Column::IsSuperuser.eq(true)).add(user::Column::Id.in_subquery(given));
    user::Entity::active_users().filter(which)
}
