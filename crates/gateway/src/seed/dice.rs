use chrono::{DateTime, TimeDelta, Utc};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sea_orm::prelude::Uuid;

/// Seconds since 1970.
pub type Seconds = i64;

pub const MINUTE: Seconds = 60;
pub const HOUR: Seconds = 60 * MINUTE;
pub const DAY: Seconds = 24 * HOUR;

/// 2023-01-01T00:00:00Z: before it there was no school.
pub const OPENED: Seconds = 1_672_531_200;

/// 2026-06-01T00:00:00Z: everything lies before it.
pub const TODAY: Seconds = 1_780_272_000;

pub fn time(seconds: Seconds) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
}

/// What is being made. Every row of every kind throws its own dice, so that no row depends on the order in which rows
/// are made: the numbers are part of what a seed means.
#[derive(Clone, Copy)]
pub enum Kind {
    Titles = 1,
    User,
    UserRole,
    Category,
    Course,
    CourseText,
    Section,
    Media,
    Quiz,
    Question,
    Class,
    Enrollment,
    VideoProgress,
    CourseProgress,
    Certificate,
    Attempt,
    Answer,
    Review,
    Vote,
    Chat,
    Conversation,
    Staff,
    QuizVersion,
}

/// Chance that can be repeated: the same seed, kind and row always throw the same numbers.
pub struct Dice {
    rng: ChaCha8Rng,
    mark: u128,
}

impl Dice {
    pub fn new(seed: u64, kind: Kind, row: usize) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream((kind as u64) << 48 | row as u64);
        let mark = rng.random();
        Self { rng, mark }
    }

    /// The row's id: a UUIDv7 of this time. The same however often and after whatever other throws it is asked for.
    pub fn id<I: From<Uuid>>(&self, at: Seconds) -> I {
        const VERSION: u128 = 7 << 76;
        const VARIANT: u128 = 2 << 62;
        const RANDOM: u128 = (0xfff << 64) | (u128::MAX >> 66);
        let millis = u128::from(at.unsigned_abs()) * 1_000;
        Uuid::from_u128(millis << 80 | VERSION | VARIANT | (self.mark & RANDOM)).into()
    }

    pub fn bits(&mut self) -> u128 {
        self.rng.random()
    }

    /// One of `0..count`; 0 when there is nothing to choose from.
    pub fn below(&mut self, count: usize) -> usize {
        if count < 2 { 0 } else { self.rng.random_range(0..count as u64) as usize }
    }

    /// One of `0..count`, the first ones more often.
    pub fn early(&mut self, count: usize) -> usize {
        self.below(count).min(self.below(count))
    }

    /// One of `from..=to`.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        self.rng.random_range(from..=to.max(from))
    }

    pub fn percent(&mut self, chance: i64) -> bool {
        self.between(0, 99) < chance
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        let all = list.len();
        self.shuffle_first(list, all);
    }

    /// Puts `count` chosen by chance to the front.
    pub fn shuffle_first<T>(&mut self, list: &mut [T], count: usize) {
        for at in 0..count.min(list.len()) {
            let other = at + self.below(list.len() - at);
            list.swap(at, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_version_7_and_repeat() {
        let mut dice = Dice::new(1, Kind::User, 5);
        let id: Uuid = dice.id(TODAY);
        dice.bits();
        assert_eq!(id, dice.id::<Uuid>(TODAY));
        assert_eq!(id.get_version_num(), 7);
        assert!(id.to_string().starts_with("019e807a-ec00-7"), "{id}");
        assert_ne!(id, Dice::new(1, Kind::User, 6).id::<Uuid>(TODAY));
        assert_ne!(id, Dice::new(1, Kind::Course, 5).id::<Uuid>(TODAY));
        assert_ne!(id, Dice::new(2, Kind::User, 5).id::<Uuid>(TODAY));
    }
}
