use std::sync::{Mutex, PoisonError};

use accounts::idempotency::Asked;

/// What a request has been asked with a key, one mutation at a time: they run one after the other.
#[derive(Default)]
pub struct Repeats(Mutex<Option<Asking>>);

struct Asking {
    asked: Asked,
    /// Has a transaction with the key been committed?
    is_taken: bool,
}

impl Repeats {
    /// A mutation with a key begins.
    pub fn begin(&self, asked: Asked) {
        self.set(Some(Asking { asked, is_taken: false }));
    }

    /// The key that the next transaction has to take.
    pub fn to_take(&self) -> Option<Asked> {
        let asking = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        asking.as_ref().filter(|asking| !asking.is_taken).map(|asking| asking.asked.clone())
    }

    /// The transaction that took the key has been committed.
    pub fn taken(&self) {
        if let Some(asking) = self.0.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            asking.is_taken = true;
        }
    }

    /// The mutation has ended. Was its key taken?
    pub fn end(&self) -> bool {
        self.set(None).is_some_and(|asking| asking.is_taken)
    }

    fn set(&self, asking: Option<Asking>) -> Option<Asking> {
        std::mem::replace(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner), asking)
    }
}
