//! Traces, as a collector takes them: by OTLP over HTTP.

use opentelemetry_proto::tonic::{
    collector::trace::v1::ExportTraceServiceRequest,
    common::v1::{KeyValue, any_value::Value},
    trace::v1::Span,
};
use prost::Message;
use serde_json::json;
use testkit::{Collector, TestApp, on_both};

use super::logging::QUIET;
use crate::process::Process;

const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
const PARENT: &str = "b7ad6b7169203331";

fn text(attributes: &[KeyValue], key: &str) -> String {
    let found = attributes.iter().find(|attribute| attribute.key == key).and_then(|found| found.value.clone());
    match found.and_then(|found| found.value) {
        Some(Value::StringValue(text)) => text,
        Some(Value::IntValue(number)) => number.to_string(),
        other => panic!("{key}: {other:?} in {attributes:?}"),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[on_both]
async fn a_collector_receives_the_spans_of_a_request_within_its_caller_s_trace(app: TestApp) {
    let collector = Collector::start().await;
    let settings = [("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url.as_str()), ("OTEL_SERVICE_NAME", "school")];
    let mut process = Process::start_with(&app, &QUIET, &settings).await;
    let body = json!({"query": "query Shelf($n: Int) { courses(first: $n) { totalCount } }", "variables": {"n": 17}});
    let request = process.client.post(format!("{}/graphql", process.url)).json(&body);
    let request = request.header("x-request-id", "traced").header("traceparent", format!("00-{TRACE}-{PARENT}-01"));
    assert_eq!(request.send().await.unwrap().status(), 200);
    // What has not been told is told at the end.
    assert!(process.terminate().await, "{}", process.logged());
    let mut spans: Vec<Span> = vec![];
    for (path, body) in collector.received() {
        assert_eq!(path, "/v1/traces");
        assert!(!body.windows(4).any(|bytes| bytes == b"\"n\":"), "variables are told");
        for group in ExportTraceServiceRequest::decode(&*body).unwrap().resource_spans {
            assert_eq!(text(&group.resource.unwrap().attributes, "service.name"), "school");
            spans.extend(group.scope_spans.into_iter().flat_map(|scope| scope.spans));
        }
    }
    let ours: Vec<&Span> = spans.iter().filter(|span| hex(&span.trace_id) == TRACE).collect();
    let named = |name: &str| *ours.iter().find(|span| span.name == name).unwrap_or_else(|| panic!("{ours:#?}"));
    let (http, operation) = (named("POST /graphql"), named("query Shelf"));
    assert_eq!((hex(&http.parent_span_id).as_str(), &operation.parent_span_id), (PARENT, &http.span_id));
    assert_eq!([text(&http.attributes, "id"), text(&http.attributes, "status")], ["traced", "200"]);
    assert_eq!(text(&operation.attributes, "field"), "courses");
}

/// A collector that is not there costs nobody anything.
#[on_both]
async fn without_an_answering_collector_requests_are_answered(app: TestApp) {
    let settings = [("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")];
    let mut process = Process::start_with(&app, &QUIET, &settings).await;
    let answer = process.ask("", "{ courses { totalCount } }", json!({})).await;
    assert_eq!(answer, json!({"courses": {"totalCount": 0}}));
    assert!(process.terminate().await);
}
