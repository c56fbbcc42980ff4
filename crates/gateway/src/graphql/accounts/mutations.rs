use std::sync::Arc;

use accounts::{
    Credentials, Device, Refreshed, Registration, Throttled, Tokens,
    rules::{REFRESH_TOKEN_INVALID, REFRESH_TOKEN_JUST_USED},
    two_factor::{self, Entered},
};
use async_graphql::{Context, Object};
use kernel::{Error, Rule, Tx, UserId, Viewer};

use super::{inputs::*, place::Place};
use crate::graphql::{
    context::{Req, RequestContext},
    delivery::{CookieChange, Cookies, SessionDelivery},
    error::{Result, outcome},
};

#[derive(Default)]
pub struct AccountMutation;

#[Object]
impl AccountMutation {
    /// Opens an account with the role of a student. The answer is the same when the address has one already; that signing in
    /// with the password then fails does tell. At most 20 an hour from one address (with IPv6: from one /64), and 10 with
    /// one e-mail address; then `RATE_LIMITED`, as `login` has it. Null then, and when something went wrong on our side.
    async fn register(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who wants an account.")] input: RegisterInput,
    ) -> Option<Result<RegisterPayload>> {
        Some(register(ctx.req(), input).await)
    }

    /// Signs in with e-mail and password; an account with two factors gets a challenge, which `completeTwoFactor` meets
    /// with a code. Failures are limited: 5 in 15 minutes for one account from one address, 50 in
    /// 15 minutes from one address (with IPv6: from one /64). There is no limit for an account over all addresses, so
    /// that nobody can lock its owner out; but after more than 100 failures within an hour, addresses that nobody has
    /// signed in to the account from get 2 instead of 5. An address without an account is answered and limited alike.
    /// When more people sign in at once than passwords can be checked in a few seconds, some are told to come back.
    /// Who is over a limit, or came in such a crowd, gets the error `RATE_LIMITED`, whose `extensions.retryAfterSeconds` says when to try again;
    /// over HTTP the header `Retry-After` says it, too. Null then, and when something went wrong on our side.
    async fn login(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who wants to sign in.")] input: LoginInput,
    ) -> Option<Result<LoginPayload>> {
        Some(login(ctx.req(), input).await)
    }

    /// Exchanges a refresh token for new tokens. A token that is shown again within ten seconds of its use was sent twice:
    /// `REFRESH_TOKEN_JUST_USED`, and the first answer has the tokens to go on with. Shown later, it ends its session:
    /// somebody has stolen it. Null when something went wrong on our side.
    async fn refresh_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token to refresh with.")] input: RefreshSessionInput,
    ) -> Option<Result<RefreshSessionPayload>> {
        Some(refresh(ctx.req(), input).await)
    }

    /// Ends the session of this request: its tokens no longer work, and cookies are taken away. Needs a sign-in; cookies
    /// of a session that has ended already do as well. Null when there is no session.
    async fn logout(&self, ctx: &Context<'_>) -> Option<Result<LogoutPayload>> {
        Some(logout(ctx.req()).await)
    }
}

async fn logout(req: &RequestContext) -> Result<LogoutPayload> {
    let by_cookie = matches!(req.origin.cookies, Cookies::Guarded { is_caller: true, .. });
    match req.write(accounts::sign_out).await {
        // The cookies of a session that has ended before go as well: no script can take them away.
        Err(Error::Unauthenticated) if by_cookie => {}
        done => done?,
    }
    if by_cookie {
        req.jar.put(CookieChange::End);
    }
    Ok(LogoutPayload { user_errors: vec![] })
}

async fn register(req: &RequestContext, input: RegisterInput) -> Result<RegisterPayload> {
    let email = input.email.clone();
    let (done, user_errors) = outcome(add_account(req, input).await)?;
    Ok(RegisterPayload { email: done.map(|()| email), user_errors })
}

async fn add_account(req: &RequestContext, input: RegisterInput) -> kernel::Result<()> {
    let (email, full_name) = (input.email.0, input.full_name.unwrap_or_default());
    let registration = Registration::new(&email, &input.password, &full_name)?;
    let letter = Throttled::Register { email, ip: req.origin.ip.clone() };
    req.throttle(&letter).await?;
    let hash = req.app.passwords.hash(input.password).await?;
    req.write(async |tx| accounts::register(tx, registration, hash).await).await
}

async fn login(req: &RequestContext, input: LoginInput) -> Result<LoginPayload> {
    input.delivery.check(req, "delivery")?;
    let (outcome, user_errors) = outcome(sign_in(req, input).await)?;
    Ok(LoginPayload { outcome, user_errors })
}

async fn sign_in(req: &RequestContext, input: LoginInput) -> kernel::Result<LoginOutcome> {
    let delivery = input.delivery;
    let attempt = Throttled::SignIn { email: input.email.0.clone(), ip: req.origin.ip.clone() };
    let place = Place::take(req, attempt).await?;
    let credentials = Credentials { email: input.email.0, password: input.password };
    let app = req.app.clone();
    let (user, place) = place.attempt(async move { credentials.verify(&app.db, &app.passwords).await }).await?;
    let device = Device { ip: req.origin.ip.clone(), user_agent: req.origin.user_agent.clone() };
    let work = async |tx: &mut Tx| {
        place.give_back(tx).await?;
        two_factor::enter(tx, user, device).await
    };
    let entered = req.write(work).await?;
    place.settle();
    Ok(match entered {
        Entered::Session(tokens) => LoginOutcome::Session(begin(req, user, tokens, delivery).await?),
        Entered::Challenge(challenge) => LoginOutcome::TwoFactorChallenge(challenge.into()),
    })
}

async fn refresh(req: &RequestContext, input: RefreshSessionInput) -> Result<RefreshSessionPayload> {
    let (token, delivery) = match input.refresh_token {
        Some(token) => (token, SessionDelivery::Tokens),
        None => (refresh_cookie(req)?, SessionDelivery::Cookies),
    };
    let refused =
        |rule: Rule| RefreshSessionPayload { session: None, user_errors: vec![(&rule.at("refreshToken")).into()] };
    let refreshed = req.write(async |tx| accounts::refresh(tx, &token).await).await?;
    Ok(match refreshed {
        Refreshed::Done { user, tokens } => {
            RefreshSessionPayload { session: Some(begin(req, user, tokens, delivery).await?), user_errors: vec![] }
        }
        Refreshed::JustUsed => refused(REFRESH_TOKEN_JUST_USED),
        Refreshed::Refused => refused(REFRESH_TOKEN_INVALID),
    })
}

/// Without a cookie it is one that nobody has.
fn refresh_cookie(req: &RequestContext) -> Result<String> {
    SessionDelivery::Cookies.check(req, "refreshToken")?;
    match &req.origin.cookies {
        Cookies::Guarded { refresh: Some(token), .. } => Ok(token.clone()),
        _ => Ok(String::new()),
    }
}

/// Hands out the session. The rest of the request is answered to the person who has just signed in.
pub(super) async fn begin(
    req: &RequestContext,
    user: UserId,
    tokens: Tokens,
    delivery: SessionDelivery,
) -> kernel::Result<Session> {
    if delivery == SessionDelivery::Cookies {
        req.jar.put(CookieChange::Begin(tokens.clone()));
    }
    if let Some(person) = accounts::authenticate(req.db(), &tokens.access, req.now).await? {
        req.become_viewer(Viewer::User(Arc::new(person)));
    }
    Ok(Session { tokens, user, delivery })
}
