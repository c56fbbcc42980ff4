use kernel::{ApiTokenId, AuditRecord, Check, CourseId, EntityId, Error, Permission, Result, Tx, UploadId, Viewer};
use sea_orm::{ActiveEnum, PaginatorTrait, Set};

use super::{
    forms::Kind,
    limits::{UploadLimits, account, check_open, check_room},
};
use crate::{UploadPurpose, UploadRow, UploadStatus, is_file_name, rules::*, upload};

/// What somebody says that they will bring.
#[derive(Clone, Debug)]
pub struct NewUpload {
    pub purpose: UploadPurpose,
    pub course: Option<CourseId>,
    pub file_name: String,
    pub mime_type: String,
    /// In bytes, as far as it can be one.
    pub size: Option<i64>,
    pub sha256: String,
}

/// Looks at everything before the store is asked for anything; answers the id that the upload is to have.
pub async fn check_upload(tx: &mut Tx, new: &mut NewUpload, limits: &UploadLimits) -> Result<UploadId> {
    may_bring(tx, new.purpose, new.course).await?;
    new.check(limits)?;
    let permit = account(tx).await?;
    check_open(tx, permit.id, limits).await?;
    check_room(tx, permit.id, (new.size.unwrap_or_default(), "size"), limits).await?;
    tx.new_id()
}

/// Opens an upload that the store is ready for.
pub async fn create(
    tx: &mut Tx,
    (id, multipart): (UploadId, String),
    mut new: NewUpload,
    limits: &UploadLimits,
) -> Result<UploadRow> {
    check_upload(tx, &mut new, limits).await?;
    let permit = account(tx).await?;
    let size = new.size.unwrap_or_default();
    let row = upload::ActiveModel {
        id: Set(id),
        user_id: Set(permit.id),
        api_token_id: Set(program(&tx.viewer)),
        course_id: Set(new.course),
        media_id: Set(None),
        purpose: Set(new.purpose),
        file_name: Set(new.file_name),
        mime_type: Set(new.mime_type),
        file_size: Set(size),
        sha256: Set(new.sha256),
        part_size: Set(limits.part_of(size)),
        status: Set(UploadStatus::Open),
        reason: Set(String::new()),
        multipart: Set(multipart),
        expires_at: Set(tx.now + limits.lasts),
        ..Default::default()
    };
    let upload = tx.insert(&permit, row).await?;
    let record = AuditRecord::new("upload.created", id).with("purpose", upload.purpose.to_value());
    let record = record.with("courseId", upload.course_id.map(EntityId::to_wire));
    tx.record(record.with("fileName", &*upload.file_name).with("size", upload.file_size)).await?;
    Ok(upload.into())
}

fn program(viewer: &Viewer) -> Option<ApiTokenId> {
    match viewer {
        Viewer::Service(service) => Some(service.token),
        _ => None,
    }
}

/// May the viewer bring a file for this? What a course shows is its editors'; lessons are for those who make courses, and
/// for programs whose token has the scope; a program has no face.
pub(super) async fn may_bring(tx: &Tx, purpose: UploadPurpose, course: Option<CourseId>) -> Result<()> {
    match purpose {
        UploadPurpose::Avatar => tx.viewer.person()?,
        UploadPurpose::MediaFile | UploadPurpose::CourseThumbnail => tx.viewer.actor().ok_or(Error::Unauthenticated)?,
    };
    if (purpose == UploadPurpose::CourseThumbnail) != course.is_some() {
        return Err(UPLOAD_NEEDS_COURSE.at("courseId").into());
    }
    if let Some(course) = course {
        courses::edit(tx, course).await?;
    }
    if purpose == UploadPurpose::MediaFile && !makes_courses(tx).await? {
        return Err(UPLOAD_FOR_AUTHORS.at("purpose").into());
    }
    Ok(())
}

async fn makes_courses(tx: &Tx) -> Result<bool> {
    let may = [Permission::CoursesCreate, Permission::CoursesManage].iter().any(|it| tx.viewer.has(*it));
    Ok(may || courses::course::Entity::taught_by(&tx.viewer).count(&tx.conn).await? > 0)
}

impl NewUpload {
    fn check(&mut self, limits: &UploadLimits) -> Result<()> {
        self.file_name = self.file_name.trim().to_string();
        self.sha256 = self.sha256.trim().to_ascii_lowercase();
        let is_picture = self.purpose != UploadPurpose::MediaFile;
        let kind = Kind::announced(&self.mime_type).filter(|kind| !is_picture || kind.form.is_image());
        let most = match kind {
            _ if is_picture => limits.largest_picture,
            Some(kind) => kind.form.largest().min(limits.largest),
            None => limits.largest,
        };
        let mut check = Check::new();
        check.require(is_file_name(&self.file_name), MEDIA_FILE_NAME_INVALID.at("fileName"));
        let not_taken = UPLOAD_TYPE_NOT_TAKEN.at("mimeType");
        let not_taken = match is_picture {
            true => kernel::Problem { message: "A picture is a PNG, JPEG, GIF or WebP file.".into(), ..not_taken },
            false => not_taken,
        };
        check.require(kind.is_some(), not_taken);
        check.require(self.size.is_some_and(|size| size > 0), UPLOAD_SIZE_INVALID.at("size"));
        check.require(self.size.is_none_or(|size| size <= most), too_large(most));
        let is_hash = self.sha256.len() == 64 && self.sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
        check.require(is_hash, UPLOAD_HASH_INVALID.at("sha256"));
        check.done()?;
        self.mime_type = kind.map(|kind| kind.mime_type.to_string()).unwrap_or_default();
        Ok(())
    }
}

fn too_large(most: i64) -> kernel::Problem {
    UPLOAD_TOO_LARGE.with("size", format!("The file is too large: at most {} MiB.", most >> 20))
}
