use std::{net::SocketAddr, sync::Arc};

use accounts::{Known, identify, identify_again, note_use};
use axum::http::{HeaderMap, header};
use kernel::{Result, Viewer};

use crate::{
    app::App,
    graphql::{Caller, Origin},
};

/// Who sends this `Authorization` header. Anything but a good bearer token is rejected, not taken for nobody: a client
/// whose token has expired should hear of it.
pub async fn caller(app: &Arc<App>, authorization: Option<&str>) -> Result<Caller> {
    let Some(authorization) = authorization else {
        return Ok(Caller::Known(Viewer::Anonymous));
    };
    let token = authorization.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let Some((_, token)) = token else {
        return Ok(Caller::Rejected);
    };
    Ok(acting(app, identify(&app.db, token.trim(), app.world.now()).await?))
}

/// The same viewer once more, by a connection that is open for them.
pub async fn caller_again(app: &Arc<App>, viewer: &Viewer) -> Result<Caller> {
    Ok(acting(app, identify_again(&app.db, viewer, app.world.now()).await?))
}

/// Has what the viewer came with ended?
pub async fn has_ended(app: &App, viewer: &Viewer) -> Result<bool> {
    Ok(identify_again(&app.db, viewer, app.world.now()).await?.is_none())
}

/// Who does something is noted to have been here; nobody waits for that.
fn acting(app: &Arc<App>, known: Option<Known>) -> Caller {
    let Some(Known { viewer, is_due }) = known else {
        return Caller::Rejected;
    };
    if is_due {
        let (app, viewer) = (app.clone(), viewer.clone());
        tokio::spawn(async move {
            if let Err(error) = note_use(&app.db, &viewer, app.world.now(), app.world.clone()).await {
                tracing::warn!(%error, "the use of a session or token was not noted");
            }
        });
    }
    Caller::Known(viewer)
}

pub fn authorization(headers: &HeaderMap) -> Option<&str> {
    // A header that is not text is no better than a wrong token.
    headers.get(header::AUTHORIZATION).map(|value| value.to_str().unwrap_or_default())
}

pub fn origin(headers: &HeaderMap, address: SocketAddr) -> Origin {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Origin { ip: address.ip().to_string(), user_agent: agent.chars().take(300).collect() }
}
