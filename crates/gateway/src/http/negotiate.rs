use axum::http::{HeaderMap, header};

/// What an answer is written as, by GraphQL over HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaType {
    /// `application/graphql-response+json`: the status code tells how it went.
    GraphQl,
    /// `application/json`: 200 whenever the request was well-formed, for older clients.
    Json,
}

impl MediaType {
    pub fn header(self) -> &'static str {
        match self {
            Self::GraphQl => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }
}

/// The client's favourite of the two; without a wish it is JSON. `None`: it accepts neither.
pub fn negotiate(headers: &HeaderMap) -> Option<MediaType> {
    let Some(accept) = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()) else {
        return Some(MediaType::Json);
    };
    let mut best: Option<(f32, u8, MediaType)> = None;
    for range in accept.split(',') {
        let Some((quality, specificity, media_type)) = parse(range) else { continue };
        if best.is_none_or(|(q, s, _)| quality > q || (quality == q && specificity > s)) {
            best = Some((quality, specificity, media_type));
        }
    }
    best.map(|(_, _, media_type)| media_type)
}

fn parse(range: &str) -> Option<(f32, u8, MediaType)> {
    let mut parts = range.split(';').map(str::trim);
    let (specificity, media_type) = match parts.next()?.to_ascii_lowercase().as_str() {
        "application/graphql-response+json" => (3, MediaType::GraphQl),
        "application/json" => (2, MediaType::Json),
        "application/*" => (1, MediaType::Json),
        "*/*" => (0, MediaType::Json),
        _ => return None,
    };
    let quality = parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |q| q.parse().ok())?;
    (quality > 0.0).then_some((quality, specificity, media_type))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accept(value: &'static str) -> Option<MediaType> {
        negotiate(&HeaderMap::from_iter([(header::ACCEPT, value.parse().unwrap())]))
    }

    #[test]
    fn the_best_of_what_is_accepted() {
        use MediaType::{GraphQl, Json};
        assert_eq!(negotiate(&HeaderMap::new()), Some(Json));
        for (value, chosen) in [
            ("*/*", Some(Json)),
            ("application/json", Some(Json)),
            ("application/graphql-response+json", Some(GraphQl)),
            ("application/graphql-response+json, application/json", Some(GraphQl)),
            ("application/graphql-response+json;q=0.5, application/json", Some(Json)),
            ("application/graphql-response+json; charset=utf-8, application/json;q=0.9", Some(GraphQl)),
            ("text/html", None),
            ("application/json;q=0", None),
        ] {
            assert_eq!(accept(value), chosen, "{value}");
        }
    }
}
