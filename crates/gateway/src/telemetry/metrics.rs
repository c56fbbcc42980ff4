use std::{sync::atomic::AtomicU64, time::Duration};

use kernel::jobs::Ending;
use prometheus_client::{
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};

/// What a number is about. Every value is one of ours (a root field, a listed operation, a route, a code), so that nobody can
/// make as many of them as they like.
type Labels<const N: usize> = [(&'static str, String); N];

/// The bounds of the histograms, in seconds.
const SECONDS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];
/// Jobs may take as long as a film does.
const JOB_SECONDS: [f64; 8] = [0.01, 0.1, 1.0, 10.0, 60.0, 300.0, 1800.0, 7200.0];

/// The numbers of this process.
pub struct Metrics {
    pub(super) registry: Registry,
    operations: Family<Labels<3>, Counter>,
    durations: Family<Labels<2>, Histogram>,
    statements: Family<Labels<2>, Counter>,
    errors: Family<Labels<1>, Counter>,
    responses: Family<Labels<2>, Counter>,
    response_durations: Family<Labels<1>, Histogram>,
    cached: Family<Labels<1>, Counter>,
    reads: Family<Labels<1>, Counter>,
    jobs_ended: Family<Labels<2>, Counter>,
    job_durations: Family<Labels<1>, Histogram>,
    sockets: Gauge,
    subscriptions: Gauge,
    pub(super) connections: Family<Labels<2>, Gauge>,
    pub(super) behind: Family<Labels<0>, Gauge<f64, AtomicU64>>,
    pub(super) jobs: Family<Labels<1>, Gauge>,
    pub(super) job_lag: Gauge<f64, AtomicU64>,
}

impl Default for Metrics {
    fn default() -> Self {
        let short = || Histogram::new(SECONDS);
        let mut metrics = Self {
            registry: Registry::with_prefix("lectern"),
            operations: Family::default(),
            durations: Family::new_with_constructor(short),
            statements: Family::default(),
            errors: Family::default(),
            responses: Family::default(),
            response_durations: Family::new_with_constructor(short),
            cached: Family::default(),
            reads: Family::default(),
            jobs_ended: Family::default(),
            job_durations: Family::new_with_constructor(|| Histogram::new(JOB_SECONDS)),
            sockets: Gauge::default(),
            subscriptions: Gauge::default(),
            connections: Family::default(),
            behind: Family::default(),
            jobs: Family::default(),
            job_lag: Gauge::default(),
        };
        metrics.register();
        metrics
    }
}

impl Metrics {
    fn register(&mut self) {
        let registry = &mut self.registry;
        registry.register("operations", "GraphQL operations by root field and outcome", self.operations.clone());
        registry.register("operation_duration_seconds", "How long operations took", self.durations.clone());
        registry.register("statements", "SQL statements that operations sent", self.statements.clone());
        registry.register("errors", "Errors in answers, by code", self.errors.clone());
        registry.register("http_responses", "HTTP answers by route and status", self.responses.clone());
        let help = "How long it took until an HTTP answer began";
        registry.register("http_response_duration_seconds", help, self.response_durations.clone());
        let help = "Answers to those who are not signed in, from memory (hit) or read (miss)";
        registry.register("cached_answers", help, self.cached.clone());
        let help =
            "Queries where there is a replica, by who answered; failed: the replica could not, and the database did";
        registry.register("replica_reads", help, self.reads.clone());
        let help = "How long ago the replica had all that was committed";
        registry.register("replica_behind_seconds", help, self.behind.clone());
        registry.register("jobs_ended", "Background jobs that this process ended", self.jobs_ended.clone());
        registry.register("job_duration_seconds", "How long background jobs took", self.job_durations.clone());
        registry.register("open_sockets", "WebSockets that are open", self.sockets.clone());
        registry.register("running_subscriptions", "Subscriptions that are heard", self.subscriptions.clone());
        registry.register("database_connections", "Connections to the database", self.connections.clone());
        registry.register("jobs", "Background jobs in the database, by state", self.jobs.clone());
        registry.register("job_lag_seconds", "For how long the longest due job has waited", self.job_lag.clone());
    }

    /// An operation that has ended.
    pub fn count_operation(&self, kind: &'static str, field: &str, outcome: &str, took: Duration, statements: u64) {
        let what = [("kind", kind.to_string()), ("operation", field.to_string())];
        let [kind, field] = what.clone();
        self.operations.get_or_create(&[kind, field, ("outcome", outcome.into())]).inc();
        self.durations.get_or_create(&what).observe(took.as_secs_f64());
        self.statements.get_or_create(&what).inc_by(statements);
    }

    pub fn count_error(&self, code: &str) {
        self.errors.get_or_create(&[("code", code.into())]).inc();
    }

    pub fn count_response(&self, route: &str, status: u16, took: Duration) {
        self.responses.get_or_create(&[("route", route.into()), ("status", status.to_string())]).inc();
        self.response_durations.get_or_create(&[("route", route.into())]).observe(took.as_secs_f64());
    }

    /// Was an answer that may be kept there already?
    pub fn count_cached(&self, was_there: bool) {
        self.cached.get_or_create(&[("outcome", if was_there { "hit" } else { "miss" }.into())]).inc();
    }

    /// A query that could have been answered from a copy of the database.
    pub fn count_read(&self, by: &str) {
        self.reads.get_or_create(&[("outcome", by.into())]).inc();
    }

    pub fn count_job(&self, kind: &str, ending: Ending, took: Duration) {
        let ending = match ending {
            Ending::Done => "done",
            Ending::Waiting => "retried",
            Ending::Dead => "dead",
            Ending::Lost => "lost",
        };
        self.jobs_ended.get_or_create(&[("kind", kind.into()), ("outcome", ending.into())]).inc();
        self.job_durations.get_or_create(&[("kind", kind.into())]).observe(took.as_secs_f64());
    }

    /// One more WebSocket, until what this answers is dropped.
    pub fn socket(&self) -> Counted {
        Counted::count(&self.sockets)
    }

    /// One more subscription, likewise.
    pub fn subscription(&self) -> Counted {
        Counted::count(&self.subscriptions)
    }
}

/// Something open that is counted for as long as it is.
pub struct Counted(Gauge);

impl Counted {
    fn count(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.dec();
    }
}
