//! Batched reads of one request. A key's type names the query; all keys asked for at once are answered by one
//! statement, and what was read once is not read again. Built on the `dataloader` crate.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    fmt::Debug,
    future::Future,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
};

use dataloader::{BatchFn, cached};
use kernel::{Db, Viewer};

use super::error::Result;

/// Where batches read, and for whom: a batch returns only what the viewer may see.
pub struct Reader {
    pub db: Db,
    pub viewer: Viewer,
}

/// A question that can be asked for many keys at once.
pub trait Key: Clone + Eq + Hash + Debug + Send + Sync + 'static {
    type Value: Clone + Send + Sync + 'static;

    /// The values of these keys; a key without one is left out.
    fn load(reader: &Reader, keys: &[Self]) -> impl Future<Output = kernel::Result<HashMap<Self, Self::Value>>> + Send;
}

/// What the library keeps for a key: misses and errors are values too.
type Kept<K> = std::result::Result<Option<<K as Key>::Value>, Arc<kernel::Error>>;
type Loader<K> = cached::Loader<K, Kept<K>, Batch>;

#[derive(Clone)]
struct Batch(Arc<Reader>);

impl<K: Key> BatchFn<K, Kept<K>> for Batch {
    async fn load(&mut self, keys: &[K]) -> HashMap<K, Kept<K>> {
        match K::load(&self.0, keys).await {
            Ok(mut found) => keys.iter().map(|key| (key.clone(), Ok(found.remove(key)))).collect(),
            Err(error) => {
                let error = Arc::new(error);
                keys.iter().map(|key| (key.clone(), Err(error.clone()))).collect()
            }
        }
    }
}

/// The loaders of one request, made when first asked.
pub struct Loaders {
    reader: Arc<Reader>,
    by_key: Mutex<HashMap<TypeId, Box<dyn Any + Send + Sync>>>,
}

impl Loaders {
    pub fn new(reader: Reader) -> Self {
        Self { reader: Arc::new(reader), by_key: Mutex::default() }
    }

    /// The value of one key, read together with all that is asked for meanwhile.
    pub async fn load<K: Key>(&self, key: K) -> Result<Option<K::Value>> {
        let loader = self.loader::<K>();
        loop {
            // The library has one flaw: when the request that runs a batch is dropped (a sibling field failed), the
            // batch is lost and those who waited for it get an error. Every batch answers every key, so an error can
            // mean only that: ask again.
            if let Ok(kept) = loader.try_load(key.clone()).await {
                return Ok(kept?);
            }
        }
    }

    /// Reads all keys now, so that each later [`Self::load`] of one finds it. For the resolvers of lists.
    pub async fn prefetch<K: Key>(&self, keys: Vec<K>) {
        // A lost batch is read again by the loads that follow.
        let _ = self.loader::<K>().try_load_many(keys).await;
    }

    /// Forgets everything: after a write, what was read may be old.
    pub fn clear(&self) {
        self.by_key.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn loader<K: Key>(&self) -> Loader<K> {
        let mut by_key = self.by_key.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = by_key.entry(TypeId::of::<K>()).or_insert_with(|| Box::new(new_loader::<K>(&self.reader)));
        kept.downcast_ref::<Loader<K>>().cloned().unwrap_or_else(|| new_loader(&self.reader))
    }
}

fn new_loader<K: Key>(reader: &Arc<Reader>) -> Loader<K> {
    cached::Loader::new(Batch(reader.clone())).with_max_batch_size(usize::MAX).with_yield_count(1)
}
