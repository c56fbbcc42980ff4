use std::sync::Arc;

use tokio::{net::TcpListener, task::JoinHandle};

use super::{Failure, bind};
use crate::{app::App, config::Observed, http};

/// Serves numbers and health on an address of their own, for as long as the process runs.
pub fn observe(app: Arc<App>, listener: TcpListener, works: bool) -> JoinHandle<()> {
    tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, http::operations(app, works)).await {
            tracing::error!(%error, "the numbers are not served any more");
        }
    })
}

/// The address that is set, taken before anything is done; `None` when none is.
pub async fn bind_observed(options: &Observed) -> Result<Option<TcpListener>, Failure> {
    match options.address()? {
        Some(address) => Ok(Some(bind(address).await?)),
        None => Ok(None),
    }
}
