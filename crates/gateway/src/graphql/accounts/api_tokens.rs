//! How integrators get their programs in.

use accounts::NewApiToken;
use async_graphql::{Context, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use kernel::ApiTokenId;

use super::{
    ApiToken,
    keys::{ApiTokenCountOfUser, ApiTokensOfUser},
};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, UserError, outcome},
    id::Id,
    page::{Connection, edge},
    scalars::check_length,
};

/// What a program shall be let do.
#[derive(InputObject)]
pub struct CreateApiTokenInput {
    /// What you call it: 1 to 100 characters.
    name: String,
    /// The codes of permissions that you hold, as `permissions` lists them: `courses.create`. Without any, the program
    /// sees what everybody sees.
    scopes: Vec<String>,
    /// Until when it is good. Without it: until it is revoked.
    expires_at: Option<DateTime<Utc>>,
}

/// What came of making an API token.
#[derive(SimpleObject)]
pub struct CreateApiTokenPayload {
    /// The new token. Null when the input was refused.
    api_token: Option<ApiToken>,
    /// What the program sends: `Authorization: Bearer <secret>`. Shown only here. Null when the input was refused.
    secret: Option<String>,
    /// What is wrong with the input; empty when all went well.
    user_errors: Vec<UserError>,
}

/// Which API token to revoke.
#[derive(InputObject)]
pub struct RevokeApiTokenInput {
    /// Its id.
    id: Id<ApiTokenId>,
}

/// What came of revoking an API token.
#[derive(SimpleObject)]
pub struct RevokeApiTokenPayload {
    /// The token, which no longer works. Null when it can't be read.
    api_token: Option<ApiToken>,
    /// Always empty: what can't be revoked is not there.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct ApiTokenQuery;

#[Object]
impl ApiTokenQuery {
    /// The API tokens you have made, newest first, revoked ones too. Needs a sign-in as a person. Null when they can't be
    /// read.
    async fn my_api_tokens(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<ApiToken>>> {
        let me = match ctx.req().viewer().person() {
            Ok(me) => me,
            Err(error) => return Some(Err(error.into())),
        };
        edge(ctx, me, (first, after, last, before), ApiTokensOfUser, ApiTokenCountOfUser).await
    }
}

#[derive(Default)]
pub struct ApiTokenMutation;

#[Object]
impl ApiTokenMutation {
    /// Makes an API token for a program of yours: it may do what its scopes say as long as you may, and nothing of what
    /// only you may do with your own. What it makes is yours: you are the instructor of its courses. Needs a sign-in as a
    /// person and a verified e-mail address; you can have 50 that work. Null when something went wrong on our side.
    async fn create_api_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the program shall be let do.")] input: CreateApiTokenInput,
    ) -> Option<Result<CreateApiTokenPayload>> {
        Some(create(ctx.req(), input).await)
    }

    /// Takes an API token of yours back: it no longer works. Needs a sign-in as a person. Null when there is no such
    /// token.
    async fn revoke_api_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which token.")] input: RevokeApiTokenInput,
    ) -> Option<Result<RevokeApiTokenPayload>> {
        Some(revoke(ctx.req(), input).await)
    }
}

async fn create(req: &RequestContext, input: CreateApiTokenInput) -> Result<CreateApiTokenPayload> {
    check_length("scopes", input.scopes.len())?;
    let new = NewApiToken { name: input.name, scopes: input.scopes, expires_at: input.expires_at };
    let (made, user_errors) = outcome(req.write(async |tx| accounts::create_api_token(tx, new).await).await)?;
    let (api_token, secret) = made.map(|(token, secret)| (token.into(), secret)).unzip();
    Ok(CreateApiTokenPayload { api_token, secret, user_errors })
}

async fn revoke(req: &RequestContext, input: RevokeApiTokenInput) -> Result<RevokeApiTokenPayload> {
    let id = input.id.at(&["input", "id"])?;
    let token = req.write(async |tx| accounts::revoke_api_token(tx, id).await).await?;
    Ok(RevokeApiTokenPayload { api_token: Some(token.into()), user_errors: vec![] })
}
