//! Files in a bucket of a store that speaks S3: AWS, Backblaze B2, MinIO and others.

mod parts;

use std::{fmt, ops::Range, sync::Arc, time::Duration};

use futures_util::{StreamExt, TryStreamExt};
use kernel::{Error, Result, trusting_public_authorities};
use object_store::{
    ClientOptions, GetOptions, GetRange, ObjectStore,
    aws::{AmazonS3, AmazonS3Builder},
    client::{HttpClient, HttpConnector},
    path::Path as Location,
};

use super::{Content, failing::failed};

/// How long the store may take to be reached, and to go on once it has begun.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where the bucket is and who may use it.
#[derive(Clone, Default)]
pub struct S3Settings {
    /// `https://s3.eu-central-003.backblazeb2.com`; none for AWS itself.
    pub endpoint: Option<String>,
    pub bucket: String,
    pub region: String,
    pub access_key: String,
    pub secret_key: String,
}

impl fmt::Debug for S3Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "S3Settings({:?}, {:?})", self.endpoint, self.bucket)
    }
}

#[derive(Debug)]
pub struct Bucket {
    store: Arc<AmazonS3>,
    http: reqwest::Client,
}

impl Bucket {
    pub fn open(settings: &S3Settings) -> Result<Self> {
        let http = client()?;
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&settings.bucket)
            .with_region(&settings.region)
            .with_access_key_id(&settings.access_key)
            .with_secret_access_key(&settings.secret_key)
            .with_http_connector(Connector(http.clone()));
        if let Some(endpoint) = &settings.endpoint {
            // Whoever writes http:// has the store on a network of their own.
            builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
        }
        Ok(Self { store: Arc::new(builder.build().map_err(failed)?), http })
    }

    pub fn objects(&self) -> Arc<dyn ObjectStore> {
        self.store.clone()
    }

    pub async fn read(&self, location: &Location, range: Option<Range<u64>>) -> Result<Content> {
        let options = GetOptions { range: range.map(GetRange::Bounded), ..GetOptions::default() };
        let found = self.store.get_opts(location, options).await.map_err(failed)?;
        Ok(found.into_stream().map_err(failed).boxed())
    }
}

/// Hands the store our own client.
#[derive(Debug)]
struct Connector(reqwest::Client);

impl HttpConnector for Connector {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(self.0.clone()))
    }
}

/// A client for what is kept elsewhere.
pub fn client() -> Result<reqwest::Client> {
    let client = reqwest::Client::builder()
        .tls_backend_preconfigured(trusting_public_authorities()?)
        .no_proxy()
        .connect_timeout(PATIENCE)
        .read_timeout(PATIENCE)
        .build();
    client.map_err(|error| Error::Internal(format!("no client for the storage: {error}")))
}
