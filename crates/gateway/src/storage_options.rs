//! Where uploaded files are kept, as the settings say.

use std::path::Path;

use clap::{Args, value_parser};
use kernel::{Error, Result};
use media::{Storage, storage::S3Settings, uploading::UploadLimits};

/// Where uploaded files are kept: the folder `media` of the data folder, unless a bucket is named.
#[derive(Args, Clone, Debug, Default)]
pub struct StorageOptions {
    /// The bucket of an S3-compatible store that keeps uploaded files. Without it: the folder `media` of the data folder.
    #[arg(long, env = "LECTERN_S3_BUCKET")]
    pub s3_bucket: Option<String>,
    /// Where the store is, for all but AWS: `https://s3.eu-central-003.backblazeb2.com`. Browsers have to reach it, too.
    #[arg(long, env = "LECTERN_S3_ENDPOINT")]
    pub s3_endpoint: Option<String>,
    /// The store's region.
    #[arg(long, env = "LECTERN_S3_REGION", default_value = "us-east-1")]
    pub s3_region: String,
    /// The id of the key that may read and write the bucket.
    #[arg(long, env = "LECTERN_S3_ACCESS_KEY", hide_env_values = true)]
    pub s3_access_key: Option<String>,
    /// The key's secret.
    #[arg(long, env = "LECTERN_S3_SECRET_KEY", hide_env_values = true)]
    pub s3_secret_key: Option<String>,
    /// How much a person may keep, in MiB.
    #[arg(long, env = "LECTERN_UPLOAD_QUOTA", default_value_t = 20 << 10, value_parser = value_parser!(i64).range(1..=1 << 40))]
    pub upload_quota: i64,
    /// How large one file may be, in MiB.
    #[arg(long, env = "LECTERN_UPLOAD_LARGEST", default_value_t = 10 << 10, value_parser = value_parser!(i64).range(1..=1 << 40))]
    pub upload_largest: i64,
}

impl StorageOptions {
    pub fn open(&self, data: &Path) -> Result<Storage> {
        match self.bucket()? {
            Some(settings) => Storage::in_bucket(&settings),
            None => Storage::in_folder(&data.join("media")),
        }
    }

    pub fn limits(&self) -> UploadLimits {
        let [quota, largest] = [self.upload_quota, self.upload_largest].map(|mebibytes| mebibytes << 20);
        UploadLimits { quota, largest, ..UploadLimits::default() }
    }

    /// Set but empty is as good as not set; a bucket without its key is a mistake that is better told at once.
    fn bucket(&self) -> Result<Option<S3Settings>> {
        let given = |setting: &Option<String>| setting.clone().filter(|text| !text.is_empty());
        let Some(bucket) = given(&self.s3_bucket) else {
            return Ok(None);
        };
        let (Some(access_key), Some(secret_key)) = (given(&self.s3_access_key), given(&self.s3_secret_key)) else {
            let message = "LECTERN_S3_BUCKET needs LECTERN_S3_ACCESS_KEY and LECTERN_S3_SECRET_KEY beside it";
            return Err(Error::Internal(message.into()));
        };
        let (endpoint, region) = (given(&self.s3_endpoint), self.s3_region.clone());
        Ok(Some(S3Settings { endpoint, bucket, region, access_key, secret_key }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Option<String> {
        Some(text.into())
    }

    #[test]
    fn a_bucket_needs_its_key_and_an_empty_name_is_none() {
        let none = StorageOptions { s3_bucket: text(""), ..StorageOptions::default() };
        assert!(none.bucket().unwrap().is_none());
        let half = StorageOptions { s3_bucket: text("files"), s3_access_key: text("id"), ..StorageOptions::default() };
        assert!(half.bucket().is_err());
        let whole = StorageOptions { s3_secret_key: text("hush"), s3_endpoint: text(""), ..half };
        let settings = whole.bucket().unwrap().unwrap();
        assert_eq!((settings.bucket.as_str(), settings.endpoint), ("files", None));
    }
}
