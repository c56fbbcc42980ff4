//! The second factor: an authenticator app and recovery codes.

use accounts::{
    Device, SecretKey, Throttled,
    rules::{CHALLENGE_INVALID, TWO_FACTOR_CODE_WRONG},
    throttling,
    two_factor::{self, Challenge, Completed},
};
use async_graphql::{Context, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use kernel::{Problem, Tx};

use super::{User, confirming::confirm_own_password, inputs::Session, mutations::begin, settings::me};
use crate::graphql::{
    context::{Req, RequestContext},
    delivery::SessionDelivery,
    error::{Result, UserError, outcome},
};

/// The password was right, and the account asks for a code: `completeTwoFactor` takes both.
#[derive(SimpleObject)]
pub struct TwoFactorChallenge {
    /// Goes with the code. Shown only here.
    challenge_token: String,
    /// Until when the challenge can be met: five minutes.
    expires_at: DateTime<Utc>,
}

impl From<Challenge> for TwoFactorChallenge {
    fn from(challenge: Challenge) -> Self {
        Self { challenge_token: challenge.token, expires_at: challenge.expires_at }
    }
}

/// The challenge and the code that meets it.
#[derive(InputObject)]
pub struct CompleteTwoFactorInput {
    /// As `login` answered it.
    challenge_token: String,
    /// What the authenticator app shows: six digits. Or a recovery code: `5k3x-q9d0-zt4m-8w2c`.
    code: String,
    /// How the session's tokens come.
    #[graphql(default)]
    delivery: SessionDelivery,
}

/// What came of meeting a challenge.
#[derive(SimpleObject)]
pub struct CompleteTwoFactorPayload {
    /// The session that begins now. Null when the code or the challenge was refused.
    session: Option<Session>,
    /// Why: `TWO_FACTOR_CODE_WRONG`, and the challenge stands; `CHALLENGE_INVALID`, and one has to sign in again.
    user_errors: Vec<UserError>,
}

/// Your password, again.
#[derive(InputObject)]
pub struct StartTotpInput {
    /// The account's password.
    password: String,
}

/// What goes into the authenticator app.
#[derive(SimpleObject)]
pub struct StartTotpPayload {
    /// The secret in base32, for typing. Shown only here. Null when the input was refused.
    secret: Option<String>,
    /// The same as `otpauth://` URI, for a QR code. Shown only here. Null when the input was refused.
    uri: Option<String>,
    /// What is wrong: `PASSWORD_WRONG`, `EMAIL_NOT_VERIFIED`, `TWO_FACTOR_ALREADY_ON`.
    user_errors: Vec<UserError>,
}

/// The first code.
#[derive(InputObject)]
pub struct ConfirmTotpInput {
    /// What the authenticator app shows: six digits.
    code: String,
}

/// What came of turning two-factor sign-in on.
#[derive(SimpleObject)]
pub struct ConfirmTotpPayload {
    /// Your account. Null when the code was refused.
    user: Option<User>,
    /// Ten codes that stand in for a lost app, each once. Shown only here. Empty when the code was refused.
    recovery_codes: Vec<String>,
    /// What is wrong: `TWO_FACTOR_CODE_WRONG`, `TWO_FACTOR_NOT_STARTED`, `TWO_FACTOR_ALREADY_ON`.
    user_errors: Vec<UserError>,
}

/// Both factors, again.
#[derive(InputObject)]
pub struct DisableTotpInput {
    /// The account's password.
    password: String,
    /// What the authenticator app shows, or a recovery code. Codes work once: that of the sign-in is used up.
    code: String,
}

/// What came of turning two-factor sign-in off.
#[derive(SimpleObject)]
pub struct DisableTotpPayload {
    /// Your account. Null when the input was refused.
    user: Option<User>,
    /// What is wrong: `PASSWORD_WRONG`, `TWO_FACTOR_CODE_WRONG`, `TWO_FACTOR_OFF`.
    user_errors: Vec<UserError>,
}

/// Both factors, again.
#[derive(InputObject)]
pub struct RegenerateRecoveryCodesInput {
    /// The account's password.
    password: String,
    /// What the authenticator app shows, or a recovery code. Codes work once: that of the sign-in is used up.
    code: String,
}

/// What came of asking for new recovery codes.
#[derive(SimpleObject)]
pub struct RegenerateRecoveryCodesPayload {
    /// Ten new codes; the old ones no longer work. Shown only here. Empty when the input was refused.
    recovery_codes: Vec<String>,
    /// What is wrong: `PASSWORD_WRONG`, `TWO_FACTOR_CODE_WRONG`, `TWO_FACTOR_OFF`.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct TwoFactorMutation;

#[Object]
impl TwoFactorMutation {
    /// Meets the challenge that `login` answered with a code, and starts the session. A challenge takes one right code
    /// and at most 5 codes in all, an account at most 10 wrong codes in 15 minutes (then `RATE_LIMITED`, as `login` has
    /// it); a code works once. Null then, and when something went wrong on our side.
    async fn complete_two_factor(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The challenge and the code.")] input: CompleteTwoFactorInput,
    ) -> Option<Result<CompleteTwoFactorPayload>> {
        Some(complete(ctx.req(), input).await)
    }

    /// Makes a secret for an authenticator app (TOTP, RFC 6238: SHA-1, six digits, 30 seconds). It does nothing until
    /// `confirmTotp`; starting again replaces it. Needs a sign-in and a verified e-mail address. Null after 5 wrong
    /// passwords in 15 minutes (`RATE_LIMITED`), and when something went wrong on our side.
    async fn start_totp(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Your password.")] input: StartTotpInput,
    ) -> Option<Result<StartTotpPayload>> {
        Some(start(ctx.req(), input).await)
    }

    /// Turns two-factor sign-in on: the app has shown its first code. Answers the recovery codes and ends your other
    /// sessions. Needs a sign-in. Null after 10 wrong codes in 15 minutes (`RATE_LIMITED`), and when something went wrong
    /// on our side.
    async fn confirm_totp(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first code.")] input: ConfirmTotpInput,
    ) -> Option<Result<ConfirmTotpPayload>> {
        Some(confirm(ctx.req(), input).await)
    }

    /// Turns two-factor sign-in off; the app's secret and the recovery codes are dead. Needs a sign-in. Null after 5
    /// wrong passwords or 10 wrong codes in 15 minutes (`RATE_LIMITED`), and when something went wrong on our side.
    async fn disable_totp(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Both factors.")] input: DisableTotpInput,
    ) -> Option<Result<DisableTotpPayload>> {
        Some(disable(ctx.req(), input).await)
    }

    /// Replaces your recovery codes. Needs a sign-in. Null after 5 wrong passwords or 10 wrong codes in 15 minutes
    /// (`RATE_LIMITED`), and when something went wrong on our side.
    async fn regenerate_recovery_codes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Both factors.")] input: RegenerateRecoveryCodesInput,
    ) -> Option<Result<RegenerateRecoveryCodesPayload>> {
        Some(regenerate(ctx.req(), input).await)
    }
}

async fn complete(req: &RequestContext, input: CompleteTwoFactorInput) -> Result<CompleteTwoFactorPayload> {
    input.delivery.check(req, "delivery")?;
    let device = Device { ip: req.origin.ip.clone(), user_agent: req.origin.user_agent.clone() };
    let key = req.app.secret_key()?;
    let work =
        async |tx: &mut Tx| two_factor::complete_two_factor(tx, key, &input.challenge_token, &input.code, device).await;
    let refused =
        |problem: Problem| Ok(CompleteTwoFactorPayload { session: None, user_errors: vec![(&problem).into()] });
    match req.write(work).await? {
        Completed::Done { user, tokens } => Ok(CompleteTwoFactorPayload {
            session: Some(begin(req, user, tokens, input.delivery).await?),
            user_errors: vec![],
        }),
        Completed::CodeWrong => refused(TWO_FACTOR_CODE_WRONG.at("code")),
        Completed::Invalid => refused(CHALLENGE_INVALID.at("challengeToken")),
    }
}

async fn start(req: &RequestContext, input: StartTotpInput) -> Result<StartTotpPayload> {
    let work = async {
        confirm_own_password(req, input.password).await?;
        let key = req.app.secret_key()?;
        req.write(async |tx| two_factor::start_totp(tx, key).await).await
    };
    let (started, user_errors) = outcome(work.await)?;
    let (secret, uri) = started.map(|started| (started.secret, started.uri)).unzip();
    Ok(StartTotpPayload { secret, uri, user_errors })
}

async fn confirm(req: &RequestContext, input: ConfirmTotpInput) -> Result<ConfirmTotpPayload> {
    let work = with_code(req, false, async |tx, key| two_factor::confirm_totp(tx, key, &input.code).await);
    let (codes, user_errors) = outcome(work.await)?;
    let user = me(req, codes.is_some()).await?;
    Ok(ConfirmTotpPayload { user, recovery_codes: codes.unwrap_or_default(), user_errors })
}

async fn disable(req: &RequestContext, input: DisableTotpInput) -> Result<DisableTotpPayload> {
    let work = async {
        confirm_own_password(req, input.password).await?;
        with_code(req, true, async |tx, key| two_factor::disable_totp(tx, key, &input.code).await).await
    };
    let (done, user_errors) = outcome(work.await)?;
    Ok(DisableTotpPayload { user: me(req, done.is_some()).await?, user_errors })
}

async fn regenerate(
    req: &RequestContext,
    input: RegenerateRecoveryCodesInput,
) -> Result<RegenerateRecoveryCodesPayload> {
    let work = async {
        confirm_own_password(req, input.password).await?;
        with_code(req, true, async |tx, key| two_factor::regenerate_recovery_codes(tx, key, &input.code).await).await
    };
    let (codes, user_errors) = outcome(work.await)?;
    Ok(RegenerateRecoveryCodesPayload { recovery_codes: codes.unwrap_or_default(), user_errors })
}

/// Work that takes a code, for an account whose second factor is on or off: a wrong code counts, even though the work then
/// leaves nothing.
async fn with_code<T>(
    req: &RequestContext,
    is_on: bool,
    work: impl AsyncFnOnce(&mut Tx, &SecretKey) -> kernel::Result<T>,
) -> kernel::Result<T> {
    let user = req.viewer().person()?;
    two_factor::expect(req.db().read(), user, is_on).await?;
    let attempt = Throttled::Code { user, session: req.viewer().session() };
    req.throttle(&attempt).await?;
    let key = req.app.secret_key()?;
    let counted = async |tx: &mut Tx| {
        let done = work(tx, key).await?;
        throttling::give_back(tx, &attempt).await?;
        Ok(done)
    };
    req.write(counted).await
}
