//! A server that fails and fails is left alone for a while: who asks meanwhile hears it at once, and it can recover.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Duration, Utc};
use kernel::World;

/// Counts failures in a row. Its clock is the process's: see [`World`].
pub struct Breaker {
    world: Arc<dyn World>,
    /// So many failures in a row, and it rests.
    most: u32,
    rest: Duration,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    failures: u32,
    /// Nobody asks before.
    rests_until: Option<DateTime<Utc>>,
    /// Somebody has gone ahead to see whether it answers again.
    is_tried: bool,
}

/// Leave to ask once. Who drops it without saying what came of it has learnt nothing.
pub struct Pass {
    breaker: Arc<Breaker>,
    is_trial: bool,
    is_told: bool,
}

impl Breaker {
    pub fn new(world: Arc<dyn World>, most: u32, rest: Duration) -> Arc<Self> {
        Arc::new(Self { world, most, rest, state: Mutex::default() })
    }

    /// `None` while it rests. When that is over one may go ahead; the others wait for what comes of it.
    pub fn enter(self: &Arc<Self>) -> Option<Pass> {
        let mut state = self.state();
        let is_trial = match state.rests_until {
            None => false,
            Some(until) if until > self.world.now() || state.is_tried => return None,
            Some(_) => true,
        };
        state.is_tried = is_trial;
        Some(Pass { breaker: self.clone(), is_trial, is_told: false })
    }

    /// What is in it is whole after every change: a panic elsewhere has broken nothing.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pass {
    pub fn succeeded(mut self) {
        self.is_told = true;
        *self.breaker.state() = State::default();
    }

    /// `rest`: how long the server wants to be left alone, if it said so.
    pub fn failed(mut self, rest: Option<Duration>) {
        self.is_told = true;
        let (breaker, now) = (&self.breaker, self.breaker.world.now());
        let mut state = breaker.state();
        state.failures = state.failures.saturating_add(1);
        state.is_tried &= !self.is_trial;
        if self.is_trial || state.failures >= breaker.most || rest.is_some() {
            let until = now + rest.unwrap_or(breaker.rest);
            state.rests_until = Some(state.rests_until.map_or(until, |before| before.max(until)));
        }
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        if self.is_trial && !self.is_told {
            self.breaker.state().is_tried = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Clock(Mutex<DateTime<Utc>>);

    impl World for Clock {
        fn now(&self) -> DateTime<Utc> {
            *self.0.lock().unwrap()
        }

        fn fill(&self, _: &mut [u8]) -> kernel::Result<()> {
            Ok(())
        }
    }

    fn breaker() -> (Arc<Clock>, Arc<Breaker>) {
        let clock = Arc::new(Clock(Mutex::new(DateTime::UNIX_EPOCH)));
        (clock.clone(), Breaker::new(clock, 2, Duration::seconds(30)))
    }

    fn pass(clock: &Clock, seconds: i64) {
        *clock.0.lock().unwrap() += Duration::seconds(seconds);
    }

    #[test]
    fn it_rests_after_failures_in_a_row_and_one_goes_ahead_afterwards() {
        let (clock, breaker) = breaker();
        breaker.enter().unwrap().failed(None);
        breaker.enter().unwrap().succeeded();
        breaker.enter().unwrap().failed(None);
        breaker.enter().unwrap().failed(None);
        assert!(breaker.enter().is_none());
        pass(&clock, 29);
        assert!(breaker.enter().is_none());
        pass(&clock, 1);
        let ahead = breaker.enter().unwrap();
        assert!(breaker.enter().is_none(), "one goes ahead");
        ahead.failed(None);
        assert!(breaker.enter().is_none());
        pass(&clock, 30);
        breaker.enter().unwrap().succeeded();
        let (one, other) = (breaker.enter(), breaker.enter());
        assert!(one.is_some() && other.is_some());
    }

    #[test]
    fn who_goes_ahead_and_gives_up_leaves_the_way_to_others() {
        let (clock, breaker) = breaker();
        breaker.enter().unwrap().failed(Some(Duration::seconds(100)));
        pass(&clock, 99);
        assert!(breaker.enter().is_none(), "as long as the server wanted");
        pass(&clock, 1);
        drop(breaker.enter().unwrap());
        assert!(breaker.enter().is_some());
    }
}
