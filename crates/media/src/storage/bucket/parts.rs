//! Parts that go to the bucket directly, by addresses that we sign.

use std::time::Duration;

use kernel::{Error, Result};
use object_store::{
    multipart::{MultipartStore, PartId},
    path::Path as Location,
    signer::{SignedUrlOptions, Signer},
};
use reqwest::Method;
use serde::Deserialize;

use super::{
    super::{Handed, failing::failed, parts::Part},
    Bucket,
};

/// How long an address lasts that we sign for ourselves.
const MOMENT: Duration = Duration::from_secs(60);

impl Bucket {
    pub async fn begin_parts(&self, location: &Location) -> Result<String> {
        self.store.create_multipart(location).await.map_err(failed)
    }

    /// The library signs no lengths: a part that is too long or too short is found when the parts are listed.
    pub async fn part_url(
        &self,
        location: &Location,
        (multipart, number): (&str, u32),
        lasts: Duration,
    ) -> Result<String> {
        let options = SignedUrlOptions::new()
            .with_query([("partNumber", number.to_string()), ("uploadId", multipart.to_string())]);
        let url = self.store.signed_url_opts(Method::PUT, location, lasts, &options).await.map_err(failed)?;
        Ok(url.into())
    }

    /// The store says of the file what we want it to say, whatever it was told when the file came.
    pub async fn get_url(&self, location: &Location, handed: &Handed<'_>, lasts: Duration) -> Result<String> {
        let options = SignedUrlOptions::new().with_query([
            ("response-content-type", handed.content_type),
            ("response-content-disposition", handed.disposition),
            ("response-cache-control", "private, max-age=60"),
        ]);
        let url = self.store.signed_url_opts(Method::GET, location, lasts, &options).await.map_err(failed)?;
        Ok(url.into())
    }

    /// What the bucket says is there. An upload has fewer parts than one answer lists.
    pub async fn parts(&self, location: &Location, multipart: &str) -> Result<Vec<Part>> {
        let options = SignedUrlOptions::new().with_query([("uploadId", multipart)]);
        let url = self.store.signed_url_opts(Method::GET, location, MOMENT, &options).await.map_err(failed)?;
        let answer = self.http.get(url).send().await.map_err(unreachable)?;
        if answer.status() == reqwest::StatusCode::NOT_FOUND {
            return Ok(vec![]);
        }
        let text = answer.error_for_status().map_err(unreachable)?.text().await.map_err(unreachable)?;
        let listed: Listed = quick_xml::de::from_str(&text)
            .map_err(|error| Error::Internal(format!("the storage's list of parts can't be read: {error}")))?;
        let parts = listed.parts.into_iter();
        Ok(parts.map(|part| Part { number: part.number, size: part.size, tag: part.tag }).collect())
    }

    pub async fn join(&self, location: &Location, multipart: &str, parts: Vec<Part>) -> Result<()> {
        let parts = parts.into_iter().map(|part| PartId { content_id: part.tag }).collect();
        self.store.complete_multipart(location, &multipart.to_string(), parts).await.map_err(failed)?;
        Ok(())
    }

    /// That there is no such upload (any more) is as good.
    pub async fn abort(&self, location: &Location, multipart: &str) -> Result<()> {
        match self.store.abort_multipart(location, &multipart.to_string()).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(failed(error)),
        }
    }
}

/// `ListPartsResult`.
#[derive(Deserialize)]
struct Listed {
    #[serde(rename = "Part", default)]
    parts: Vec<ListedPart>,
}

#[derive(Deserialize)]
struct ListedPart {
    #[serde(rename = "PartNumber")]
    number: u32,
    #[serde(rename = "Size")]
    size: u64,
    #[serde(rename = "ETag")]
    tag: String,
}

/// Addresses are signed: none of them goes into the log.
fn unreachable(error: reqwest::Error) -> Error {
    Error::Internal(format!("the storage failed: {}", error.without_url()))
}
