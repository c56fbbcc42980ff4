use assessment::attempting::Receipt;
use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};

use crate::app::App;

/// What one can show later for what was kept, and when. `verifyReceipt` says whether it is ours.
#[derive(SimpleObject)]
pub struct AnswerReceipt {
    /// The SHA-256, in hexadecimal digits, of the answers as they were kept: of the JSON
    /// `{"answers":[{"answer":..,"question":..,"savedAt":..,"sequence":..}],"attempt":..}` with names in alphabetical order,
    /// answers in that of their questions' ids and no white space.
    sha256: String,
    /// When that was.
    kept_at: DateTime<Utc>,
    /// What is signed: four lines with the attempt, the digest and the time.
    statement: String,
    /// The signature under the statement.
    signature: String,
}

impl AnswerReceipt {
    /// None where the installation has no key.
    pub fn of(app: &App, receipt: &Receipt) -> Option<Self> {
        let statement = receipt.statement();
        let signature = app.secret_key.as_ref()?.sign(&statement);
        Some(Self { sha256: receipt.digest.clone(), kept_at: receipt.at, statement, signature })
    }
}
