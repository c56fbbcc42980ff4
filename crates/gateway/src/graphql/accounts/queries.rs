use std::sync::Arc;

use async_graphql::{Context, Object};
use kernel::UserId;

use super::{
    Role, User, UserSession,
    filter::{UserFilter, UserSort},
    keys::{SessionCountOfUser, SessionsOfUser, UserById},
    role::Permission,
};
use crate::graphql::{
    context::{Req, RequestContext},
    error::Result,
    id::Id,
    page::{Arguments, Connection, Total, edge, page_request},
};

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

    /// The devices you are or were signed in on, newest first. Needs a sign-in. Null when they can't be read.
    async fn my_sessions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<UserSession>>> {
        let me = match ctx.req().viewer().person() {
            Ok(me) => me,
            Err(error) => return Some(Err(error.into())),
        };
        edge(ctx, me, (first, after, last, before), SessionsOfUser, SessionCountOfUser).await
    }

    /// An account, your own or another. Null when there is none, or not for you.
    async fn user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The account's id.")] id: Id<UserId>,
    ) -> Option<Result<User>> {
        user(ctx.req(), id).await.transpose()
    }

    /// All accounts. Null when you may not, or they can't be read.
    #[expect(clippy::too_many_arguments, reason = "Relay's four, and three of the list")]
    async fn users(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Narrows the list; without it, all accounts.")] filter: Option<UserFilter>,
        #[graphql(desc = "How the list is ordered.", default_with = "UserSort::newest()")] sort: UserSort,
        #[graphql(
            desc = "Words that all have to be in the e-mail, username or name, in upper or lower case as far as letters are ASCII."
        )]
        search: Option<String>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<User>>> {
        Some(users(ctx.req(), filter.unwrap_or_default(), sort, search, (first, after, last, before)).await)
    }

    /// The roles you may see, by priority: your own, or all. Null when they can't be read.
    async fn roles(&self, ctx: &Context<'_>) -> Option<Result<Vec<Role>>> {
        let req = ctx.req();
        let roles = accounts::all_roles(req.db().read(), &req.viewer()).await;
        Some(roles.map(|roles| roles.into_iter().map(Role::from).collect()).map_err(Into::into))
    }

    /// Everything that a role can let people do. Needs a sign-in.
    async fn permissions(&self) -> Vec<Permission> {
        kernel::Permission::ALL.into_iter().map(Permission::from).collect()
    }
}

async fn user(req: &RequestContext, id: Id<UserId>) -> Result<Option<User>> {
    Ok(req.loaders.load(UserById(id.at(&["id"])?)).await?.map(User::from))
}

async fn users(
    req: &RequestContext,
    filter: UserFilter,
    sort: UserSort,
    search: Option<String>,
    arguments: Arguments,
) -> Result<Connection<User>> {
    let (request, filter) = (page_request(arguments)?, filter.into_domain(search)?);
    let page = accounts::directory(req.db().read(), &req.viewer(), &filter, sort.into(), &request).await?;
    let total: Total = Arc::new(move |req| {
        let filter = filter.clone();
        Box::pin(async move { Ok(accounts::count_directory(req.db().read(), &req.viewer(), &filter).await?) })
    });
    Ok(Connection::new(page.map(User::from), total))
}
