//! A copy of one's data, and leaving.

use accounts::{account_deletion, rules::HEIR_NEEDED};
use async_graphql::{Context, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use kernel::UserId;

use super::{
    DataExport, PublicProfile,
    confirming::confirm_own_password,
    keys::{ExportById, ExportCountOfUser, ExportsOfUser},
};
use crate::graphql::{
    context::{Req, RequestContext},
    error::{Result, UserError, outcome},
    id::{Id, PersonId},
    page::{Connection, edge},
};

/// An account that is about to be deleted.
pub struct AccountDeletion(pub account_deletion::Model);

/// An account that is about to be deleted. You see your own; all with the permission to read accounts.
#[Object]
impl AccountDeletion {
    /// When it was asked for.
    async fn requested_at(&self) -> DateTime<Utc> {
        self.0.requested_at
    }

    /// When it will be done; until then it can be cancelled.
    async fn due_at(&self) -> DateTime<Utc> {
        self.0.due_at
    }

    /// Who gets the person's courses. Null when nobody was named: then it is an administrator.
    async fn courses_to(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, self.0.heir_id).await
    }
}

/// That you want to leave.
#[derive(InputObject)]
pub struct RequestAccountDeletionInput {
    /// The account's password.
    password: String,
    /// Who gets the courses that you own: somebody who may create courses, by the id of their account or public profile.
    /// Needed when you own any.
    courses_to: Option<Id<PersonId>>,
}

/// What came of asking for the account's deletion.
#[derive(SimpleObject)]
pub struct RequestAccountDeletionPayload {
    /// When it will be done. Null when the input was refused.
    deletion: Option<AccountDeletion>,
    /// What is wrong with the input; empty when all went well.
    user_errors: Vec<UserError>,
}

/// That you want to stay.
#[derive(InputObject)]
pub struct CancelAccountDeletionInput {
    /// The token of the letter's link; works without a sign-in, once, for 14 days. May be left out by who is signed in.
    token: Option<String>,
}

/// What came of cancelling the account's deletion.
#[derive(SimpleObject)]
pub struct CancelAccountDeletionPayload {
    /// Is the account kept?
    is_cancelled: bool,
    /// Why not; empty when all went well.
    user_errors: Vec<UserError>,
}

/// What came of asking for a copy of one's data.
#[derive(SimpleObject)]
pub struct RequestDataExportPayload {
    /// The export that is being made. Null when one is under way already.
    export: Option<DataExport>,
    /// Why there is none: `EXPORT_UNDERWAY`.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct PrivacyQuery;

#[Object]
impl PrivacyQuery {
    /// The copies of your data that you asked for, newest first. Needs a sign-in. Null when they can't be read.
    async fn my_data_exports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<DataExport>>> {
        let me = match ctx.req().viewer().person() {
            Ok(me) => me,
            Err(error) => return Some(Err(error.into())),
        };
        edge(ctx, me, (first, after, last, before), ExportsOfUser, ExportCountOfUser).await
    }
}

#[derive(Default)]
pub struct PrivacyMutation;

#[Object]
impl PrivacyMutation {
    /// Has a copy made of everything that is kept about you; a letter comes when it is ready. One at a time. Needs a
    /// sign-in. Null when something went wrong on our side.
    async fn request_data_export(&self, ctx: &Context<'_>) -> Option<Result<RequestDataExportPayload>> {
        Some(request_data_export(ctx.req()).await)
    }

    /// Has your account deleted in 14 days. Until then nothing changes, and it can be cancelled. Then your name, address and
    /// all that is yours alone are erased (what letters to you were about, within a week) and your courses go to whom you named; learners lose nothing, your reviews stay by
    /// nobody in particular, your certificates are no longer good. Needs a sign-in. Null when something went wrong on our
    /// side.
    async fn request_account_deletion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Your password, and who gets your courses.")] input: RequestAccountDeletionInput,
    ) -> Option<Result<RequestAccountDeletionPayload>> {
        Some(request_account_deletion(ctx.req(), input).await)
    }

    /// Keeps an account that is about to be deleted. Null when something went wrong on our side.
    async fn cancel_account_deletion(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose: the token's account, or your own.")] input: CancelAccountDeletionInput,
    ) -> Option<Result<CancelAccountDeletionPayload>> {
        Some(cancel_account_deletion(ctx.req(), input).await)
    }
}

async fn request_data_export(req: &RequestContext) -> Result<RequestDataExportPayload> {
    let (done, user_errors) = outcome(req.write(accounts::request_data_export).await)?;
    let export = match done {
        Some(export) => req.loaders.load(ExportById(export.id)).await?.map(DataExport::from),
        None => None,
    };
    Ok(RequestDataExportPayload { export, user_errors })
}

async fn request_account_deletion(
    req: &RequestContext,
    input: RequestAccountDeletionInput,
) -> Result<RequestAccountDeletionPayload> {
    let heir = input.courses_to.map(|heir| heir.at(&["input", "coursesTo"])).transpose()?.map(UserId::from);
    let (done, user_errors) = outcome(leave(req, input.password, heir).await)?;
    Ok(RequestAccountDeletionPayload { deletion: done.map(AccountDeletion), user_errors })
}

async fn leave(
    req: &RequestContext,
    password: String,
    heir: Option<UserId>,
) -> kernel::Result<account_deletion::Model> {
    let viewer = req.viewer();
    let user = confirm_own_password(req, password).await?;
    if heir.is_none() && courses::teaches(req.db().read(), &viewer, user).await? {
        return Err(HEIR_NEEDED.at("coursesTo").into());
    }
    req.write(async |tx| accounts::request_account_deletion(tx, heir).await).await
}

async fn cancel_account_deletion(
    req: &RequestContext,
    input: CancelAccountDeletionInput,
) -> Result<CancelAccountDeletionPayload> {
    let token = input.token.as_deref();
    let (done, user_errors) = outcome(req.write(async |tx| accounts::cancel_account_deletion(tx, token).await).await)?;
    Ok(CancelAccountDeletionPayload { is_cancelled: done.is_some(), user_errors })
}
