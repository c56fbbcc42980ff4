//! What one can show later for what was kept, and when.

use chrono::{DateTime, SecondsFormat, Utc};
use kernel::{AttemptId, EntityId, Result};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::{Answer, AnswerRow, AttemptRow};

/// A digest of answers as they were kept, and when. Signed on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub attempt: AttemptId,
    /// SHA-256 in hexadecimal digits.
    pub digest: String,
    pub at: DateTime<Utc>,
}

impl Receipt {
    /// Of one answer that was kept.
    pub fn of_answer(row: &AnswerRow) -> Result<Self> {
        Ok(Self { attempt: row.attempt_id, digest: digest(row.attempt_id, [row])?, at: row.saved_at })
    }

    /// Of an attempt that was handed in.
    pub fn of_attempt(row: &AttemptRow) -> Option<Self> {
        Some(Self { attempt: row.id, digest: row.answers_digest.clone()?, at: row.completed_at? })
    }

    /// What is signed.
    pub fn statement(&self) -> String {
        format!("{HEAD}{}\n{}\n{}", self.attempt.to_wire(), self.digest, instant(self.at))
    }
}

/// What else is signed begins otherwise.
const HEAD: &str = "lectern receipt 1\n";

/// Could this be what a receipt says?
pub fn is_statement(text: &str) -> bool {
    text.starts_with(HEAD)
}

/// The digest of the canonical JSON (RFC 8785): `{"answers": [{"answer", "question", "savedAt", "sequence"}], "attempt"}`, names in
/// alphabetical order, answers in that of their questions' ids, no white space. The form is documented: what is changed here is
/// another kind of receipt, with another [`HEAD`].
pub(crate) fn digest<'a>(attempt: AttemptId, answers: impl IntoIterator<Item = &'a AnswerRow>) -> Result<String> {
    let mut answers: Vec<&AnswerRow> = answers.into_iter().collect();
    answers.sort_by_key(|row| row.question_id);
    let mut list = vec![];
    for row in answers {
        // Databases keep JSON in forms of their own.
        let answer = if row.answer.is_null() { None } else { Some(Answer::read(&row.answer)?) };
        list.push(format!(
            "{{\"answer\":{},\"question\":{},\"savedAt\":{},\"sequence\":{}}}",
            json!(answer),
            json!(row.question_id.to_wire()),
            json!(instant(row.saved_at)),
            row.client_sequence
        ));
    }
    let text = format!("{{\"answers\":[{}],\"attempt\":{}}}", list.join(","), json!(attempt.to_wire()));
    let digest = Sha256::digest(text);
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// As exact as both databases keep it.
fn instant(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}
