use std::{sync::Arc, time::Duration};

use kernel::{Error, Result, trusting_public_authorities};
use reqwest::{Client, header, redirect::Policy};

use super::{
    Answer, Reply,
    answer::{NOT_PUBLIC, trouble},
    resolving::{Lookup, Resolver, SystemLookup},
};
use crate::{Reach, target::target};

/// How long a receiver has for its answer, from the first byte that we send.
const PATIENCE: Duration = Duration::from_secs(15);
const USER_AGENT: &str = concat!("Lectern-Webhooks/", env!("CARGO_PKG_VERSION"));

/// Something to send, signed.
pub struct Message {
    pub url: String,
    pub id: String,
    /// In seconds since 1970.
    pub timestamp: i64,
    /// One or more, with a space in between.
    pub signatures: String,
    pub body: Vec<u8>,
}

/// What sends it: to where it may go and nowhere else. No redirect is followed and no proxy asked; a name is looked up when a
/// connection is made, and only public addresses of it are connected to.
pub struct Sender {
    client: Client,
    pub reach: Reach,
}

impl Sender {
    pub fn new(reach: Reach) -> Result<Self> {
        Self::looking_up(reach, Arc::new(SystemLookup))
    }

    /// The same with names that stand for what somebody else says.
    pub fn looking_up(reach: Reach, lookup: Arc<dyn Lookup>) -> Result<Self> {
        let client = Client::builder()
            .tls_backend_preconfigured(trusting_public_authorities()?)
            .no_proxy()
            .redirect(Policy::none())
            .timeout(PATIENCE)
            .user_agent(USER_AGENT)
            .dns_resolver(Arc::new(Resolver { lookup, reach }))
            .build();
        let client = client.map_err(|error| Error::Internal(format!("no client for webhooks: {error}")))?;
        Ok(Self { client, reach })
    }

    pub async fn send(&self, message: Message) -> Reply {
        // No resolver is asked about an address that is written in numbers.
        let Ok(url) = target(&message.url, self.reach) else {
            return Reply::Nothing(NOT_PUBLIC);
        };
        let request = self
            .client
            .post(url)
            .header(header::CONTENT_TYPE, "application/json")
            .header("webhook-id", message.id)
            .header("webhook-timestamp", message.timestamp)
            .header("webhook-signature", message.signatures)
            .body(message.body);
        match request.send().await {
            Ok(response) => Reply::Answered(Answer::read(response).await),
            Err(error) => Reply::Nothing(trouble(&error)),
        }
    }
}
