use chrono::{DateTime, SubsecRound, Utc};

use crate::{Error, Result};

/// Where a process takes its time and randomness from. Tests bring their own and steer it.
pub trait World: Send + Sync {
    /// The time now, in whole microseconds: what both databases can store.
    fn now(&self) -> DateTime<Utc>;

    /// Fills the bytes with randomness fit for secrets.
    fn fill(&self, bytes: &mut [u8]) -> Result<()>;
}

/// The real one: the system's clock and its randomness.
pub struct SystemWorld;

impl World for SystemWorld {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that may")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(6)
    }

    fn fill(&self, bytes: &mut [u8]) -> Result<()> {
        getrandom::fill(bytes).map_err(|error| Error::Internal(error.to_string()))
    }
}
