//! Certificates are taken back and replaced; none is ever deleted.

use accounts::Letter;
use courses::look;
use kernel::{AuditRecord, CertificateId, EntityId, Error, Live, Permit, Problem, Result, Tx, allow};
use sea_orm::{ColumnTrait, ExprTrait, PaginatorTrait, QueryFilter, Set, sea_query::Expr};

use super::{
    issuing::{name_of_holder, new_serial},
    policy::{Certified, Rename, Vouch},
    rules::{
        CERTIFICATE_HOLDER_NOT_ACTIVE, CERTIFICATE_NAME_MISSING, CERTIFICATE_REASON_REQUIRED,
        CERTIFICATE_REASON_TOO_LONG, CERTIFICATE_RENAMED_OFTEN, CERTIFICATE_REVOKED, CERTIFICATE_SUPERSEDED,
        CERTIFICATE_UNCHANGED,
    },
};
use crate::{
    CertificateRow,
    certificate::{ActiveModel, Column, Entity, Model},
};

const LONGEST: usize = 500;

/// How often a certificate may have been replaced when its holder asks for it.
const MOST_RENAMES: u64 = 2;

/// Takes a certificate back, for good. Everybody who checks it is told the reason.
pub async fn revoke(tx: &mut Tx, id: CertificateId, reason: &str) -> Result<CertificateRow> {
    let permit = vouched(tx, find(tx, id).await?).await?;
    let reason = worded(Some(reason))?.ok_or_else(|| CERTIFICATE_REASON_REQUIRED.at("reason"))?;
    let sets = vec![(Column::RevokedAt, Expr::val(tx.now)), (Column::RevokedReason, Expr::val(&reason))];
    let valid = standing(id).and(Column::RevokedAt.is_null());
    if tx.change_where::<_, _, Entity>(&permit, valid, sets).await? == 0 {
        return Err(unfit(&reread(tx, id).await?).into());
    }
    tx.record(AuditRecord::new("certificate.revoked", id).reason(&reason)).await?;
    let Model { user_id: user, course_title, serial, .. } = permit.into_row().certificate;
    tx.enqueue(&Letter::CertificateRevoked { user, course_title, serial, reason }).await?;
    reread(tx, id).await
}

/// Puts a new certificate in the place of one: with the holder's name as it is by now and a serial of its own, everything
/// else as it was. The old one says where the new one is.
pub async fn reissue(tx: &mut Tx, id: CertificateId, reason: Option<&str>) -> Result<CertificateRow> {
    let found = find(tx, id).await?;
    if tx.viewer.is(found.user_id) {
        return rename(tx, found, reason).await;
    }
    let permit = vouched(tx, found).await?;
    let old = permit.certificate.clone();
    replace(tx, &permit, old, standing(id), reason).await
}

/// The same by the holder, of one that is good, when they are called otherwise by now; and not again and again, or a
/// certificate could go from hand to hand. Of two at once one finds the old one standing: so nobody passes the limit.
async fn rename(tx: &mut Tx, old: Model, reason: Option<&str>) -> Result<CertificateRow> {
    let permit = allow::<Rename, _>(&tx.viewer, old.clone())?;
    if old.revoked_at.is_some() || old.superseded_at.is_some() {
        return Err(unfit(&reread(tx, old.id).await?).into());
    }
    let version = old.course_version_id.map_or(Column::CourseVersionId.is_null(), |id| Column::CourseVersionId.eq(id));
    let before = Entity::live().filter(Column::EnrollmentId.eq(old.enrollment_id)).filter(version);
    if before.filter(Column::SupersededAt.is_not_null()).count(&tx.conn).await? >= MOST_RENAMES {
        return Err(CERTIFICATE_RENAMED_OFTEN.at("id").into());
    }
    // Nor does it undo a revocation that comes meanwhile.
    let valid = standing(old.id).and(Column::RevokedAt.is_null());
    replace(tx, &permit, old, valid, reason).await
}

async fn replace<A, P>(
    tx: &mut Tx,
    permit: &Permit<A, P>,
    old: Model,
    which: Expr,
    reason: Option<&str>,
) -> Result<CertificateRow> {
    let (id, reason) = (old.id, worded(reason)?);
    let holder = holder(tx, &old).await?;
    let superseded = vec![(Column::SupersededAt, Expr::val(tx.now))];
    if tx.change_where::<_, _, Entity>(permit, which, superseded).await? == 0 {
        return Err(unfit(&reread(tx, id).await?).into());
    }
    let row = replacement(tx, old, holder)?;
    let new = tx.insert(permit, row).await?;
    let replaced = vec![(Column::ReplacedBy, Expr::val(new.id))];
    tx.change_where::<_, _, Entity>(permit, Column::Id.eq(id), replaced).await?;
    let mut record = AuditRecord::new("certificate.reissued", id).with("replacedBy", new.id.to_wire());
    if let Some(reason) = reason {
        record = record.reason(reason);
    }
    tx.record(record).await?;
    let (user, course_title, serial) = (new.user_id, new.course_title.clone(), new.serial.clone());
    tx.enqueue(&Letter::CertificateReissued { user, course_title, serial }).await?;
    Ok(new.into())
}

async fn find(tx: &Tx, id: CertificateId) -> Result<Model> {
    let found = Entity::visible_to(&tx.viewer).filter(Column::Id.eq(id)).one(&tx.conn).await?;
    found.ok_or(Error::NotFound)
}

/// The right to vouch for a certificate, or to do so no more.
async fn vouched(tx: &Tx, certificate: Model) -> Result<Permit<Vouch, Certified>> {
    let taught = match look(&tx.conn, &tx.viewer, certificate.course_id).await {
        Ok(taught) => Some(taught),
        // The course may be gone; what was learnt there is not.
        Err(Error::NotFound) => None,
        Err(error) => return Err(error),
    };
    allow::<Vouch, _>(&tx.viewer, Certified { certificate, taught })
}

/// This one, as long as nothing has its place. Asked by the change itself: of two at once, one finds it.
fn standing(id: CertificateId) -> Expr {
    Column::Id.eq(id).and(Column::SupersededAt.is_null())
}

fn unfit(certificate: &CertificateRow) -> Problem {
    let rule = if certificate.superseded_at.is_some() { CERTIFICATE_SUPERSEDED } else { CERTIFICATE_REVOKED };
    rule.at("id")
}

async fn holder(tx: &Tx, old: &Model) -> Result<String> {
    if !accounts::stays_active(tx, old.user_id).await? {
        return Err(CERTIFICATE_HOLDER_NOT_ACTIVE.at("id").into());
    }
    let name = name_of_holder(tx, old.user_id).await?.ok_or_else(|| CERTIFICATE_NAME_MISSING.at("id"))?;
    // A revoked one may come back as it was: that is how a revocation is undone.
    if name == old.recipient_name && old.revoked_at.is_none() && old.superseded_at.is_none() {
        return Err(CERTIFICATE_UNCHANGED.at("id").into());
    }
    Ok(name)
}

fn replacement(tx: &mut Tx, old: Model, holder: String) -> Result<ActiveModel> {
    Ok(ActiveModel {
        id: Set(tx.new_id()?),
        enrollment_id: Set(old.enrollment_id),
        user_id: Set(old.user_id),
        course_id: Set(old.course_id),
        course_version_id: Set(old.course_version_id),
        serial: Set(new_serial(tx)?),
        recipient_name: Set(holder),
        course_title: Set(old.course_title),
        instructor_name: Set(old.instructor_name),
        institution_name: Set(old.institution_name),
        duration: Set(old.duration),
        issued_at: Set(tx.now),
        completed_at: Set(old.completed_at),
        ..Default::default()
    })
}

/// The reason in one line; none when it says nothing.
fn worded(reason: Option<&str>) -> Result<Option<String>> {
    let reason = reason.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.chars().count() > LONGEST {
        return Err(CERTIFICATE_REASON_TOO_LONG.at("reason").into());
    }
    Ok(Some(reason).filter(|reason| !reason.is_empty()))
}

async fn reread(tx: &Tx, id: CertificateId) -> Result<CertificateRow> {
    let found = Entity::visible_to(&tx.viewer).filter(Column::Id.eq(id)).into_partial_model();
    found.one(&tx.conn).await?.ok_or(Error::NotFound)
}
