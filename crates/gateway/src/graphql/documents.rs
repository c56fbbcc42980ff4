//! Where the text of an operation comes from: it is sent, known by its hash from before, or on the list of what may run.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use accounts::token_hash;
use async_graphql::{Request, ServerError, Value};
use moka::{future::Cache, policy::EvictionPolicy};
use serde::Deserialize;

use super::execute::coded;

/// The member of a request's extensions that names its document.
pub const PERSISTED: &str = "persistedQuery";
/// The code of a document that has to be sent along once more.
pub const NOT_FOUND: &str = "PERSISTED_QUERY_NOT_FOUND";

/// The documents that are known without being sent.
pub struct Documents {
    /// By the SHA-256 of the text. They are sent again when they had no room.
    known: Cache<String, Arc<str>>,
    trusted: Option<Trusted>,
}

/// The only documents that run, where there is a list of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trusted {
    by_id: HashMap<String, Arc<str>>,
    hashes: HashSet<String>,
}

/// A document that came with its hash: worth keeping once it may run.
pub struct Sent {
    hash: String,
    text: Arc<str>,
}

impl Documents {
    /// Keeps as many as have room in so many bytes, those last that were asked for last.
    pub fn new(most_bytes: usize) -> Self {
        let known = Cache::builder().max_capacity(most_bytes as u64).eviction_policy(EvictionPolicy::lru());
        let weigh = |hash: &String, text: &Arc<str>| u32::try_from(hash.len() + text.len()).unwrap_or(u32::MAX);
        Self { known: known.weigher(weigh).build(), trusted: None }
    }

    /// Lets nothing run but what is on the list.
    pub fn trusting(self, trusted: Trusted) -> Self {
        Self { trusted: Some(trusted), ..self }
    }

    /// Is there a list of what may run?
    pub fn are_trusted(&self) -> bool {
        self.trusted.is_some()
    }

    /// Puts the text into a request that names it, or refuses the request. Answers what is to be kept.
    pub async fn complete(&self, request: &mut Request) -> Result<Option<Sent>, ServerError> {
        let hash = named(request)?;
        if let Some(trusted) = &self.trusted {
            request.query = trusted.text(hash.as_deref(), &request.query)?.to_string();
            return Ok(None);
        }
        let Some(hash) = hash else {
            return Ok(None);
        };
        if request.query.is_empty() {
            let known = self.known.get(&hash).await;
            request.query = known.ok_or_else(not_found)?.to_string();
            return Ok(None);
        }
        // Whoever could store another text under a hash would choose what others run.
        if token_hash(&request.query) != hash {
            return Err(refused("BAD_REQUEST", "`sha256Hash` is not the SHA-256 of `query`."));
        }
        Ok(Some(Sent { hash, text: request.query.as_str().into() }))
    }

    /// Keeps a document that may run.
    pub async fn keep(&self, sent: Sent) {
        self.known.insert(sent.hash, sent.text).await;
    }
}

/// The hash or name that a request gives for its document.
fn named(request: &Request) -> Result<Option<String>, ServerError> {
    let Some(persisted) = request.extensions.get(PERSISTED) else {
        return Ok(None);
    };
    let Value::Object(members) = persisted else {
        return Err(refused("BAD_REQUEST", "`extensions.persistedQuery` must be an object."));
    };
    let is_ours = matches!(members.get("version"), Some(Value::Number(version)) if version.as_u64() == Some(1));
    match members.get("sha256Hash") {
        Some(Value::String(hash)) if is_ours => Ok(Some(hash.to_ascii_lowercase())),
        _ => Err(refused("BAD_REQUEST", "`extensions.persistedQuery` has `version: 1` and a `sha256Hash`.")),
    }
}

fn not_found() -> ServerError {
    // The word that Apollo's clients look for.
    refused(NOT_FOUND, "PersistedQueryNotFound")
}

fn refused(code: &str, message: &str) -> ServerError {
    coded(ServerError::new(message, None), code)
}

/// The manifests that generators write: `{"<id>": "<text>"}`, or Apollo's, which names a format.
#[derive(Deserialize)]
#[serde(untagged)]
enum Manifest {
    Apollo { operations: Vec<Operation> },
    Plain(HashMap<String, String>),
}

#[derive(Deserialize)]
struct Operation {
    id: String,
    body: String,
}

impl Trusted {
    /// From the text of a manifest.
    pub fn parse(text: &str) -> Result<Self, String> {
        let manifest = serde_json::from_str(text);
        let documents: Vec<(String, String)> = match manifest {
            Ok(Manifest::Plain(documents)) => documents.into_iter().collect(),
            Ok(Manifest::Apollo { operations }) => {
                operations.into_iter().map(|operation| (operation.id, operation.body)).collect()
            }
            Err(_) => return Err("it is neither `{\"id\": \"text\"}` nor a manifest of Apollo's".into()),
        };
        let hashes = documents.iter().map(|(_, text)| token_hash(text)).collect();
        let by_id = documents.into_iter().map(|(id, text)| (id.to_ascii_lowercase(), text.into())).collect();
        Ok(Self { by_id, hashes })
    }

    fn text<'a>(&'a self, id: Option<&str>, sent: &'a str) -> Result<&'a str, ServerError> {
        let found = match id {
            Some(id) if sent.is_empty() => return self.by_id.get(id).map(|text| &**text).ok_or_else(not_found),
            _ => self.hashes.contains(&token_hash(sent)).then_some(sent),
        };
        let message = "Only listed operations run here: send one by its id, or its text to the letter.";
        found.ok_or_else(|| refused("PERSISTED_QUERY_NOT_IN_LIST", message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HELLO: &str = "{ __typename }";

    #[test]
    fn manifests_of_both_kinds_are_read() {
        let apollo = r#"{"format": "apollo-persisted-query-manifest", "version": 1,
            "operations": [{"id": "A", "name": "Hello", "type": "query", "body": "{ __typename }"}]}"#;
        let plain = Trusted::parse(r#"{"A": "{ __typename }"}"#).unwrap();
        assert_eq!(Trusted::parse(apollo).unwrap(), plain);
        assert_eq!(plain.text(Some("a"), "").unwrap(), HELLO);
        assert_eq!(plain.text(None, HELLO).unwrap(), HELLO);
        for wrong in ["", "[]", r#"{"A": 1}"#] {
            assert!(Trusted::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_not_listed_to_the_letter_does_not_run() {
        let trusted = Trusted::parse(r#"{"a": "{ __typename }"}"#).unwrap();
        for (id, text) in [(None, ""), (None, "{ __typename  }"), (Some("a"), "{ me { id } }"), (Some("b"), "")] {
            assert!(trusted.text(id, text).is_err(), "{id:?} {text}");
        }
    }
}
