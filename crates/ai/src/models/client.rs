use kernel::{Error, Result, trusting_public_authorities};
use reqwest::{Client, redirect::Policy};

use super::Patience;

/// A client that goes where it was told to and nowhere else: who could answer with a redirect would be sent the key and what
/// learners say.
pub fn client(patience: &Patience) -> Result<Client> {
    let client = Client::builder()
        .tls_backend_preconfigured(trusting_public_authorities()?)
        .no_proxy()
        .redirect(Policy::none())
        .connect_timeout(patience.connect)
        .build();
    client.map_err(|error| Error::Internal(format!("no client for the model: {}", error.without_url())))
}
