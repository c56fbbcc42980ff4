use super::Report;
use crate::{
    config::{Serve, local_address},
    mail::Links,
};

pub fn check(report: &mut Report, options: &Serve) {
    let front_end = options.mail.public_url(options.listen);
    report.add("front end", Links::new(&front_end).map(|_| format!("links in letters begin with {front_end}")));
    let school = options.school.school(options.listen);
    report.add("this server", school.map(|school| format!("is reached at {}", school.issuer.address)));
    let is_given = |url: &Option<String>| url.as_ref().is_some_and(|url| !url.is_empty());
    let local = local_address(options.listen);
    if !options.listen.ip().is_loopback() {
        for (setting, url) in
            [("LECTERN_PUBLIC_URL", &options.mail.public_url), ("LECTERN_API_URL", &options.school.api_url)]
        {
            if !is_given(url) {
                report.note("addresses", format!("{setting} is not set: people elsewhere are sent to {local}"));
            }
        }
    }
    let origins = options.cors_origins.iter().filter(|origin| !origin.is_empty());
    let wrong: Vec<String> = origins.filter(|origin| !is_origin(origin)).cloned().collect();
    let origins = match wrong.as_slice() {
        [] => Ok("pages that may call the API are origins"),
        _ => Err(format!("LECTERN_CORS_ORIGINS: no origin such as https://school.example: {}", wrong.join(", "))),
    };
    report.add("origins", origins);
    report.add("metrics", metrics(options));
    report.add("documents", options.limits.trusted().map(documents));
}

/// A scheme, a host and perhaps a port: browsers send no more.
fn is_origin(origin: &str) -> bool {
    let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty() && !host.contains(|c: char| "/?#*@".contains(c) || c.is_whitespace()))
}

fn metrics(options: &Serve) -> Result<String, String> {
    match options.observed.address()? {
        None => Ok("none".into()),
        Some(address) if address == options.listen => {
            Err(format!("LECTERN_METRICS_LISTEN is the address that everybody is served on, {address}"))
        }
        Some(address) => Ok(format!("at http://{address}/metrics")),
    }
}

fn documents(trusted: Option<crate::graphql::Trusted>) -> &'static str {
    if trusted.is_some() { "only listed ones run" } else { "any that is within the limits runs" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_scheme_and_a_host() {
        for origin in ["https://school.example", "http://localhost:3000", "http://[::1]:3000"] {
            assert!(is_origin(origin), "{origin}");
        }
        for origin in ["*", "school.example", "https://", "https://school.example/", "https://*.example", "https://a b"]
        {
            assert!(!is_origin(origin), "{origin}");
        }
    }
}
