//! Batched reads of one request. A key's type names the query; all keys asked for at once are answered by one
//! statement, and what was read once is not read again.
//!
//! Why not the `dataloader` crate: it hands results out one waiter at a time, so the waiters' own loads start in several
//! batches and the number of statements grows with the rows; and a batch is lost when the request that runs it is dropped.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    fmt::Debug,
    future::Future,
    hash::Hash,
    mem,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use futures_channel::oneshot;
use kernel::{Db, PageRequest, Viewer};
use tokio::time::Instant;

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

/// Misses and errors are remembered like values.
type Kept<K> = std::result::Result<Option<<K as Key>::Value>, Arc<kernel::Error>>;

enum Slot<K: Key> {
    Done(Kept<K>),
    Waiting(Vec<oneshot::Sender<Kept<K>>>),
}

struct State<K: Key> {
    slots: HashMap<K, Slot<K>>,
    /// Asked for, not yet read.
    queue: Vec<K>,
    /// Somebody is about to read the queue.
    has_leader: bool,
}

struct Shared<K: Key> {
    reader: Arc<Reader>,
    state: Mutex<State<K>>,
}

/// The most edges that one operation follows. A page of a hundred courses with all their files follows some 1,200.
const MAX_EDGES: usize = 20_000;

/// The loaders of one request, made when first asked.
pub struct Loaders {
    followed: AtomicUsize,
    deadline: Mutex<Instant>,
    reader: Mutex<Arc<Reader>>,
    by_key: Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
}

impl Loaders {
    /// After `deadline` nothing is loaded any more.
    pub fn new(reader: Reader, deadline: Instant) -> Self {
        let followed = AtomicUsize::new(0);
        Self {
            followed,
            deadline: Mutex::new(deadline),
            reader: Mutex::new(Arc::new(reader)),
            by_key: Mutex::default(),
        }
    }

    /// The value of one key, read together with all that is asked for meanwhile.
    pub async fn load<K: Key>(&self, key: K) -> Result<Option<K::Value>> {
        self.check_budget()?;
        let shared = self.shared::<K>();
        let (answer, leads) = match shared.ask(key) {
            Asked::Known(kept) => return Ok(kept?),
            Asked::Wait { answer, leads } => (answer, leads),
        };
        if leads {
            shared.lead().await;
        }
        let lost = || Arc::new(kernel::Error::Internal("a batch was lost".into()));
        Ok(answer.await.unwrap_or_else(|_| Err(lost()))?)
    }

    /// An answer whose rows are all known would go on for as long as it is large: nothing in it waits, so no timer could
    /// end it.
    fn check_budget(&self) -> kernel::Result<()> {
        if self.followed.fetch_add(1, Ordering::Relaxed) >= MAX_EDGES {
            let message = format!("The answer follows more than {MAX_EDGES} edges: ask for less at a time.");
            return Err(kernel::Error::Exhausted { code: "COST_LIMIT_EXCEEDED", message, retry_after: None });
        }
        if Instant::now() >= *lock(&self.deadline) {
            let message = "The operation took too long.".into();
            return Err(kernel::Error::Exhausted { code: "TIMEOUT", message, retry_after: None });
        }
        Ok(())
    }

    /// Remembers what was read in another way.
    pub fn prime<K: Key>(&self, key: K, value: K::Value) {
        let shared = self.shared::<K>();
        lock(&shared.state).slots.entry(key).or_insert(Slot::Done(Ok(Some(value))));
    }

    /// Forgets everything: after a write, what was read may be old.
    pub fn clear(&self) {
        lock(&self.by_key).clear();
    }

    /// Where and for whom is read at present.
    pub fn reader(&self) -> Arc<Reader> {
        lock(&self.reader).clone()
    }

    /// Forgets everything and reads for somebody else from now on.
    pub fn restart(&self, reader: Reader) {
        *lock(&self.reader) = Arc::new(reader);
        self.clear();
    }

    /// Begins anew, with all of its budget, for the next event of a subscription.
    pub fn renew(&self, reader: Reader, deadline: Instant) {
        self.followed.store(0, Ordering::Relaxed);
        *lock(&self.deadline) = deadline;
        self.restart(reader);
    }

    fn shared<K: Key>(&self) -> Arc<Shared<K>> {
        let reader = self.reader();
        let mut by_key = lock(&self.by_key);
        let kept = by_key.entry(TypeId::of::<K>()).or_insert_with(|| Arc::new(Shared::<K>::new(reader.clone())));
        kept.clone().downcast().unwrap_or_else(|_| Arc::new(Shared::new(reader)))
    }
}

enum Asked<K: Key> {
    Known(Kept<K>),
    Wait { answer: oneshot::Receiver<Kept<K>>, leads: bool },
}

impl<K: Key> Shared<K> {
    fn new(reader: Arc<Reader>) -> Self {
        Self { reader, state: Mutex::new(State { slots: HashMap::new(), queue: Vec::new(), has_leader: false }) }
    }

    fn ask(&self, key: K) -> Asked<K> {
        let mut state = lock(&self.state);
        let (sender, answer) = oneshot::channel();
        let mut leads = false;
        match state.slots.get_mut(&key) {
            Some(Slot::Done(kept)) => return Asked::Known(kept.clone()),
            Some(Slot::Waiting(waiting)) => waiting.push(sender),
            None => {
                state.slots.insert(key.clone(), Slot::Waiting(vec![sender]));
                state.queue.push(key);
                leads = !mem::replace(&mut state.has_leader, true);
            }
        }
        Asked::Wait { answer, leads }
    }

    /// Waits until nobody asks for more, then reads the queue.
    async fn lead(self: &Arc<Self>) {
        let mut lead = Lead { shared: self.clone(), keys: vec![], has_taken: false };
        let mut seen = 0;
        loop {
            tokio::task::yield_now().await;
            let queued = lock(&self.state).queue.len();
            if queued == seen {
                break;
            }
            seen = queued;
        }
        lead.take();
        self.read(&lead.keys).await;
        lead.keys.clear();
    }

    async fn read(&self, keys: &[K]) {
        let read = K::load(&self.reader, keys).await.map_err(Arc::new);
        let mut state = lock(&self.state);
        let mut answers = Vec::new();
        let mut found = read;
        for key in keys {
            let kept = match &mut found {
                Ok(values) => Ok(values.remove(key)),
                Err(error) => Err(error.clone()),
            };
            if let Some(Slot::Waiting(waiting)) = state.slots.insert(key.clone(), Slot::Done(kept.clone())) {
                answers.extend(waiting.into_iter().map(|sender| (sender, kept.clone())));
            }
        }
        drop(state);
        // All are woken before any of them runs, so that what they ask for next is one batch again.
        for (sender, kept) in answers {
            // Who no longer waits needs no answer.
            let _ = sender.send(kept);
        }
    }
}

/// Holds the keys being read. When the request part that leads is dropped (a sibling field failed), a task reads on for
/// those who wait.
struct Lead<K: Key> {
    shared: Arc<Shared<K>>,
    keys: Vec<K>,
    has_taken: bool,
}

impl<K: Key> Lead<K> {
    fn take(&mut self) {
        let mut state = lock(&self.shared.state);
        state.has_leader = false;
        self.has_taken = true;
        self.keys.append(&mut state.queue);
    }
}

impl<K: Key> Drop for Lead<K> {
    fn drop(&mut self) {
        if !self.has_taken {
            self.take();
        }
        if self.keys.is_empty() {
            return;
        }
        let (shared, keys) = (self.shared.clone(), mem::take(&mut self.keys));
        tokio::spawn(async move { shared.read(&keys).await });
    }
}

/// Keys that ask for the same page are answered together.
pub fn by_request<'a, I>(keys: impl Iterator<Item = (I, &'a PageRequest)>) -> HashMap<&'a PageRequest, Vec<I>> {
    keys.fold(HashMap::new(), |mut groups: HashMap<_, Vec<I>>, (parent, request)| {
        groups.entry(request).or_default().push(parent);
        groups
    })
}

/// A panic elsewhere does not make the map any less right: every change of it is complete.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
