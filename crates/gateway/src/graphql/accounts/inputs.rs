//! Inputs and payloads of the account mutations.

use accounts::Tokens;
use async_graphql::{Context, InputObject, Object, SimpleObject, Union};
use chrono::{DateTime, Utc};
use kernel::UserId;

use super::{User, keys::UserById, two_factor::TwoFactorChallenge};
use crate::graphql::{
    context::Req,
    delivery::SessionDelivery,
    error::{Result, UserError},
    scalars::EmailAddress,
};

/// Who wants an account.
#[derive(InputObject)]
pub struct RegisterInput {
    /// The address to sign in with.
    pub email: EmailAddress,
    /// 8 to 128 characters.
    pub password: String,
    /// The full name, at most 255 characters. May be left out.
    pub full_name: Option<String>,
}

/// What came of a registration.
#[derive(SimpleObject)]
pub struct RegisterPayload {
    /// The address that can now sign in. The same is answered when it has an account already, which then stays as it
    /// is: the answer does not tell who is here. Null when the input was refused.
    pub email: Option<EmailAddress>,
    /// What is wrong with the input.
    pub user_errors: Vec<UserError>,
}

/// Who wants to sign in.
#[derive(InputObject)]
pub struct LoginInput {
    /// The account's address, in upper or lower case.
    pub email: EmailAddress,
    /// The account's password.
    pub password: String,
    /// How the session's tokens come.
    #[graphql(default)]
    pub delivery: SessionDelivery,
}

/// What came of a sign-in.
#[derive(SimpleObject)]
pub struct LoginPayload {
    /// What to go on with. Null when the sign-in was refused.
    pub outcome: Option<LoginOutcome>,
    /// Why the sign-in was refused: `INVALID_CREDENTIALS`, whatever the cause.
    pub user_errors: Vec<UserError>,
}

/// What a sign-in leads to: a session, or with two factors a challenge first.
#[derive(Union)]
pub enum LoginOutcome {
    Session(Session),
    TwoFactorChallenge(TwoFactorChallenge),
}

/// What a client needs to act as somebody.
pub struct Session {
    pub tokens: Tokens,
    pub user: UserId,
    pub delivery: SessionDelivery,
}

impl Session {
    fn shown<'a>(&self, token: &'a str) -> Option<&'a str> {
        (self.delivery == SessionDelivery::Tokens).then_some(token)
    }
}

/// What a client needs to act as somebody: send `Authorization: Bearer <accessToken>`. The tokens are shown only here,
/// or come as cookies and are not shown at all.
#[Object]
impl Session {
    /// Goes with every request. Good for 15 minutes. Null when it has come as a cookie.
    async fn access_token(&self) -> Option<&str> {
        self.shown(&self.tokens.access)
    }

    /// Gets new tokens by `refreshSession`, once. Good for 30 days. Null when it has come as a cookie.
    async fn refresh_token(&self) -> Option<&str> {
        self.shown(&self.tokens.refresh)
    }

    /// Until when the access token is good.
    async fn expires_at(&self) -> DateTime<Utc> {
        self.tokens.expires_at
    }

    /// Until when the refresh token is good.
    async fn refresh_expires_at(&self) -> DateTime<Utc> {
        self.tokens.refresh_expires_at
    }

    /// Who has signed in. Null when the account can't be read.
    async fn user(&self, ctx: &Context<'_>) -> Option<Result<User>> {
        ctx.req().loaders.load(UserById(self.user)).await.map(|user| Some(user?.into())).transpose()
    }
}

/// The token to refresh with.
#[derive(InputObject)]
pub struct RefreshSessionInput {
    /// The refresh token of the last sign-in or refresh. It works once. Without it the cookie is taken, and the new
    /// tokens come as cookies, too; when another tab was faster (`REFRESH_TOKEN_JUST_USED`), the cookies are new all the
    /// same.
    pub refresh_token: Option<String>,
}

/// What came of a refresh.
#[derive(SimpleObject)]
pub struct RefreshSessionPayload {
    /// The session with its new tokens; the old ones no longer work. Null when the token was refused.
    pub session: Option<Session>,
    /// Why: `REFRESH_TOKEN_JUST_USED`, `REFRESH_TOKEN_INVALID`.
    pub user_errors: Vec<UserError>,
}

/// What came of signing out.
#[derive(SimpleObject)]
pub struct LogoutPayload {
    /// Always empty: signing out can't go wrong.
    pub user_errors: Vec<UserError>,
}
