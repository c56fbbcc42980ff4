use std::time::Duration;

use async_trait::async_trait;
use opentelemetry::{KeyValue, trace::TracerProvider};
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::{
    Resource,
    trace::{SdkTracer, SdkTracerProvider},
};
use tokio::runtime::Handle;
use tracing_opentelemetry::OpenTelemetryLayer;

use super::LogOptions;
use crate::commands::Failure;

const LONGEST: Duration = Duration::from_secs(10);

/// What sends spans, if a collector is named. It does so in batches and on a thread of its own: no request waits for it.
pub fn provider(options: &LogOptions) -> Result<Option<SdkTracerProvider>, Failure> {
    let Some(endpoint) = options.endpoint() else {
        return Ok(None);
    };
    let courier = Courier { client: media::storage::client()?, runtime: Handle::current() };
    let address = format!("{}/v1/traces", endpoint.trim_end_matches('/'));
    let exporter = SpanExporter::builder().with_http().with_http_client(courier).with_endpoint(address).build();
    let exporter = exporter.map_err(|error| format!("OTEL_EXPORTER_OTLP_ENDPOINT can't be used: {error}"))?;
    let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
    let about = Resource::builder().with_service_name(options.service_name.clone()).with_attribute(version).build();
    Ok(Some(SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(about).build()))
}

/// Makes spans of what is logged as spans. Where in the code that is says nothing to who reads them.
pub fn layer<S>(provider: &SdkTracerProvider) -> OpenTelemetryLayer<S, SdkTracer>
where
    S: tracing::Subscriber + for<'a> tracing_subscriber::registry::LookupSpan<'a>,
{
    let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("lectern"));
    layer.with_location(false).with_threads(false).with_tracked_inactivity(false)
}

/// The client that is here already. It needs the runtime, on whose threads the SDK is not.
#[derive(Debug)]
struct Courier {
    client: reqwest::Client,
    runtime: Handle,
}

#[async_trait]
impl HttpClient for Courier {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let (client, mut request) = (self.client.clone(), reqwest::Request::try_from(request)?);
        *request.timeout_mut() = Some(LONGEST);
        let sent = self.runtime.spawn(async move {
            let response = client.execute(request).await?;
            let status = response.status();
            Ok::<_, reqwest::Error>((status, response.bytes().await?))
        });
        let (status, body) = sent.await??;
        let mut answer = Response::new(body);
        *answer.status_mut() = status;
        Ok(answer)
    }
}
