use async_graphql::{Context, Object};

use super::User;
use crate::graphql::{context::Req, error::Result};

#[derive(Default)]
pub struct AccountQuery;

#[Object]
impl AccountQuery {
    /// Your own account. Needs a sign-in. Null when the account is gone.
    async fn me(&self, ctx: &Context<'_>) -> Option<Result<User>> {
        let req = ctx.req();
        let found = accounts::reading::me(req.db().read(), &req.viewer()).await;
        found.map(|user| user.map(User::from)).map_err(Into::into).transpose()
    }
}
