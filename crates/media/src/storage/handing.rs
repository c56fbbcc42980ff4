use std::time::Duration;

use kernel::Result;

use super::{Place, Storage, location};

/// What a store is to say of a file that it hands out itself.
pub struct Handed<'a> {
    pub content_type: &'a str,
    pub disposition: &'a str,
}

/// Who was sent to the store begins at once, and what is under way goes on; but nobody asks there whether they still may.
const LASTS: Duration = Duration::from_secs(60);

impl Storage {
    /// Where the store hands a file out itself, for a minute. None for a folder: there our own server does.
    pub async fn get_url(&self, key: &str, handed: &Handed<'_>) -> Result<Option<String>> {
        match &self.0 {
            Place::Folder(_) => Ok(None),
            Place::Bucket(bucket) => Ok(Some(bucket.get_url(&location(key)?, handed, LASTS).await?)),
        }
    }
}
