//! Addresses of this server that are good for a time: whoever has one needs nothing else.

use chrono::{DateTime, Duration, Utc};
use kernel::Result;
use serde::Deserialize;

use crate::app::App;

/// What makes an address good, in its query.
#[derive(Clone, Debug, Deserialize)]
pub struct Signature {
    /// In seconds since 1970.
    pub expires: i64,
    pub signature: String,
}

/// The path with what makes it good for this method until then.
pub fn signed(app: &App, method: &str, path: &str, lasts: Duration) -> Result<(String, DateTime<Utc>)> {
    let until = app.world.now() + lasts;
    let expires = until.timestamp();
    let mark = app.secret_key()?.sign(&text(method, path, expires));
    Ok((format!("{path}?expires={expires}&signature={mark}"), until))
}

/// Is it, still?
pub fn is_good(app: &App, method: &str, path: &str, signature: &Signature) -> Result<bool> {
    let is_ours = app.secret_key()?.has_signed(&text(method, path, signature.expires), &signature.signature);
    Ok(is_ours && app.world.now().timestamp() < signature.expires)
}

fn text(method: &str, path: &str, expires: i64) -> String {
    format!("{method}\n{path}\n{expires}")
}
