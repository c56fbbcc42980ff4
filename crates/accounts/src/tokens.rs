use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Duration, Utc};
use kernel::{Result, Tx};
use sha2::{Digest, Sha256};

const ACCESS_MINUTES: i64 = 15;
const REFRESH_DAYS: i64 = 30;

/// What a client keeps to act as somebody. Shown once; only hashes are stored.
#[derive(Clone)]
pub struct Tokens {
    pub access: String,
    pub refresh: String,
    pub expires_at: DateTime<Utc>,
    pub refresh_expires_at: DateTime<Utc>,
}

impl Tokens {
    /// Two fresh opaque tokens of 256 bits each.
    pub fn new(tx: &Tx) -> Result<Self> {
        Ok(Self {
            access: opaque("lectern_access", tx.random()?),
            refresh: opaque("lectern_refresh", tx.random()?),
            expires_at: tx.now + Duration::minutes(ACCESS_MINUTES),
            refresh_expires_at: tx.now + Duration::days(REFRESH_DAYS),
        })
    }
}

/// What the tokens of programs begin with.
pub const API_TOKEN: &str = "lectern_api";

/// A fresh token for a program.
pub fn api_token(tx: &Tx) -> Result<String> {
    Ok(opaque(API_TOKEN, tx.random()?))
}

/// The prefix lets secret scanners recognise a leaked token.
pub fn opaque(prefix: &str, secret: [u8; 32]) -> String {
    format!("{prefix}_{}", URL_SAFE_NO_PAD.encode(secret))
}

/// SHA-256 as lower-case hex: what is stored of a token. No salt: the tokens are random already. Comparing hashes in an
/// index gives nothing away about the token itself.
pub fn token_hash(token: &str) -> String {
    Sha256::digest(token.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A random name for a session, by which it can be pointed at without its tokens.
pub fn session_key(tx: &Tx) -> Result<String> {
    Ok(URL_SAFE_NO_PAD.encode(tx.random::<16>()?))
}
