use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use kernel::{Result, World};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::dice::{OPENED, time};

/// The world on the school's first day: its clock stands still and its chance can be repeated.
pub struct FirstDay(Mutex<ChaCha8Rng>);

impl FirstDay {
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(ChaCha8Rng::seed_from_u64(seed)))
    }
}

impl World for FirstDay {
    fn now(&self) -> DateTime<Utc> {
        time(OPENED)
    }

    fn fill(&self, bytes: &mut [u8]) -> Result<()> {
        let mut chance = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        chance.fill_bytes(bytes);
        Ok(())
    }
}
