/// How much may be asked for: so many points of cost a minute, which may come all at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    pub per_minute: u32,
}

const MINUTE: i64 = 60_000_000_000;

impl Rate {
    /// How long a point takes to be paid back, in nanoseconds.
    fn point(self) -> i64 {
        MINUTE / i64::from(self.per_minute.max(1))
    }
}

/// What somebody has asked for and not yet paid back: it runs out at a steady rate, so that one time says all.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bucket {
    /// When it is full again, in nanoseconds since 1970.
    pub full_at: i64,
    /// What of that the other gateways have not heard of.
    pub unsettled: i64,
}

/// What is left after something was taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Left {
    pub limit: u32,
    pub remaining: u32,
}

impl Bucket {
    /// Takes so much, or says for how many seconds there is not enough.
    pub fn take(&mut self, rate: Rate, cost: u64, now: i64) -> Result<Left, i64> {
        // What is dearer than a whole minute can be had once a minute.
        let points = i64::try_from(cost).unwrap_or(i64::MAX).min(rate.per_minute.into());
        let spent = points * rate.point();
        let full_at = self.full_at.max(now) + spent;
        let most = i64::from(rate.per_minute) * rate.point();
        if full_at - now > most {
            let wait = full_at - now - most;
            return Err((wait + 999_999_999) / 1_000_000_000);
        }
        (self.full_at, self.unsettled) = (full_at, self.unsettled + spent);
        let remaining = (most - (full_at - now)) / rate.point();
        Ok(Left { limit: rate.per_minute, remaining: u32::try_from(remaining).unwrap_or_default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate { per_minute: 60 };
    const SECOND: i64 = 1_000_000_000;

    #[test]
    fn a_minute_s_worth_may_come_at_once_and_comes_back_by_and_by() {
        let mut bucket = Bucket::default();
        assert_eq!(bucket.take(RATE, 60, 0), Ok(Left { limit: 60, remaining: 0 }));
        assert_eq!(bucket.take(RATE, 1, 0), Err(1));
        assert_eq!(bucket.take(RATE, 10, SECOND), Err(9));
        assert_eq!(bucket.take(RATE, 10, 10 * SECOND), Ok(Left { limit: 60, remaining: 0 }));
        assert_eq!(bucket.take(RATE, 1, 100 * SECOND), Ok(Left { limit: 60, remaining: 59 }));
    }

    #[test]
    fn what_is_refused_takes_nothing_and_what_is_too_dear_can_be_had_when_all_is_there() {
        let mut bucket = Bucket::default();
        assert_eq!(bucket.take(RATE, 1_000, 0), Ok(Left { limit: 60, remaining: 0 }));
        for _ in 0..9 {
            assert_eq!(bucket.take(RATE, 1_000, 30 * SECOND), Err(30));
        }
        assert_eq!(bucket.take(RATE, u64::MAX, 60 * SECOND), Ok(Left { limit: 60, remaining: 0 }));
    }
}
