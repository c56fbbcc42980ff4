//! What those who run the server hear of an operation when it is over, however that comes about.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Instant,
};

use async_graphql::{Response, ServerError, Value, parser::types::OperationType};
use kernel::Viewer;
use tracing::Span;

use super::execute::{Call, Caller};
use crate::{app::App, telemetry::Counted};

/// The most of a name that is logged: who asks chooses it.
const LONGEST_NAME: usize = 64;

/// An operation from when its text is looked at until its last answer.
pub struct Watched {
    app: Arc<App>,
    request_id: String,
    viewer: &'static str,
    /// `unknown` until the text could be read.
    kind: &'static str,
    /// As whoever asks calls it.
    name: String,
    /// As we call it: one of a number of names that we know.
    field: String,
    cost: u64,
    begun: Instant,
    /// How many statements it has sent so far.
    pub statements: Arc<AtomicU64>,
    answers: u64,
    codes: Vec<String>,
    outcome: &'static str,
    counted: Option<Counted>,
}

impl Watched {
    pub fn begin(call: &Call) -> Self {
        let viewer = match &call.caller {
            Caller::Rejected => "rejected",
            Caller::Known(Viewer::Anonymous) => "anonymous",
            Caller::Known(Viewer::User(_)) => "user",
            Caller::Known(Viewer::Service(_)) => "api_token",
            Caller::Known(Viewer::System) => "system",
        };
        Self {
            app: call.app.clone(),
            request_id: call.request_id.clone(),
            viewer,
            kind: "unknown",
            name: String::new(),
            field: "unknown".into(),
            cost: 0,
            begun: Instant::now(),
            statements: Arc::default(),
            answers: 0,
            codes: vec![],
            // Unless somebody says otherwise, whoever asked has gone.
            outcome: "dropped",
            counted: None,
        }
    }

    /// What is asked, now that it could be read.
    pub fn know(&mut self, kind: OperationType, name: Option<&str>, field: String) {
        self.kind = match kind {
            OperationType::Query => "query",
            OperationType::Mutation => "mutation",
            OperationType::Subscription => "subscription",
        };
        self.name = name.unwrap_or_default().chars().take(LONGEST_NAME).collect();
        self.field = field;
    }

    pub fn costs(&mut self, cost: u64) {
        self.cost = cost;
    }

    /// It does not run.
    pub fn refuse(&mut self, error: &ServerError) {
        self.outcome = "refused";
        self.note(error);
    }

    /// It has answered.
    pub fn hear(&mut self, answer: &Response) {
        self.answers += 1;
        self.outcome = if answer.errors.is_empty() { "ok" } else { "errors" };
        answer.errors.iter().for_each(|error| self.note(error));
    }

    /// It goes on answering until who asked has heard enough.
    pub fn goes_on(&mut self) {
        self.outcome = "ok";
        self.counted = Some(self.app.metrics.subscription());
    }

    /// What happens meanwhile is told with the request's id.
    pub fn span(&self) -> Span {
        let what = if self.name.is_empty() { &self.field } else { &self.name };
        let name = format!("{} {what}", self.kind);
        tracing::error_span!("operation", id = self.request_id, otel.name = name, field = self.field)
    }

    fn note(&mut self, error: &ServerError) {
        let code = match error.extensions.as_ref().and_then(|extensions| extensions.get("code")) {
            Some(Value::String(code)) => code.as_str(),
            _ => "UNKNOWN",
        };
        self.app.metrics.count_error(code);
        if !self.codes.iter().any(|known| known == code) {
            self.codes.push(code.into());
        }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let (took, statements) = (self.begun.elapsed(), self.statements.load(Relaxed));
        self.app.metrics.count_operation(self.kind, &self.field, self.outcome, took, statements);
        tracing::info!(
            target: "gateway::operations",
            request_id = self.request_id,
            kind = self.kind,
            operation = self.name,
            field = self.field,
            viewer = self.viewer,
            cost = self.cost,
            statements,
            duration_ms = took.as_micros() as f64 / 1000.0,
            answers = self.answers,
            outcome = self.outcome,
            codes = self.codes.join(" "),
            "operation"
        );
    }
}
