use std::borrow::Cow;
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use std::time::Duration;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier},
};
use icu_normalizer::ComposingNormalizer;
use kernel::{Error, Result, World};
use tokio::{sync::Semaphore, task::spawn_blocking, time::timeout};

/// The most that wait for a hash.
const MAX_WAITING: usize = 400;
/// So long one waits at most: who then hears that there are too many has not lost the request's ten seconds.
const LONGEST_WAIT: Duration = Duration::from_secs(3);
const RETRY_AFTER: i64 = 5;

/// Hashes and verifies passwords with argon2id and OWASP's parameters (19 MiB, 2 passes, 1 lane), away from the async
/// threads and only so many at once: a storm of sign-ins queues here and starves nothing else.
/// <https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html>
#[derive(Clone)]
pub struct Passwords {
    world: Arc<dyn World>,
    slots: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    /// How long somebody waits for a slot at most.
    pub longest_wait: Duration,
    /// Verified against when there is no account, so that the answer takes as long.
    nobody: Arc<str>,
}

impl Passwords {
    /// `at_once`: how many hashes are computed at the same time; each takes 19 MiB and about 20 ms of one processor.
    pub fn new(world: Arc<dyn World>, at_once: usize) -> Result<Self> {
        let nobody = hash("nobody", &[0; 16])?.into();
        Ok(Self {
            world,
            slots: Arc::new(Semaphore::new(at_once)),
            waiting: Arc::default(),
            longest_wait: LONGEST_WAIT,
            nobody,
        })
    }

    /// The PHC string to store.
    pub async fn hash(&self, password: String) -> Result<String> {
        let mut salt = [0; 16];
        self.world.fill(&mut salt)?;
        self.work(move || hash(&typed(&password), &salt)).await
    }

    /// Does the password fit? Without a stored hash the same work is done, and the answer is no.
    pub async fn verify(&self, password: String, stored: Option<String>) -> Result<bool> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.nobody.to_string());
        let fits = self
            .work(move || Ok(Argon2::default().verify_password(typed(&password).as_bytes(), stored.as_str()).is_ok()))
            .await?;
        Ok(fits && known)
    }

    async fn work<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let _waiting = Waiting::new(&self.waiting)?;
        let slot = timeout(self.longest_wait, self.slots.clone().acquire_owned()).await;
        let slot = slot.map_err(|_| too_many())?.map_err(internal)?;
        // The work goes on when who asked for it is gone, so the slot goes with it.
        let task = spawn_blocking(move || {
            let _slot = slot;
            work()
        });
        task.await.map_err(internal)?
    }
}

/// One of those who wait for a slot. The queue has an end: who comes later is told to try again.
struct Waiting(Arc<AtomicUsize>);

impl Waiting {
    fn new(waiting: &Arc<AtomicUsize>) -> Result<Self> {
        let place = Self(waiting.clone());
        if place.0.fetch_add(1, Ordering::Relaxed) >= MAX_WAITING {
            return Err(too_many());
        }
        Ok(place)
    }
}

fn too_many() -> Error {
    let message = "Too many people are signing in at this moment: try again in some seconds.".into();
    Error::Exhausted { code: "RATE_LIMITED", message, retry_after: Some(RETRY_AFTER) }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The same however the keyboard composes its characters: NFKC, as NIST SP 800-63B advises.
fn typed(password: &str) -> Cow<'_, str> {
    ComposingNormalizer::new_nfkc().normalize(password)
}

fn hash(password: &str, salt: &[u8]) -> Result<String> {
    let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), salt).map_err(internal)?;
    Ok(hash.to_string())
}

fn internal(error: impl std::fmt::Display) -> Error {
    Error::Internal(error.to_string())
}

#[cfg(test)]
mod tests {
    use std::{
        future::{Future, poll_fn},
        pin::pin,
        sync::mpsc,
        task::Poll,
    };

    use kernel::SystemWorld;

    use super::*;

    async fn begin(work: &mut (impl Future + Unpin)) {
        poll_fn(|context| {
            let _ = std::pin::Pin::new(&mut *work).poll(context);
            Poll::Ready(())
        })
        .await;
    }

    #[tokio::test]
    async fn a_slot_is_held_until_the_work_is_done_even_when_nobody_waits_for_it() {
        let passwords = Passwords::new(Arc::new(SystemWorld), 1).unwrap();
        let (done, wait) = mpsc::channel::<()>();
        {
            let mut abandoned = pin!(passwords.work(move || wait.recv().map_err(internal)));
            begin(&mut abandoned).await;
        }
        assert_eq!(passwords.slots.available_permits(), 0);
        done.send(()).unwrap();
        // Comes only when the abandoned work has ended.
        drop(passwords.slots.acquire().await.unwrap());
        assert_eq!(passwords.waiting.load(Ordering::Relaxed), 0);
    }

    /// However slow the machine is: the queue is short in time, not only in number.
    #[tokio::test]
    async fn nobody_waits_long() {
        let mut passwords = Passwords::new(Arc::new(SystemWorld), 0).unwrap();
        passwords.longest_wait = Duration::ZERO;
        let refused = passwords.verify("correct horse".into(), None).await.unwrap_err();
        assert!(matches!(refused, Error::Exhausted { code: "RATE_LIMITED", .. }));
        assert_eq!(passwords.waiting.load(Ordering::Relaxed), 0);
    }

    #[tokio::test]
    async fn the_queue_has_an_end() {
        let passwords = Passwords::new(Arc::new(SystemWorld), 1).unwrap();
        passwords.waiting.store(MAX_WAITING, Ordering::Relaxed);
        let refused = passwords.hash("correct horse".into()).await.unwrap_err();
        assert!(matches!(refused, Error::Exhausted { code: "RATE_LIMITED", .. }));
        assert_eq!(passwords.waiting.load(Ordering::Relaxed), MAX_WAITING);
    }
}
