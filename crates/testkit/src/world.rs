use std::sync::Mutex;

use chrono::{DateTime, Duration, TimeZone, Utc};
use kernel::{Result, SystemWorld, World};

/// A clock that stands still until it is moved; randomness is the real one.
pub struct TestWorld(Mutex<DateTime<Utc>>);

impl TestWorld {
    pub fn new() -> Self {
        Self(Mutex::new(Utc.with_ymd_and_hms(2026, 7, 1, 12, 0, 0).unwrap()))
    }

    /// Moves the clock on.
    pub fn pass(&self, time: Duration) {
        *self.0.lock().unwrap() += time;
    }
}

impl Default for TestWorld {
    fn default() -> Self {
        Self::new()
    }
}

impl World for TestWorld {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }

    fn fill(&self, bytes: &mut [u8]) -> Result<()> {
        SystemWorld.fill(bytes)
    }
}
