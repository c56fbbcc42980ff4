//! What people change of their own account.

use accounts::{PasswordChange, ProfileChange, Throttled};
use async_graphql::{Context, InputObject, MaybeUndefined, Object, SimpleObject};
use kernel::{SessionId, Tx};

use super::{
    User, UserSession,
    keys::{SessionById, UserById},
    place::Place,
};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, UserError, outcome},
    id::Id,
    scalars::{Json, cleared},
};

/// What to change of your profile. What is left out stays as it is.
#[derive(InputObject)]
pub struct UpdateProfileInput {
    /// At most 255 characters; empty or null takes it away.
    full_name: MaybeUndefined<String>,
    /// What you want to be called: at most 100 characters; empty or null takes it away.
    display_name: MaybeUndefined<String>,
    /// 3 to 100 letters, digits and `_ . -`; null takes it away. Unique, in upper or lower case.
    username: MaybeUndefined<String>,
    /// 5 to 15 digits; empty or null takes it away. A new number has to be verified again.
    phone: MaybeUndefined<String>,
    /// What you say of yourself: at most 5,000 characters; empty or null takes it away.
    bio: MaybeUndefined<String>,
}

/// What came of changing a profile.
#[derive(SimpleObject)]
pub struct UpdateProfilePayload {
    /// Your account as it is now. Null when the input was refused.
    user: Option<User>,
    /// What is wrong with the input; empty when all went well.
    user_errors: Vec<UserError>,
}

/// Your settings.
#[derive(InputObject)]
pub struct UpdatePreferencesInput {
    /// All of them, as one JSON object of at most 16 KiB. One name means something here: `timezone`, a name of the IANA
    /// database such as `Europe/Berlin`, in which `myActivity` and `myStreak` count days. The others are the client's own.
    preferences: Json,
}

/// What came of changing settings.
#[derive(SimpleObject)]
pub struct UpdatePreferencesPayload {
    /// Your account as it is now. Null when the input was refused.
    user: Option<User>,
    /// What is wrong with the input; empty when all went well.
    user_errors: Vec<UserError>,
}

/// Your old password and the new one.
#[derive(InputObject)]
pub struct ChangePasswordInput {
    /// The password you have.
    current_password: String,
    /// The password you want: 8 to 128 characters.
    new_password: String,
}

/// What came of changing a password.
#[derive(SimpleObject)]
pub struct ChangePasswordPayload {
    /// Your account. Null when the input was refused.
    user: Option<User>,
    /// What is wrong with the input; empty when all went well.
    user_errors: Vec<UserError>,
}

/// Which session to end.
#[derive(InputObject)]
pub struct RevokeSessionInput {
    /// Its id.
    id: Id<SessionId>,
}

/// What came of ending a session.
#[derive(SimpleObject)]
pub struct RevokeSessionPayload {
    /// The ended session. Null when it can't be read.
    session: Option<UserSession>,
    /// Always empty: what can't be ended is not there.
    user_errors: Vec<UserError>,
}

/// What came of ending the other sessions.
#[derive(SimpleObject)]
pub struct RevokeOtherSessionsPayload {
    /// How many were ended.
    revoked_count: u64,
    /// Always empty: there is nothing to go wrong.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct SettingsMutation;

#[Object]
impl SettingsMutation {
    /// Changes your own profile. Needs a sign-in. Null when something went wrong on our side.
    async fn update_profile(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: UpdateProfileInput,
    ) -> Option<Result<UpdateProfilePayload>> {
        Some(update_profile(ctx.req(), input).await)
    }

    /// Replaces your own settings. Needs a sign-in. Null when something went wrong on our side.
    async fn update_preferences(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Your settings.")] input: UpdatePreferencesInput,
    ) -> Option<Result<UpdatePreferencesPayload>> {
        Some(update_preferences(ctx.req(), input).await)
    }

    /// Changes your own password and ends your other sessions. After 5 wrong passwords in 15 minutes: `RATE_LIMITED`, as
    /// `login` has it. Needs a sign-in. Null then, and when something went wrong on our side.
    async fn change_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The old password and the new one.")] input: ChangePasswordInput,
    ) -> Option<Result<ChangePasswordPayload>> {
        Some(change_password(ctx.req(), input).await)
    }

    /// Ends one of your sessions: its tokens no longer work. Needs a sign-in. Null when there is no such session.
    async fn revoke_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which session.")] input: RevokeSessionInput,
    ) -> Option<Result<RevokeSessionPayload>> {
        Some(revoke_session(ctx.req(), input).await)
    }

    /// Ends all of your sessions but this one. Needs a sign-in. Null when something went wrong on our side.
    async fn revoke_other_sessions(&self, ctx: &Context<'_>) -> Option<Result<RevokeOtherSessionsPayload>> {
        let revoked = ctx.req().write(accounts::revoke_other_sessions).await;
        Some(
            revoked
                .map(|count| RevokeOtherSessionsPayload { revoked_count: count, user_errors: vec![] })
                .map_err(Into::into),
        )
    }
}

async fn update_profile(req: &RequestContext, input: UpdateProfileInput) -> Result<UpdateProfilePayload> {
    let change = ProfileChange {
        full_name: cleared(input.full_name),
        display_name: cleared(input.display_name),
        username: match input.username {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(name) => Some(Some(name)),
        },
        phone: cleared(input.phone),
        bio: cleared(input.bio),
    };
    let (done, user_errors) = outcome(req.write(async |tx| accounts::update_profile(tx, change).await).await)?;
    Ok(UpdateProfilePayload { user: me(req, done.is_some()).await?, user_errors })
}

async fn update_preferences(req: &RequestContext, input: UpdatePreferencesInput) -> Result<UpdatePreferencesPayload> {
    let work = async |tx: &mut kernel::Tx| accounts::update_preferences(tx, input.preferences.0).await;
    let (done, user_errors) = outcome(req.write(work).await)?;
    Ok(UpdatePreferencesPayload { user: me(req, done.is_some()).await?, user_errors })
}

async fn change_password(req: &RequestContext, input: ChangePasswordInput) -> Result<ChangePasswordPayload> {
    let (done, user_errors) = outcome(new_password(req, input).await)?;
    Ok(ChangePasswordPayload { user: me(req, done.is_some()).await?, user_errors })
}

async fn new_password(req: &RequestContext, input: ChangePasswordInput) -> kernel::Result<()> {
    let user = req.viewer().person()?;
    let change = PasswordChange::new(req.db(), user, input.current_password, input.new_password).await?;
    let place = Place::take(req, Throttled::OwnPassword { user, session: req.viewer().session() }).await?;
    let app = req.app.clone();
    let verified = place.attempt(async move { change.verify(&app.db, &app.passwords, user).await });
    let (hash, place) = verified.await?;
    let work = async |tx: &mut Tx| {
        place.give_back(tx).await?;
        accounts::change_password(tx, hash).await
    };
    req.write(work).await?;
    place.settle();
    Ok(())
}

async fn revoke_session(req: &RequestContext, input: RevokeSessionInput) -> Result<RevokeSessionPayload> {
    let id = input.id.at(&["input", "id"])?;
    req.write(async |tx| accounts::revoke_session(tx, id).await).await?;
    let session = req.loaders.load(SessionById(id)).await?.map(UserSession::from);
    Ok(RevokeSessionPayload { session, user_errors: vec![] })
}

/// The viewer's account after a change that was made.
pub(super) async fn me(req: &RequestContext, is_changed: bool) -> Result<Option<User>> {
    match req.viewer().id().filter(|_| is_changed) {
        Some(id) => Ok(req.loaders.load(UserById(id)).await?.map(User::from)),
        None => Ok(None),
    }
}
