use std::sync::Arc;

use rustls::{ClientConfig, RootCertStore};

use crate::{Error, Result};

/// How all that goes out by TLS knows whom to trust: the public authorities, wherever it runs. The small image has no list of its
/// own.
pub fn trusting_public_authorities() -> Result<ClientConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let tls = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let tls = tls.map_err(|error| Error::Internal(error.to_string()))?;
    Ok(tls.with_root_certificates(roots).with_no_client_auth())
}
