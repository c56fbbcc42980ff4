//! What those who run the server are told: lines in the log, traces for a collector, numbers for Prometheus. Never what was
//! asked with: no variables, no tokens, no addresses of people.

mod exporting;
mod metrics;
mod options;
mod panics;
mod scraping;

use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing_subscriber::{EnvFilter, Layer, Registry, filter::Targets, layer::SubscriberExt, util::SubscriberInitExt};

pub use metrics::{Counted, Metrics};
pub use options::{LogFormat, LogOptions};
pub use scraping::scrape;

use crate::commands::Failure;

/// What goes on telling until it is stopped.
pub struct Telemetry(Option<SdkTracerProvider>);

/// Tells from now on. A process that tells already goes on as it does.
pub fn start(options: &LogOptions) -> Result<Telemetry, Failure> {
    let traces = exporting::provider(options)?;
    // Only what we do ourselves: the client that sends spans would otherwise tell of its own sending.
    let ours = Targets::new().with_target("gateway", tracing::Level::INFO);
    let spans = traces.as_ref().map(|provider| exporting::layer(provider).with_filter(ours));
    // An error means that somebody listens already.
    if Registry::default().with(lines(options)?).with(spans).try_init().is_ok() {
        panics::log();
    }
    Ok(Telemetry(traces))
}

/// The log, on the standard error.
fn lines(options: &LogOptions) -> Result<impl Layer<Registry> + use<>, Failure> {
    let filter = EnvFilter::try_new(options.filter()).map_err(|error| format!("LECTERN_LOG: {error}"))?;
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let lines = match options.log_format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().flatten_event(true).with_span_list(false).boxed(),
    };
    Ok(lines.with_filter(filter))
}

impl Telemetry {
    /// Tells what has not been told yet.
    pub async fn stop(self) {
        let Some(provider) = self.0 else {
            return;
        };
        // It waits for a thread that waits for this runtime.
        let stopped = tokio::task::spawn_blocking(move || provider.shutdown()).await;
        if !matches!(stopped, Ok(Ok(()))) {
            tracing::warn!("the last traces may not have reached the collector");
        }
    }
}
