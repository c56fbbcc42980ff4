//! Credentials can be checked by anybody, with programs that are not ours.

use std::process::Command;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use testkit::{TestApp, on_both};

use super::certificates_public::{School, row};
use crate::conventions::workspace;

/// The check that the README tells people to do.
fn documented() -> String {
    let readme = std::fs::read_to_string(workspace::root().join("README.md")).unwrap();
    let blocks = readme.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap().to_string());
    blocks.filter(|block| block.contains("openssl pkeyutl")).last().unwrap()
}

/// What it says of this token and key: whether it is good, and in which words.
fn checked(token: &str, key: &str) -> (bool, String) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("certificate.jwt"), token).unwrap();
    std::fs::write(folder.path().join("signing-key.pem"), key).unwrap();
    let run = Command::new("sh").arg("-c").arg(documented()).current_dir(folder.path()).output().unwrap();
    let says = [run.stdout, run.stderr].map(|out| String::from_utf8_lossy(&out).into_owned()).concat();
    (run.status.success(), says)
}

fn public_key(document: &Value) -> VerifyingKey {
    let multibase = document["verificationMethod"][0]["publicKeyMultibase"].as_str().unwrap();
    let bytes = bs58::decode(&multibase[1..]).into_vec().unwrap();
    assert_eq!((&multibase[..1], &bytes[..2]), ("z", &[0xed, 0x01][..]));
    VerifyingKey::from_bytes(bytes[2..].try_into().unwrap()).unwrap()
}

/// The check of an `eddsa-jcs-2022` proof, as its specification tells it. Our names are ASCII and our numbers none, so that
/// sorting is all there is to writing canonically.
fn is_proven(credential: &Value, key: &VerifyingKey) -> bool {
    let mut unsigned = credential.clone();
    let mut proof = unsigned.as_object_mut().unwrap().remove("proof").unwrap()[0].clone();
    let value = proof.as_object_mut().unwrap().remove("proofValue").unwrap();
    assert_eq!(proof["@context"], unsigned["@context"]);
    let hash = |value: &Value| Sha256::digest(sorted(value).as_bytes()).to_vec();
    let message = [hash(&proof), hash(&unsigned)].concat();
    let signature = bs58::decode(&value.as_str().unwrap()[1..]).into_vec().unwrap();
    key.verify_strict(&message, &Signature::from_slice(&signature).unwrap()).is_ok()
}

fn sorted(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let members: std::collections::BTreeMap<_, _> = members.iter().collect();
            let members: Vec<_> =
                members.iter().map(|(name, value)| format!("{}:{}", json!(name), sorted(value))).collect();
            format!("{{{}}}", members.join(","))
        }
        Value::Array(values) => format!("[{}]", values.iter().map(sorted).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

async fn json_at(school: &School, path: &str) -> Value {
    school.server.get(path).await.json().await.unwrap()
}

fn claims(token: &str) -> Value {
    let parts: Vec<_> = token.split('.').collect();
    assert_eq!(parts.len(), 3);
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap()
}

#[on_both]
async fn the_documented_check_passes_and_fails_for_every_printed_word_that_is_changed(app: TestApp) {
    let school = School::open(&app).await;
    let token = school.text(".jwt").await;
    let key = school.server.get("/.well-known/signing-key.pem").await.text().await.unwrap();
    let (is_good, says) = checked(&token, &key);
    assert!(is_good && says.contains("Signature Verified Successfully"), "{says}");
    let text = claims(&token).to_string();
    for one in row(&app).await.printed() {
        // As the text of a JSON string has it.
        let quoted = json!(one.value).to_string();
        let words = &quoted[1..quoted.len() - 1];
        assert!(text.contains(words), "{}: {text}", one.label);
        let changed = text.replace(words, "another");
        let parts: Vec<_> = token.split('.').collect();
        let forged = format!("{}.{}.{}", parts[0], URL_SAFE_NO_PAD.encode(changed), parts[2]);
        let (is_good, says) = checked(&forged, &key);
        assert!(!is_good && !says.contains("Successfully"), "{}: {says}", one.label);
    }
    // Nor does anybody else's key fit.
    let other = School::open(&TestApp::on_sqlite().await).await;
    let others = other.server.get("/.well-known/signing-key.pem").await.text().await.unwrap();
    assert!(others != key && !checked(&token, &others).0);
    other.server.stop().await;
    school.server.stop().await;
}

#[on_both]
async fn the_credential_is_an_open_badge_with_a_proof_that_fits_its_published_key(app: TestApp) {
    let school = School::open(&app).await;
    let credential: Value = serde_json::from_str(&school.text(".json").await).unwrap();
    let document = json_at(&school, "/.well-known/did.json").await;
    let key = public_key(&document);
    assert!(is_proven(&credential, &key));
    let proof = &credential["proof"][0];
    assert_eq!((&proof["type"], &proof["cryptosuite"]), (&json!("DataIntegrityProof"), &json!("eddsa-jcs-2022")));
    assert_eq!(proof["verificationMethod"], document["verificationMethod"][0]["id"]);
    assert_eq!(document["assertionMethod"], json!([proof["verificationMethod"]]));
    assert_eq!(credential["issuer"]["id"], document["id"]);

    let row = row(&app).await;
    let page = format!("http://127.0.0.1:8000/certificates/{}", row.serial);
    let mut said = credential.clone();
    said.as_object_mut().unwrap().remove("proof");
    let narrative = said["credentialSubject"].as_object_mut().unwrap().remove("narrative");
    assert!(narrative.is_some());
    let subject = json!({
        "type": ["AchievementSubject"],
        "activityEndDate": "2026-07-01T11:00:00Z",
        "licenseNumber": row.serial,
        "identifier": [{"type": "IdentityObject", "hashed": false, "identityHash": row.recipient_name, "identityType": "name"}],
        "achievement": {
            "id": format!("urn:uuid:{}", row.course_id.0), "type": ["Achievement"], "achievementType": "Course",
            "name": "Rust & Co. <b>", "description": "The course \"Rust & Co. <b>\".",
            "criteria": {"narrative": "Everything that the course asks for was done to the end."},
            "creator": {"id": format!("{page}#instructor"), "type": ["Profile"], "name": "Tomas"},
        },
    });
    let wanted = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": page, "type": ["VerifiableCredential", "OpenBadgeCredential"], "name": "Rust & Co. <b>",
        "issuer": {"id": "did:web:127.0.0.1%3A8000", "type": ["Profile"], "name": "Lectern", "url": "http://127.0.0.1:8000"},
        "validFrom": "2026-07-01T12:00:00Z", "awardedDate": "2026-07-01T12:00:00Z",
        "credentialSubject": subject,
        "credentialStatus": {"id": format!("{page}/status"), "type": "1EdTechRevocationList"},
    });
    assert_eq!(said, wanted);
    school.server.stop().await;
}

#[on_both]
async fn a_proof_fits_nothing_but_what_was_signed(app: TestApp) {
    let school = School::open(&app).await;
    let text = school.text(".json").await;
    let credential: Value = serde_json::from_str(&text).unwrap();
    let key = public_key(&json_at(&school, "/.well-known/did.json").await);
    for one in row(&app).await.printed() {
        let quoted = json!(one.value).to_string();
        let words = &quoted[1..quoted.len() - 1];
        let changed: Value = serde_json::from_str(&text.replace(words, "another")).unwrap();
        assert!(changed != credential && !is_proven(&changed, &key), "{}", one.label);
    }
    for pointer in ["/validFrom", "/id", "/issuer/id", "/proof/0/created", "/credentialStatus/id"] {
        let mut changed = credential.clone();
        *changed.pointer_mut(pointer).unwrap() = json!("2030-01-01T00:00:00Z");
        assert!(!is_proven(&changed, &key), "{pointer}");
    }
    school.server.stop().await;
}

#[on_both]
async fn tokens_name_their_key_and_their_times(app: TestApp) {
    let school = School::open(&app).await;
    let token = school.text(".jwt").await;
    assert_eq!(token, school.text(".jwt").await, "the same is signed in the same way");
    let header: Value =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap()).unwrap()).unwrap();
    let keys = json_at(&school, "/.well-known/jwks.json").await;
    assert_eq!((&header["alg"], &header["typ"]), (&json!("EdDSA"), &json!("vc+jwt")));
    let key = &keys["keys"][0];
    assert_eq!((&key["kid"], &key["kty"], &key["crv"]), (&header["kid"], &json!("OKP"), &json!("Ed25519")));
    assert_eq!((keys["keys"].as_array().unwrap().len(), key.get("d")), (1, None), "only what is public");
    let x = URL_SAFE_NO_PAD.decode(key["x"].as_str().unwrap()).unwrap();
    let key = VerifyingKey::from_bytes(x[..].try_into().unwrap()).unwrap();
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let signature = Signature::from_slice(&URL_SAFE_NO_PAD.decode(signature).unwrap()).unwrap();
    assert!(key.verify_strict(signed.as_bytes(), &signature).is_ok());
    let claims = claims(&token);
    let issued = row(&app).await.issued_at.timestamp();
    assert_eq!((&claims["nbf"], &claims["jti"], claims.get("exp")), (&json!(issued), &claims["id"], None));
    super::certificates_vouching::revokes(&school.tomas, &school.certificate["id"], "x").await.data();
    assert_eq!(self::claims(&school.text(".jwt").await)["exp"], json!(issued));
    school.server.stop().await;
}
