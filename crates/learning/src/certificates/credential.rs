//! The certificate for programs: an Open Badge 3.0, which is a W3C verifiable credential (data model 2.0), signed in two
//! ways. What it says is what is printed; the signature holds wherever the file goes, and the status is asked for.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use kernel::Result;
use serde_json::{Value, json};

use super::{
    keys::{key_id, multibase},
    printed::day,
    signing::{Signer, canonical, sha256},
    status::CertificateStatus,
    verifying::Verified,
};
use crate::CertificateRow;

/// Where the school's certificates are at home.
#[derive(Clone, Debug)]
pub struct Issuer {
    /// `https://school.example` or with a path, without a slash at its end.
    pub address: String,
}

impl Issuer {
    /// The school's name among programs: the address, as `did:web` writes it.
    pub fn did(&self) -> String {
        let address = self.address.split_once("://").map_or(self.address.as_str(), |(_, rest)| rest);
        let parts: Vec<_> = address.split('/').map(|part| part.replace(':', "%3A")).collect();
        format!("did:web:{}", parts.join(":"))
    }

    /// The page that everybody may see; with `.pdf`, `.json` and `.jwt` behind it the same in other forms.
    pub fn page(&self, serial: &str) -> String {
        format!("{}/certificates/{serial}", self.address)
    }
}

const CONTEXT: [&str; 2] =
    ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"];

/// The credential with its proof inside (`eddsa-jcs-2022`).
pub fn credential(verified: &Verified, issuer: &Issuer, signer: &Signer) -> Result<Value> {
    let mut signed = unsigned(verified, issuer);
    let mut proof = json!({
        "@context": CONTEXT,
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": moment(said_at(&verified.certificate)),
        "verificationMethod": key_id(issuer, &signer.public()),
        "proofPurpose": "assertionMethod",
    });
    let hashes = [sha256(&canonical(&proof)?), sha256(&canonical(&signed)?)].concat();
    proof["proofValue"] = multibase(&signer.sign(&hashes)).into();
    signed["proof"] = json!([proof]);
    Ok(signed)
}

/// The credential as a signed token (`vc+jwt`): three parts, of which the last signs the others.
pub fn token(verified: &Verified, issuer: &Issuer, signer: &Signer) -> Result<String> {
    let header = json!({"alg": "EdDSA", "typ": "vc+jwt", "cty": "vc", "kid": key_id(issuer, &signer.public())});
    let mut claims = unsigned(verified, issuer);
    claims["iss"] = issuer.did().into();
    claims["jti"] = claims["id"].clone();
    claims["nbf"] = verified.certificate.issued_at.timestamp().into();
    if let Some(end) = ended_at(&verified.certificate) {
        claims["exp"] = end.timestamp().into();
    }
    let parts = [header, claims].into_iter().map(|part| Ok(URL_SAFE_NO_PAD.encode(canonical(&part)?)));
    let signed = parts.collect::<Result<Vec<_>>>()?.join(".");
    Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signer.sign(signed.as_bytes()))))
}

/// What the credential's `credentialStatus` leads to: the list of those that are good no longer, out of this one. A list of
/// all would tell every serial that was revoked.
pub fn revocations(verified: &Verified, issuer: &Issuer) -> Value {
    let certificate = &verified.certificate;
    let page = issuer.page(&certificate.serial);
    let revoked =
        remark(verified, issuer).map(|remark| json!({"id": page, "revoked": true, "revocationReason": remark}));
    let revoked: Vec<_> = revoked.into_iter().collect();
    json!({"id": status_of(&page), "issuer": issuer.did(), "revokedCredential": revoked})
}

fn status_of(page: &str) -> String {
    format!("{page}/status")
}

fn unsigned(verified: &Verified, issuer: &Issuer) -> Value {
    let certificate = &verified.certificate;
    let page = issuer.page(&certificate.serial);
    let mut credential = json!({
        "@context": CONTEXT,
        "id": page,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": certificate.course_title,
        "issuer": {"id": issuer.did(), "type": ["Profile"], "name": certificate.institution_name, "url": issuer.address},
        "validFrom": moment(certificate.issued_at),
        "awardedDate": moment(certificate.issued_at),
        "credentialSubject": subject(certificate, &page),
        "credentialStatus": {"id": status_of(&page), "type": "1EdTechRevocationList"},
    });
    if let (Some(end), Some(remark)) = (ended_at(certificate), remark(verified, issuer)) {
        credential["validUntil"] = moment(end).into();
        credential["description"] = remark.into();
    }
    credential
}

fn subject(certificate: &CertificateRow, page: &str) -> Value {
    let mut subject = json!({
        "type": ["AchievementSubject"],
        "activityEndDate": moment(certificate.completed_at),
        "licenseNumber": certificate.serial,
        "narrative": narrative(certificate),
        "achievement": {
            // The version that was finished: what another one asks for is another achievement.
            "id": format!("urn:uuid:{}", certificate.course_version_id.map_or(certificate.course_id.0, |version| version.0)),
            "type": ["Achievement"],
            "achievementType": "Course",
            "name": certificate.course_title,
            "description": format!("The course \"{}\".", certificate.course_title),
            "criteria": {"narrative": "Everything that the course asks for was done to the end."},
        },
    });
    if !certificate.recipient_name.is_empty() {
        subject["identifier"] = json!([{
            "type": "IdentityObject",
            "hashed": false,
            "identityHash": certificate.recipient_name,
            "identityType": "name",
        }]);
    }
    if !certificate.instructor_name.is_empty() {
        subject["achievement"]["creator"] =
            json!({"id": format!("{page}#instructor"), "type": ["Profile"], "name": certificate.instructor_name});
    }
    subject
}

/// All that is printed, in sentences: what has no field of its own in an Open Badge is here.
fn narrative(certificate: &CertificateRow) -> String {
    let lines = certificate.printed().into_iter().map(|one| format!("{}: {}.", one.label, one.value));
    lines.collect::<Vec<_>>().join(" ")
}

/// Why it is good no longer.
fn remark(verified: &Verified, issuer: &Issuer) -> Option<String> {
    let certificate = &verified.certificate;
    let end = day(ended_at(certificate)?);
    let other = verified.replaced_by.as_deref();
    let other =
        other.map(|serial| format!(" In its place there is {serial}: {}", issuer.page(serial))).unwrap_or_default();
    Some(match certificate.status() {
        CertificateStatus::Revoked => format!("Revoked on {end}: {}{other}", certificate.revoked_reason),
        _ => format!("Replaced on {end}.{other}"),
    })
}

/// Since when it is good no longer.
fn ended_at(certificate: &CertificateRow) -> Option<DateTime<Utc>> {
    certificate.revoked_at.or(certificate.superseded_at)
}

/// When what is signed became so: not the moment of asking, so that the same is always signed in the same way.
fn said_at(certificate: &CertificateRow) -> DateTime<Utc> {
    ended_at(certificate).unwrap_or(certificate.issued_at)
}

fn moment(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_school_is_named_by_its_address() {
        for (address, did) in [
            ("https://school.example", "did:web:school.example"),
            ("https://school.example/app/api", "did:web:school.example:app:api"),
            ("http://localhost:8000", "did:web:localhost%3A8000"),
        ] {
            assert_eq!(Issuer { address: address.into() }.did(), did);
        }
    }
}
