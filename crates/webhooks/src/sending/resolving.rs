use std::{fmt, io, net::SocketAddr, sync::Arc};

use futures_util::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::is_public;
use crate::Reach;

/// What a name stands for, at this moment.
pub trait Lookup: Send + Sync {
    fn lookup(&self, name: String) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>>;
}

/// As the system knows names.
pub struct SystemLookup;

impl Lookup for SystemLookup {
    fn lookup(&self, name: String) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> {
        // The port is put in by who connects.
        Box::pin(async move { Ok(tokio::net::lookup_host((name, 0)).await?.collect()) })
    }
}

/// Gives out only addresses that may be gone to: to those that it gives out, and to no others, a connection is made. So it does
/// not matter what the name stood for before.
pub struct Resolver {
    pub lookup: Arc<dyn Lookup>,
    pub reach: Reach,
}

/// A name stands for addresses within the network only.
#[derive(Debug)]
pub struct NotPublic;

impl fmt::Display for NotPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not on the public internet")
    }
}

impl std::error::Error for NotPublic {}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (found, reach) = (self.lookup.lookup(name.as_str().into()), self.reach);
        Box::pin(async move {
            let found = found.await?;
            let may_go = |address: &SocketAddr| reach == Reach::Anywhere || is_public(address.ip());
            let public: Vec<SocketAddr> = found.iter().copied().filter(may_go).collect();
            if public.is_empty() && !found.is_empty() {
                return Err(NotPublic.into());
            }
            let addresses: Addrs = Box::new(public.into_iter());
            Ok(addresses)
        })
    }
}
