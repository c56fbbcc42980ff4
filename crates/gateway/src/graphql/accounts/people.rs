//! What is done to accounts by those who look after them, and the picture that people give themselves.

use accounts::rules::{AVATAR_NOT_AN_IMAGE, AVATAR_NOT_FOUND, AVATAR_NOT_PUBLIC};
use async_graphql::{Context, InputObject, Object, SimpleObject};
use kernel::{Error, MediaId, UserId};

use super::{User, keys::UserById};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, UserError, outcome},
    id::Id,
};

/// Whom to suspend, and why.
#[derive(InputObject)]
pub struct SuspendUserInput {
    /// The account. Not your own, nor one that may do what you may not.
    user_id: Id<UserId>,
    /// Why, for the audit trail: 1 to 1,000 characters. The person is told.
    reason: String,
}

/// Whom to let in again.
#[derive(InputObject)]
pub struct ReactivateUserInput {
    /// The account.
    user_id: Id<UserId>,
}

/// Your picture.
#[derive(InputObject)]
pub struct SetAvatarInput {
    /// A file of yours: an image that everybody can open. Null takes your picture away.
    media_id: Option<Id<MediaId>>,
}

/// What came of suspending somebody.
#[derive(SimpleObject)]
pub struct SuspendUserPayload {
    /// The account as it is now. Null when the input was refused.
    user: Option<User>,
    /// What is wrong with the input; empty when all went well.
    user_errors: Vec<UserError>,
}

/// What came of letting somebody in again.
#[derive(SimpleObject)]
pub struct ReactivateUserPayload {
    /// The account as it is now. Null when the input was refused.
    user: Option<User>,
    /// What is wrong with the input; empty when all went well.
    user_errors: Vec<UserError>,
}

/// What came of setting a picture.
#[derive(SimpleObject)]
pub struct SetAvatarPayload {
    /// Your account as it is now. Null when the input was refused.
    user: Option<User>,
    /// What is wrong with the file; empty when all went well.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct PeopleMutation;

#[Object]
impl PeopleMutation {
    /// Closes an account: its sessions end at once and it can't sign in; what it made stays. Null when you may not.
    async fn suspend_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom, and why.")] input: SuspendUserInput,
    ) -> Option<Result<SuspendUserPayload>> {
        Some(suspend(ctx.req(), input).await)
    }

    /// Lets a suspended person sign in again. Null when you may not.
    async fn reactivate_user(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom.")] input: ReactivateUserInput,
    ) -> Option<Result<ReactivateUserPayload>> {
        Some(reactivate(ctx.req(), input).await)
    }

    /// Sets your own picture. Needs a sign-in. Null when something went wrong on our side.
    async fn set_avatar(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Your picture.")] input: SetAvatarInput,
    ) -> Option<Result<SetAvatarPayload>> {
        Some(set_avatar(ctx.req(), input).await)
    }
}

async fn suspend(req: &RequestContext, input: SuspendUserInput) -> Result<SuspendUserPayload> {
    let id = input.user_id.at(&["input", "userId"])?;
    let (done, user_errors) = outcome(req.write(async |tx| accounts::suspend(tx, id, &input.reason).await).await)?;
    Ok(SuspendUserPayload { user: account(req, done.map(|()| id)).await?, user_errors })
}

async fn reactivate(req: &RequestContext, input: ReactivateUserInput) -> Result<ReactivateUserPayload> {
    let id = input.user_id.at(&["input", "userId"])?;
    let (done, user_errors) = outcome(req.write(async |tx| accounts::reactivate(tx, id).await).await)?;
    Ok(ReactivateUserPayload { user: account(req, done.map(|()| id)).await?, user_errors })
}

async fn set_avatar(req: &RequestContext, input: SetAvatarInput) -> Result<SetAvatarPayload> {
    let (done, user_errors) = outcome(new_avatar(req, input).await)?;
    Ok(SetAvatarPayload { user: account(req, done).await?, user_errors })
}

async fn new_avatar(req: &RequestContext, input: SetAvatarInput) -> kernel::Result<UserId> {
    let url = match input.media_id {
        Some(id) => Some(picture(req, id.at(&["input", "mediaId"])?).await?),
        None => None,
    };
    req.write(async |tx| accounts::set_avatar(tx, url).await).await
}

/// The address of a file that may be somebody's picture.
async fn picture(req: &RequestContext, id: MediaId) -> kernel::Result<String> {
    let me = req.viewer().id().ok_or(Error::Unauthenticated)?;
    let db = req.db().read();
    let file = media::reading::files(db, &req.viewer(), &[id]).await?.remove(&id);
    let file = file.filter(|file| file.user_id == me).ok_or(AVATAR_NOT_FOUND.at("mediaId"))?;
    if file.file_type != media::FileType::Image {
        return Err(AVATAR_NOT_AN_IMAGE.at("mediaId").into());
    }
    let details = media::reading::file_details(db, &req.viewer(), &[id]).await?.remove(&id);
    let url = details.filter(|_| file.is_public).and_then(|details| details.public_url);
    Ok(url.ok_or(AVATAR_NOT_PUBLIC.at("mediaId"))?)
}

async fn account(req: &RequestContext, id: Option<UserId>) -> Result<Option<User>> {
    match id {
        Some(id) => Ok(req.loaders.load(UserById(id)).await?.map(User::from)),
        None => Ok(None),
    }
}
