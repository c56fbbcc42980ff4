use assessment::attempting::Receipt;
use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};

use crate::app::App;

/// What one can show later for what was kept, and when. `verifyReceipt` says whether it is ours; whoever has the school's public
/// key can find that out without us.
#[derive(SimpleObject)]
pub struct AnswerReceipt {
    /// The SHA-256, in hexadecimal digits, of the answers as they were kept: of the JSON
    /// `{"answers":[{"answer":..,"question":..,"savedAt":..,"sequence":..}],"attempt":..}` in the form of RFC 8785 (names in
    /// alphabetical order, no white space, UTF-8). `attempt` and `question` are ids, `sequence` is `clientSequence`, `savedAt` the
    /// time in UTC with three decimals, as in `2026-07-01T12:00:00.000Z`, finer ones dropped. The answers are in the order of
    /// their questions' ids: of an attempt that was handed in all that it has, of one that was saved that one. `answer` is
    /// `{"ids":[..]}` with the keys as they were ticked for `multipleChoice`, `{"value":true}` for `trueFalse`, `{"text":".."}` for
    /// `shortAnswer` and `essay`, `{"number":".."}` for `numeric`, `{"pairs":{"prompt":"choice"}}` for `matching`,
    /// `{"order":[..]}` for `ordering`, `{"gaps":{"name":"text"}}` for `fillIn`.
    sha256: String,
    /// When that was.
    kept_at: DateTime<Utc>,
    /// What is signed: the four lines `lectern receipt 1`, the attempt's id, `sha256`, and `keptAt` in the form of `savedAt`, with a
    /// line feed between them and none at the end.
    statement: String,
    /// The signature under the statement: Ed25519 (RFC 8032) by the key that certificates are signed with, in base64url without
    /// padding. The public key is at `/.well-known/jwks.json`, and as PEM at `/.well-known/signing-key.pem`.
    signature: String,
}

impl AnswerReceipt {
    /// None where the installation has no key.
    pub fn of(app: &App, receipt: &Receipt) -> Option<Self> {
        let statement = receipt.statement();
        let signature = app.school.signer.as_ref()?.sign_text(&statement);
        Some(Self { sha256: receipt.digest.clone(), kept_at: receipt.at, statement, signature })
    }
}
