use std::{net::SocketAddr, sync::Arc};

use accounts::{Known, identify_again, note_use};
use axum::http::{HeaderMap, header};
use kernel::{Result, Viewer};

use super::{client_address::client_address, cookies};
use crate::{
    app::App,
    graphql::{Caller, Cookies, Origin},
};

/// Who sends it hears what the operation cost.
pub const COST: &str = "x-lectern-cost";

/// What a request shows to say who is calling.
#[derive(Clone)]
pub enum Credential {
    Nothing,
    /// The header `Authorization`; it wins over cookies.
    Header(String),
    /// The access token that a browser keeps.
    Cookie(String),
    /// The browser has dropped the access token when its time was over, and keeps the refresh token.
    CookieOver,
}

impl Credential {
    pub fn of(headers: &HeaderMap) -> Self {
        if let Some(value) = headers.get(header::AUTHORIZATION) {
            // A header that is not text is no better than a wrong token.
            return Self::Header(value.to_str().unwrap_or_default().to_string());
        }
        match cookies::access(headers) {
            Some(token) => Self::Cookie(token.to_string()),
            None if cookies::refresh(headers).is_some() => Self::CookieOver,
            None => Self::Nothing,
        }
    }

    pub fn is_cookie(&self) -> bool {
        matches!(self, Self::Cookie(_) | Self::CookieOver)
    }
}

/// Who shows this. Anything but a good token is rejected, not taken for nobody: a client whose token has expired should
/// hear of it.
pub async fn caller(app: &Arc<App>, credential: &Credential) -> Result<Caller> {
    let token = match credential {
        Credential::Nothing => return Ok(Caller::Known(Viewer::Anonymous)),
        Credential::CookieOver => return Ok(Caller::Rejected),
        Credential::Cookie(token) => token,
        Credential::Header(value) => match value.split_once(' ') {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
            _ => return Ok(Caller::Rejected),
        },
    };
    Ok(acting(app, app.callers.identify(&app.db, token, app.world.now()).await?))
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
    let Some(Known { viewer, is_due, .. }) = known else {
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

pub fn origin(app: &App, headers: &HeaderMap, peer: SocketAddr) -> Origin {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let ip = client_address(headers, peer, app.trusted_proxies).to_string();
    Origin {
        ip,
        user_agent: agent.chars().take(300).collect(),
        cookies: Cookies::Unavailable,
        wants_cost: headers.contains_key(COST),
    }
}
