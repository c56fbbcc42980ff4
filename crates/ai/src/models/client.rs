use std::sync::Arc;

use kernel::{Error, Result};
use reqwest::{Client, redirect::Policy};

use super::Patience;

/// A client that goes where it was told to and nowhere else: who could answer with a redirect would be sent the key and what
/// learners say. Trusts the public authorities, as the client of the storage does.
pub fn client(patience: &Patience) -> Result<Client> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let tls = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let tls =
        tls.map_err(|error| Error::Internal(error.to_string()))?.with_root_certificates(roots).with_no_client_auth();
    let client = Client::builder()
        .tls_backend_preconfigured(tls)
        .no_proxy()
        .redirect(Policy::none())
        .connect_timeout(patience.connect)
        .build();
    client.map_err(|error| Error::Internal(format!("no client for the model: {}", error.without_url())))
}
