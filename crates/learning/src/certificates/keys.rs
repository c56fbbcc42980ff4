//! The school's public keys, in the forms in which programs ask for them.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use serde_json::{Value, json};

use super::{
    credential::Issuer,
    signing::{Signer, sha256},
};

/// RFC 7517: what tokens are checked with.
pub fn key_set(issuer: &Issuer, signer: &Signer) -> Value {
    let keys = signer.all_public();
    json!({"keys": keys.iter().map(|key| key_of(issuer, key)).collect::<Vec<_>>()})
}

fn key_of(issuer: &Issuer, key: &[u8; 32]) -> Value {
    let x = URL_SAFE_NO_PAD.encode(key);
    json!({"kty": "OKP", "crv": "Ed25519", "x": x, "kid": key_id(issuer, key), "alg": "EdDSA", "use": "sig"})
}

/// The document that `did:web` leads to: each key in the form for embedded proofs, which is also what tokens name.
pub fn did_document(issuer: &Issuer, signer: &Signer) -> Value {
    let did = issuer.did();
    let keys = signer.all_public();
    let method = |key: &[u8; 32]| json!({"id": key_id(issuer, key), "type": "Multikey", "controller": did, "publicKeyMultibase": multikey(key)});
    json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": keys.iter().map(method).collect::<Vec<_>>(),
        "assertionMethod": keys.iter().map(|key| key_id(issuer, key)).collect::<Vec<_>>(),
        "service": [{"id": format!("{did}#school"), "type": "LinkedDomains", "serviceEndpoint": issuer.address}],
    })
}

/// The present key for programs such as openssl.
pub fn public_key_pem(signer: &Signer) -> String {
    // RFC 8410: a sequence, its algorithm, and the 32 bytes.
    const BEFORE: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
    let key = STANDARD.encode([&BEFORE[..], &signer.public()].concat());
    format!("-----BEGIN PUBLIC KEY-----\n{key}\n-----END PUBLIC KEY-----\n")
}

/// What signatures name a key by: the school, and the key's fingerprint (RFC 7638).
pub fn key_id(issuer: &Issuer, key: &[u8; 32]) -> String {
    let x = URL_SAFE_NO_PAD.encode(key);
    let thumbprint = sha256(&format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#));
    format!("{}#{}", issuer.did(), URL_SAFE_NO_PAD.encode(thumbprint))
}

/// Base58 with its mark, behind the mark of an Ed25519 key.
fn multikey(key: &[u8; 32]) -> String {
    multibase(&[&[0xed, 0x01], &key[..]].concat())
}

pub fn multibase(bytes: &[u8]) -> String {
    format!("z{}", bs58::encode(bytes).into_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_written_as_the_standards_have_them() {
        // The key of the example in the Open Badges implementation guide.
        let hex = "4bdeafde2ea8beefadd8c699b5c7e0704cf51154d52e17b20b71337ca04cc5a5";
        let bytes: Vec<u8> = (0..32).map(|at| u8::from_str_radix(&hex[at * 2..at * 2 + 2], 16).unwrap()).collect();
        let key: [u8; 32] = bytes.try_into().unwrap();
        assert_eq!(multikey(&key), "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi");
        // The key and the fingerprint of RFC 8037, A.2 and A.3.
        let x = URL_SAFE_NO_PAD.decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo").unwrap();
        let issuer = Issuer { address: "https://school.example".into() };
        let id = key_id(&issuer, &x.try_into().unwrap());
        assert_eq!(id, "did:web:school.example#kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }
}
