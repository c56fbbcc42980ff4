use accounts::{Credentials, Device, Refreshed, Registration, rules::REFRESH_TOKEN_INVALID};
use async_graphql::{Context, Object};

use super::inputs::*;
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, outcome},
};

#[derive(Default)]
pub struct AccountMutation;

#[Object]
impl AccountMutation {
    /// Opens an account with the role of a student.
    async fn register(&self, ctx: &Context<'_>, #[graphql(desc = "Who wants an account.")] input: RegisterInput) -> Result<RegisterPayload> {
        let email = input.email.clone();
        let (done, user_errors) = outcome(register(ctx.req(), input).await)?;
        Ok(RegisterPayload { email: done.map(|()| email), user_errors })
    }

    /// Signs in with e-mail and password.
    async fn login(&self, ctx: &Context<'_>, #[graphql(desc = "Who wants to sign in.")] input: LoginInput) -> Result<LoginPayload> {
        let (session, user_errors) = outcome(login(ctx.req(), input).await)?;
        Ok(LoginPayload { outcome: session.map(LoginOutcome::Session), user_errors })
    }

    /// Exchanges a refresh token for new tokens. A token that is shown a second time ends its session: somebody has
    /// stolen it.
    async fn refresh_session(&self, ctx: &Context<'_>, #[graphql(desc = "The token to refresh with.")] input: RefreshSessionInput) -> Result<RefreshSessionPayload> {
        let refreshed = ctx.req().write(async |tx| accounts::refresh(tx, &input.refresh_token).await).await?;
        let (session, user_errors) = match refreshed {
            Refreshed::Done { user, tokens } => (Some(Session { user, tokens }), vec![]),
            Refreshed::Refused => (None, vec![(&REFRESH_TOKEN_INVALID.at("refreshToken")).into()]),
        };
        Ok(RefreshSessionPayload { session, user_errors })
    }

    /// Ends the session of this request: its tokens no longer work. Needs a sign-in.
    async fn logout(&self, ctx: &Context<'_>) -> Result<LogoutPayload> {
        ctx.req().write(accounts::sign_out).await?;
        Ok(LogoutPayload { user_errors: vec![] })
    }
}

async fn register(req: &RequestContext, input: RegisterInput) -> kernel::Result<()> {
    let full_name = input.full_name.unwrap_or_default();
    let registration = Registration::new(&input.email.0, &input.password, &full_name)?;
    let hash = req.app.passwords.hash(input.password).await?;
    req.write(async |tx| accounts::register(tx, registration, hash).await).await
}

async fn login(req: &RequestContext, input: LoginInput) -> kernel::Result<Session> {
    let credentials = Credentials { email: input.email.0, password: input.password };
    let user = credentials.verify(req.db(), &req.app.passwords).await?;
    let device = Device { ip: req.origin.ip.clone(), user_agent: req.origin.user_agent.clone() };
    let tokens = req.write(async |tx| accounts::sign_in(tx, user, device).await).await?;
    Ok(Session { tokens, user })
}
