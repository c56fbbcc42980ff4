//! What people do by the letters that they get: show that an address is theirs, set a new password, move to another address.

use accounts::{PasswordReset, Throttled, user};
use async_graphql::{Context, InputObject, Object, SimpleObject};

use super::confirming::confirm_own_password;
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, UserError, outcome},
    scalars::EmailAddress,
};

/// The token of a letter.
#[derive(InputObject)]
pub struct VerifyEmailInput {
    /// The token of the letter's link. It works once, for 24 hours.
    token: String,
}

/// Where to send the letter.
#[derive(InputObject)]
pub struct ResendVerificationInput {
    /// The account's address.
    email: EmailAddress,
}

/// Whose password to set anew.
#[derive(InputObject)]
pub struct RequestPasswordResetInput {
    /// The account's address.
    email: EmailAddress,
}

/// A new password.
#[derive(InputObject)]
pub struct ResetPasswordInput {
    /// The token of the letter's link. It works once, for 60 minutes; a refused password does not use it up.
    token: String,
    /// 8 to 128 characters; not one of the commonest, not made of your own name or address.
    new_password: String,
}

/// Another address.
#[derive(InputObject)]
pub struct RequestEmailChangeInput {
    /// The new address.
    email: EmailAddress,
    /// The account's password.
    password: String,
}

/// The token of a letter to the new address.
#[derive(InputObject)]
pub struct ConfirmEmailChangeInput {
    /// The token of the letter's link. It works once, for 24 hours.
    token: String,
}

/// The token of a letter to the old address.
#[derive(InputObject)]
pub struct UndoEmailChangeInput {
    /// The token of the letter's link. It works once, for 7 days.
    token: String,
}

macro_rules! address_payload {
    ($(#[doc = $about:literal] #[doc = $email:literal] $name:ident)*) => {$(
        #[doc = $about]
        #[derive(SimpleObject)]
        pub struct $name {
            #[doc = $email]
            email: Option<EmailAddress>,
            /// What is wrong with the input; empty when all went well.
            user_errors: Vec<UserError>,
        }

        impl $name {
            fn of(result: kernel::Result<String>) -> Result<Self> {
                let (email, user_errors) = outcome(result)?;
                Ok(Self { email: email.map(EmailAddress), user_errors })
            }
        }
    )*};
}

address_payload! {
    /// What came of showing an address.
    /// The address that is verified now. Null when the token was refused.
    VerifyEmailPayload
    /// What came of asking for another verification letter.
    /// The address as you gave it, whether it has an account or not. Null when it can't be one.
    ResendVerificationPayload
    /// What came of asking for a new password.
    /// The address as you gave it, whether it has an account or not. Null when it can't be one.
    RequestPasswordResetPayload
    /// What came of setting a new password.
    /// The address to sign in with. Null when the token or the password was refused.
    ResetPasswordPayload
    /// What came of asking for another address.
    /// The address that a letter is on its way to. Null when the input was refused.
    RequestEmailChangePayload
    /// What came of confirming another address.
    /// The account's address from now on. Null when the token was refused.
    ConfirmEmailChangePayload
    /// What came of going back to the old address.
    /// The account's address again. Null when the token was refused.
    UndoEmailChangePayload
}

#[derive(Default)]
pub struct IdentityMutation;

#[Object]
impl IdentityMutation {
    /// Shows that an address is yours, by the token of the letter that `register` sent there. Null when something went wrong
    /// on our side.
    async fn verify_email(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The letter's token.")] input: VerifyEmailInput,
    ) -> Option<Result<VerifyEmailPayload>> {
        let done = ctx.req().write(async |tx| accounts::verify_email(tx, &input.token).await).await;
        Some(VerifyEmailPayload::of(done.map(address)))
    }

    /// Sends the verification letter again, when the address has an account that needs it; the answer is the same when not.
    /// At most 3 in an hour for an address from one network address; then `RATE_LIMITED`, as `login` has it. Null then, and
    /// when something went wrong on our side.
    async fn resend_verification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where to.")] input: ResendVerificationInput,
    ) -> Option<Result<ResendVerificationPayload>> {
        Some(ResendVerificationPayload::of(resend_verification(ctx.req(), input.email.0).await))
    }

    /// Sends a letter with a link to set a new password, when the address has an account; the answer is the same when not.
    /// At most 3 in an hour for an address from one network address; then `RATE_LIMITED`, as `login` has it. Null then, and
    /// when something went wrong on our side.
    async fn request_password_reset(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose.")] input: RequestPasswordResetInput,
    ) -> Option<Result<RequestPasswordResetPayload>> {
        Some(RequestPasswordResetPayload::of(request_password_reset(ctx.req(), input.email.0).await))
    }

    /// Sets a new password by the token of a letter and ends all sessions of the account. It does not sign in; a second
    /// factor is still asked for, and API tokens go on until they are revoked. Null when something went wrong on our side.
    async fn reset_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The letter's token and the new password.")] input: ResetPasswordInput,
    ) -> Option<Result<ResetPasswordPayload>> {
        Some(ResetPasswordPayload::of(reset_password(ctx.req(), input).await.map(address)))
    }

    /// Sends a letter to the address that you want your account to move to. Nothing changes before its link is followed.
    /// At most 5 in an hour for an account and 10 to an address; then `RATE_LIMITED`, as `login` has it. Needs a sign-in. Null
    /// then, and when something went wrong on our side.
    async fn request_email_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new address, and your password.")] input: RequestEmailChangeInput,
    ) -> Option<Result<RequestEmailChangePayload>> {
        Some(RequestEmailChangePayload::of(request_email_change(ctx.req(), input).await))
    }

    /// Moves an account to the address that the token was sent to. The old address gets a letter by which it can undo that
    /// for 7 days, and nobody else can have it until then. Null when something went wrong on our side.
    async fn confirm_email_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The letter's token.")] input: ConfirmEmailChangeInput,
    ) -> Option<Result<ConfirmEmailChangePayload>> {
        let done = ctx.req().write(async |tx| accounts::confirm_email_change(tx, &input.token).await).await;
        Some(ConfirmEmailChangePayload::of(done.map(address)))
    }

    /// Moves an account back to its old address, which gets a letter to set a new password: the old one no longer works.
    /// Somebody may have stolen the account: its sessions end, its API tokens are revoked, a second factor that was set up
    /// since the change is taken away, and a deletion that was asked for is cancelled. Null when something went wrong on our side.
    async fn undo_email_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The letter's token.")] input: UndoEmailChangeInput,
    ) -> Option<Result<UndoEmailChangePayload>> {
        let done = ctx.req().write(async |tx| accounts::undo_email_change(tx, &input.token).await).await;
        Some(UndoEmailChangePayload::of(done.map(address)))
    }
}

fn address(user: user::Model) -> String {
    user.email
}

async fn resend_verification(req: &RequestContext, email: String) -> kernel::Result<String> {
    req.throttle(&Throttled::VerificationLetter { email: email.clone(), ip: req.origin.ip.clone() }).await?;
    req.write(async |tx| accounts::resend_verification(tx, &email).await).await?;
    Ok(email)
}

async fn request_password_reset(req: &RequestContext, email: String) -> kernel::Result<String> {
    req.throttle(&Throttled::ResetLetter { email: email.clone(), ip: req.origin.ip.clone() }).await?;
    req.write(async |tx| accounts::request_password_reset(tx, &email).await).await?;
    Ok(email)
}

async fn reset_password(req: &RequestContext, input: ResetPasswordInput) -> kernel::Result<user::Model> {
    let reset = PasswordReset { token: input.token, new: input.new_password };
    let hash = reset.hash(req.db(), &req.app.passwords, req.now).await?;
    req.write(async |tx| accounts::reset_password(tx, &reset.token, hash).await).await
}

async fn request_email_change(req: &RequestContext, input: RequestEmailChangeInput) -> kernel::Result<String> {
    let email = input.email.0;
    let user = confirm_own_password(req, input.password).await?;
    req.throttle(&Throttled::EmailChangeLetter { user, email: email.clone() }).await?;
    req.write(async |tx| accounts::request_email_change(tx, &email).await).await?;
    Ok(email)
}
