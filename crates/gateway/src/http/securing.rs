//! What browsers are told not to do with our answers.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// Two years: a browser that has come by TLS comes by nothing else.
const ONLY_TLS: &str = "max-age=63072000";

/// On every answer that does not say something of its own. Files may be shown in frames of the front end, which is of another
/// origin: their answers have a policy of their own.
const ALWAYS: [(HeaderName, &str); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    ),
    (HeaderName::from_static("x-permitted-cross-domain-policies"), "none"),
];

pub fn secure(headers: &mut HeaderMap, is_tls: bool) {
    let is_pdf = headers.get(header::CONTENT_TYPE).is_some_and(|value| value == "application/pdf");
    for (name, value) in ALWAYS {
        // What shows PDFs in browsers is a plugin, which such a policy keeps out.
        if is_pdf && name == header::CONTENT_SECURITY_POLICY {
            continue;
        }
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if is_tls {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(ONLY_TLS));
    }
}
