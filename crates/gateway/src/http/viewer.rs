use std::{net::SocketAddr, sync::Arc};

use axum::http::{HeaderMap, header};
use kernel::{Result, Viewer};

use crate::{
    app::App,
    graphql::{Caller, Origin},
};

/// Who sends this `Authorization` header. Anything but a good bearer token is rejected, not taken for nobody: a client
/// whose token has expired should hear of it.
pub async fn caller(app: &App, authorization: Option<&str>) -> Result<Caller> {
    let Some(authorization) = authorization else {
        return Ok(Caller::Known(Viewer::Anonymous));
    };
    let token = authorization.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let Some((_, token)) = token else {
        return Ok(Caller::Rejected);
    };
    let signed_in = accounts::authenticate(&app.db, token.trim(), app.world.now()).await?;
    Ok(signed_in.map_or(Caller::Rejected, |person| Caller::Known(Viewer::User(Arc::new(person)))))
}

pub fn authorization(headers: &HeaderMap) -> Option<&str> {
    // A header that is not text is no better than a wrong token.
    headers.get(header::AUTHORIZATION).map(|value| value.to_str().unwrap_or_default())
}

pub fn origin(headers: &HeaderMap, address: SocketAddr) -> Origin {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Origin { ip: address.ip().to_string(), user_agent: agent.chars().take(300).collect() }
}
