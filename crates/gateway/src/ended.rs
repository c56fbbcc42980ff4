//! Who has lost a session or a token: told to the connections that are open for them.

use std::{
    mem,
    sync::{Mutex, PoisonError},
};

use kernel::UserId;
use tokio::sync::broadcast;

/// Who falls further behind than this looks again at once.
const KEPT: usize = 256;

/// Carries the news to every open connection of this process. Other processes find out when they ping.
pub struct Ended(broadcast::Sender<UserId>);

impl Default for Ended {
    fn default() -> Self {
        Self(broadcast::channel(KEPT).0)
    }
}

impl Ended {
    /// Hears of everybody from now on.
    pub fn listen(&self) -> broadcast::Receiver<UserId> {
        self.0.subscribe()
    }

    /// Tells what has been committed.
    pub fn tell(&self, user: UserId) {
        // Fails only when nobody listens.
        let _ = self.0.send(user);
    }
}

/// The news of one request. Told when the request is over, however it ends: who signs out over a connection gets an
/// answer before it closes.
#[derive(Default)]
pub struct News(Mutex<Vec<UserId>>);

impl News {
    pub fn add(&self, users: Vec<UserId>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(users);
    }

    pub fn take(&self) -> Vec<UserId> {
        mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
