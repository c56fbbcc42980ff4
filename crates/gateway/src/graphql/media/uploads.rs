use async_graphql::{Context, Object};
use chrono::Duration;
use kernel::{EntityId, Error, MediaId, UploadId};
use media::{
    UploadRow, UploadStatus, reading,
    rules::{UPLOAD_CLOSED, UPLOAD_PART_INVALID},
    storage::{Parts, keys},
    uploading,
};

use super::{FileUpload, keys::UploadById, upload_inputs::*};
use crate::{
    graphql::{
        context::{Req, RequestContext},
        error::{Result, outcome},
        id::Id,
        node::one,
        scalars::Url,
    },
    signing,
};

/// The most addresses that are signed at once.
const MOST_SIGNED: u32 = 100;
/// How long the address of a part is good.
const LASTS: Duration = Duration::hours(1);

#[derive(Default)]
pub struct UploadQuery;

#[Object]
impl UploadQuery {
    /// Your own upload: how far it has come, and which of its parts have arrived. Null when there is none, or not yours.
    async fn upload_status(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which upload.")] upload_id: Id<UploadId>,
    ) -> Option<Result<FileUpload>> {
        match upload_id.at(&["uploadId"]) {
            Ok(id) => one(ctx, Some(UploadById(id))).await,
            Err(error) => Some(Err(error.into())),
        }
    }

    /// Your own uploads that are open or being looked at, the latest first: to go on with, or to abort. Null when they can't
    /// be read.
    async fn my_uploads(&self, ctx: &Context<'_>) -> Option<Result<Vec<FileUpload>>> {
        let (req, viewer) = (ctx.req(), ctx.req().viewer());
        let uploads = reading::uploads_under_way(req.db().read(), &viewer).await;
        Some(uploads.map(|uploads| uploads.into_iter().map(FileUpload::from).collect()).map_err(Into::into))
    }
}

#[derive(Default)]
pub struct UploadMutation;

#[Object]
impl UploadMutation {
    /// Announces a file and says where its parts are put; the bytes never come here. Parts may come in any order, several at
    /// once, and again. Files for courses are brought by those who make courses, and by API tokens with a
    /// scope for that: their files are their owners', and take their owners' room. Null when something went wrong on our side.
    async fn create_upload(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The file.")] input: CreateUploadInput,
    ) -> Option<Result<CreateUploadPayload>> {
        Some(create(ctx.req(), input).await)
    }

    /// Says once more where parts of your own upload are put: addresses are good for an hour. Null when there is no such
    /// upload.
    async fn sign_upload_parts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which parts.")] input: SignUploadPartsInput,
    ) -> Option<Result<SignUploadPartsPayload>> {
        Some(sign(ctx.req(), input).await)
    }

    /// Says that all parts of your own upload have arrived. The file is looked at next: it is taken when its length, its
    /// SHA-256 and its type are as announced. The same answer however often it is said. Null when there is no such upload.
    async fn complete_upload(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which upload.")] input: CompleteUploadInput,
    ) -> Option<Result<CompleteUploadPayload>> {
        Some(complete(ctx.req(), input).await)
    }

    /// Gives your own open upload up; what has arrived of it is thrown away. Null when there is no such upload.
    async fn abort_upload(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which upload.")] input: AbortUploadInput,
    ) -> Option<Result<AbortUploadPayload>> {
        Some(abort(ctx.req(), input).await)
    }
}

async fn create(req: &RequestContext, input: CreateUploadInput) -> Result<CreateUploadPayload> {
    let (upload, user_errors) = outcome(open(req, input).await)?;
    let parts = match &upload {
        Some(upload) => addresses(req, upload, 1..=upload.part_count().min(MOST_SIGNED)).await?,
        None => vec![],
    };
    Ok(CreateUploadPayload { upload: upload.map(FileUpload::from), parts, user_errors })
}

/// Looked at first, so that the store is asked for nothing in vain; and looked at again, because others come meanwhile.
async fn open(req: &RequestContext, input: CreateUploadInput) -> kernel::Result<UploadRow> {
    let (mut new, limits) = (input.into_domain()?, &req.app.uploads);
    let id = req.write(async |tx| uploading::check_upload(tx, &mut new, limits).await).await?;
    let key = keys::source(MediaId(id.0));
    let multipart = req.app.storage.begin_parts(&key).await?;
    let parts = Parts { upload: id, key, multipart: multipart.clone() };
    let created = req.write(async |tx| uploading::create(tx, (id, multipart), new, limits).await).await;
    if created.is_err() {
        req.app.storage.drop_parts(&parts).await?;
    }
    created
}

async fn sign(req: &RequestContext, input: SignUploadPartsInput) -> Result<SignUploadPartsPayload> {
    let (parts, user_errors) = outcome(signed(req, input).await)?;
    Ok(SignUploadPartsPayload { parts: parts.unwrap_or_default(), user_errors })
}

async fn signed(req: &RequestContext, input: SignUploadPartsInput) -> kernel::Result<Vec<UploadPart>> {
    let upload = own(req, input.upload_id.at(&["input", "uploadId"])?).await?;
    if upload.status != UploadStatus::Open || upload.expires_at <= req.now {
        return Err(UPLOAD_CLOSED.at("uploadId").into());
    }
    let numbers: Option<Vec<u32>> = input.parts.iter().map(|number| u32::try_from(*number).ok()).collect();
    let numbers = numbers.filter(|numbers| numbers.len() <= MOST_SIGNED as usize);
    addresses(req, &upload, numbers.ok_or(UPLOAD_PART_INVALID.at("parts"))?).await
}

/// A folder has none of its own: there our server takes the parts.
async fn addresses(
    req: &RequestContext,
    upload: &UploadRow,
    numbers: impl IntoIterator<Item = u32>,
) -> kernel::Result<Vec<UploadPart>> {
    let (mut signed, parts) = (vec![], upload.parts());
    let lasts = LASTS.to_std().unwrap_or_default();
    for number in numbers {
        let size = upload.size_of(number).ok_or(UPLOAD_PART_INVALID.at("parts"))?;
        let (url, expires_at) = match req.app.storage.part_url(&parts, number, lasts).await? {
            Some(url) => (url, req.now + LASTS),
            None => {
                let path = format!("/uploads/{}/{number}", upload.id.to_wire());
                signing::signed(&req.app, "PUT", &path, LASTS)?
            }
        };
        let number = i32::try_from(number).unwrap_or(i32::MAX);
        signed.push(UploadPart { number, size: size as f64, url: Url(url), expires_at });
    }
    Ok(signed)
}

async fn complete(req: &RequestContext, input: CompleteUploadInput) -> Result<CompleteUploadPayload> {
    let id = input.upload_id.at(&["input", "uploadId"])?;
    let (upload, user_errors) = outcome(hand_in(req, id).await)?;
    Ok(CompleteUploadPayload { upload: upload.map(FileUpload::from), user_errors })
}

/// The store is asked before the transaction; whoever is slower finds the upload handed in.
async fn hand_in(req: &RequestContext, id: UploadId) -> kernel::Result<UploadRow> {
    let upload = own(req, id).await?;
    if upload.status == UploadStatus::Open {
        let there = req.app.storage.parts(&upload.parts()).await?;
        let whole = uploading::is_whole(&upload, &there);
        // Somebody else may have completed it meanwhile, and its parts be gone.
        if whole.is_err() && own(req, id).await?.status == UploadStatus::Open {
            whole?;
        }
    }
    req.write(async |tx| uploading::hand_in(tx, id, &req.app.uploads).await).await
}

async fn abort(req: &RequestContext, input: AbortUploadInput) -> Result<AbortUploadPayload> {
    let id = input.upload_id.at(&["input", "uploadId"])?;
    let (upload, user_errors) = outcome(req.write(async |tx| uploading::abort(tx, id).await).await)?;
    Ok(AbortUploadPayload { upload: upload.map(FileUpload::from), user_errors })
}

/// As it is now: not what a loader has seen before.
async fn own(req: &RequestContext, id: UploadId) -> kernel::Result<UploadRow> {
    let found = reading::uploads(req.db().read(), &req.viewer(), &[id]).await?.remove(&id);
    found.ok_or(Error::NotFound)
}
