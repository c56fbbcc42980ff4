use clap::{Args, ValueEnum};

const FILTER: &str = "warn,gateway=info";

/// What is logged, and where traces go.
#[derive(Args, Clone, Debug, Default)]
pub struct LogOptions {
    /// What is logged, as `RUST_LOG` says it: `warn,gateway=info`.
    #[arg(long, env = "LECTERN_LOG", default_value = FILTER, global = true)]
    pub log: String,
    /// How: lines for people, or a JSON object on each.
    #[arg(long, env = "LECTERN_LOG_FORMAT", value_enum, default_value_t, global = true)]
    pub log_format: LogFormat,
    /// Where a collector takes traces by OTLP over HTTP: `http://127.0.0.1:4318`. Without it there are none. What else the
    /// OpenTelemetry SDK reads from the environment holds too, such as OTEL_TRACES_SAMPLER and OTEL_EXPORTER_OTLP_HEADERS.
    #[arg(long, env = "OTEL_EXPORTER_OTLP_ENDPOINT", global = true)]
    pub otlp_endpoint: Option<String>,
    /// What traces call this process.
    #[arg(long, env = "OTEL_SERVICE_NAME", default_value = "lectern", global = true)]
    pub service_name: String,
}

/// How lines of the log are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    #[default]
    Text,
    Json,
}

impl LogOptions {
    /// Set but empty is as good as not set.
    pub fn filter(&self) -> &str {
        if self.log.is_empty() { FILTER } else { &self.log }
    }

    pub fn endpoint(&self) -> Option<&str> {
        self.otlp_endpoint.as_deref().filter(|endpoint| !endpoint.is_empty())
    }
}
