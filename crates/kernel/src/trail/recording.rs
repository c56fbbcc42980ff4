use sea_orm::{EntityTrait, Set};
use serde_json::{Map, Value};

use super::{audit_event, redacting::redacted};
use crate::{EntityId, Result, Tx, UserId};

/// What led to a transaction: the request it answers, and where that came from. Empty when nobody asked.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    pub request_id: String,
    pub ip_address: String,
}

/// One thing that was done. Secrets can't get in: what a field's name says is one is left out, and personal data
/// appears only in part, since nothing is ever taken out of the trail.
pub struct AuditRecord {
    action: &'static str,
    target_type: &'static str,
    target_id: String,
    actor: Option<UserId>,
    before: Map<String, Value>,
    after: Map<String, Value>,
    reason: Option<String>,
}

impl AuditRecord {
    /// `action` is dotted and in the past tense: `user.suspended`.
    pub fn new<I: EntityId>(action: &'static str, target: I) -> Self {
        let (before, after) = (Map::new(), Map::new());
        let target_id = target.to_wire();
        Self { action, target_type: I::PREFIX, target_id, actor: None, before, after, reason: None }
    }

    /// Notes what became of a field, by its name in the API. One that stayed as it was is left out.
    pub fn change(mut self, field: &str, before: impl Into<Value>, after: impl Into<Value>) -> Self {
        let (before, after) = (before.into(), after.into());
        if before != after {
            self.before.insert(field.into(), redacted(self.target_type, field, before));
            self.after.insert(field.into(), redacted(self.target_type, field, after));
        }
        self
    }

    /// Notes a field of something new.
    pub fn with(self, field: &str, value: impl Into<Value>) -> Self {
        self.change(field, Value::Null, value)
    }

    /// What it is about, and what became of it.
    fn noted(&self) -> Noted {
        let (action, target_id) = (self.action, self.target_id.clone());
        Noted { action, target_id, before: self.before.clone(), after: self.after.clone() }
    }

    /// Why it was done, in the words of who did it.
    pub fn reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// Who did it, when that is not the transaction's viewer: somebody who is just signing in.
    pub fn by(mut self, actor: UserId) -> Self {
        self.actor = Some(actor);
        self
    }

    /// Has any field changed?
    pub fn has_changes(&self) -> bool {
        !self.after.is_empty()
    }
}

/// What a transaction has done so far, in the words of the audit trail.
#[derive(Clone, Debug)]
pub struct Noted {
    pub action: &'static str,
    /// As on the wire.
    pub target_id: String,
    pub before: Map<String, Value>,
    pub after: Map<String, Value>,
}

impl Tx {
    /// What was recorded since this was last asked for: for those who want to see what would come of a change.
    pub fn take_noted(&mut self) -> Vec<Noted> {
        std::mem::take(&mut self.noted)
    }

    /// Adds to the audit trail; it is there when, and only when, the transaction commits.
    #[expect(clippy::disallowed_methods, reason = "the one place that writes the trail")]
    pub async fn record(&mut self, record: AuditRecord) -> Result<()> {
        self.noted.push(record.noted());
        self.actors.note(record.actor);
        let filled = |text: &str| (!text.is_empty()).then(|| text.to_string());
        let row = audit_event::ActiveModel {
            id: Set(self.new_id()?),
            happened_at: Set(self.now),
            actor_id: Set(record.actor.or(self.viewer.actor())),
            action: Set(record.action.into()),
            target_type: Set(record.target_type.into()),
            target_id: Set(record.target_id),
            before: Set(record.before.into()),
            after: Set(record.after.into()),
            reason: Set(record.reason),
            request_id: Set(filled(&self.trace.request_id)),
            ip_address: Set(filled(&self.trace.ip_address)),
        };
        audit_event::Entity::insert(row).exec_without_returning(&self.conn).await?;
        Ok(())
    }
}
