use chrono::{DateTime, Utc};
use courses::CompletionPolicy;
use kernel::{MediaId, QuizId, SectionId};

use super::rules::WHOLE;

/// What somebody has done of a course.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    pub policy: CompletionPolicy,
    /// The course was completed: whatever becomes of it, that stays so.
    pub is_over: bool,
    /// In order.
    pub items: Vec<Item>,
}

/// Something in a course, and what somebody has done there.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub thing: Thing,
    pub section: Option<SectionId>,
    pub weight: i32,
    /// Does the course ask for it?
    pub counts: bool,
    pub watched: Option<Watched>,
    /// Completed by the learner's word, or by a quiz that they passed.
    pub is_said: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    File { media: MediaId, duration: Option<i32> },
    Quiz(QuizId),
}

/// How much of a recording was watched.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Watched {
    /// What counts.
    pub seconds: i32,
    /// What does not, because there was no time for it, over all that the person watches.
    pub excess: i32,
    /// In hundredths of a percent.
    pub percentage: i32,
    pub is_completed: bool,
    pub position: i32,
    /// The time and the number of the latest packet.
    pub latest: Option<(DateTime<Utc>, i64)>,
}

/// Why an item is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    NotStarted,
    InProgress,
    NotCompleted,
    NotPassed,
    /// More than can be watched in the time is said to have been.
    TooFast,
}

impl Thing {
    pub fn duration(&self) -> Option<i32> {
        match self {
            Self::File { duration, .. } => *duration,
            Self::Quiz(_) => None,
        }
    }

    pub fn media(&self) -> Option<MediaId> {
        match self {
            Self::File { media, .. } => Some(*media),
            Self::Quiz(_) => None,
        }
    }
}

impl Item {
    /// Is it completed by watching it?
    pub fn is_watched(&self, policy: CompletionPolicy) -> bool {
        policy == CompletionPolicy::Automatic && self.thing.duration().is_some()
    }

    /// How much of it is done, in hundredths of a percent. What was once said stays so when the policy changes.
    fn share(&self, policy: CompletionPolicy) -> i64 {
        match self.watched {
            _ if self.is_said => WHOLE,
            Some(watched) if self.is_watched(policy) && watched.is_completed => WHOLE,
            Some(watched) if self.is_watched(policy) => watched.percentage.into(),
            _ => 0,
        }
    }

    pub fn is_done(&self, policy: CompletionPolicy) -> bool {
        self.share(policy) == WHOLE
    }

    fn reason(&self, policy: CompletionPolicy) -> Reason {
        match self.thing {
            Thing::Quiz(_) => Reason::NotPassed,
            Thing::File { .. } if !self.is_watched(policy) => Reason::NotCompleted,
            Thing::File { .. } if self.watched.is_some_and(|watched| watched.excess > 0) => Reason::TooFast,
            Thing::File { .. } if self.watched.is_some_and(|watched| watched.seconds > 0) => Reason::InProgress,
            Thing::File { .. } => Reason::NotStarted,
        }
    }
}

impl Standing {
    /// In a course that holds nothing.
    pub fn empty(is_over: bool) -> Self {
        Self { policy: CompletionPolicy::Automatic, is_over, items: vec![] }
    }

    /// Of the whole course, or of a section of it, in hundredths of a percent: the shares of its items by their weights,
    /// rounded down, so that nothing but all is the whole.
    pub fn percentage(&self, section: Option<SectionId>) -> i32 {
        if self.is_over && section.is_none() {
            return WHOLE as i32;
        }
        let counted = self.counted().filter(|item| section.is_none() || item.section == section);
        let (mut all, mut done) = (0, 0);
        for item in counted {
            all += i64::from(item.weight);
            done += i64::from(item.weight) * item.share(self.policy);
        }
        if all == 0 { 0 } else { (done / all) as i32 }
    }

    /// Is all done that the course asks for? Not of one that asks for nothing.
    pub fn is_complete(&self) -> bool {
        let is_done = || self.counted().next().is_some() && self.counted().all(|item| item.is_done(self.policy));
        self.is_over || is_done()
    }

    /// What is left to do, in order, and why.
    pub fn remaining(&self) -> impl Iterator<Item = (&Item, Reason)> {
        let left = self.counted().filter(|item| !self.is_over && !item.is_done(self.policy));
        left.map(|item| (item, item.reason(self.policy)))
    }

    /// The sections that hold something that counts, in order.
    pub fn sections(&self) -> Vec<SectionId> {
        self.sections_of(|item| item.counts)
    }

    /// The sections that hold something that counts or was watched: what is kept of them says how long, too.
    pub fn touched_sections(&self) -> Vec<SectionId> {
        self.sections_of(|item| item.counts || item.watched.is_some())
    }

    fn sections_of(&self, is_meant: impl Fn(&Item) -> bool) -> Vec<SectionId> {
        let mut sections = vec![];
        for section in self.items.iter().filter(|item| is_meant(item)).filter_map(|item| item.section) {
            if !sections.contains(&section) {
                sections.push(section);
            }
        }
        sections
    }

    /// The recording that was watched last, in the whole course or in a section.
    pub fn last(&self, section: Option<SectionId>) -> Option<&Item> {
        let watched = self.within(section).filter(|item| item.watched.is_some_and(|watched| watched.latest.is_some()));
        watched.max_by_key(|item| (item.watched.and_then(|watched| watched.latest), item.thing.media()))
    }

    /// In seconds, in the whole course or in a section.
    pub fn watch_time(&self, section: Option<SectionId>) -> i32 {
        self.within(section).filter_map(|item| item.watched).map(|watched| watched.seconds).sum()
    }

    /// What to open next: what was watched last while it is not done, or else what is left after it, or at all.
    pub fn next(&self) -> Option<&Item> {
        let at = self.last(None).and_then(|last| self.items.iter().position(|item| item == last));
        let at = at.unwrap_or_default();
        let is_left = |item: &&Item| item.counts && !item.is_done(self.policy);
        self.items[at.min(self.items.len())..].iter().find(is_left).or_else(|| self.items.iter().find(is_left))
    }

    pub fn item(&self, media: MediaId) -> Option<&Item> {
        self.items.iter().find(|item| item.thing.media() == Some(media))
    }

    fn within(&self, section: Option<SectionId>) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| section.is_none() || item.section == section)
    }

    fn counted(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.counts)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use sea_orm::prelude::Uuid;

    use super::*;

    fn item(n: u128, duration: Option<i32>, percentage: i32) -> Item {
        let at = Utc.with_ymd_and_hms(2026, 7, 1, 12, 0, 0).unwrap();
        let watched = Watched {
            seconds: duration.unwrap_or_default() * percentage / 10_000,
            percentage,
            is_completed: percentage >= 9_000,
            excess: 0,
            position: 5,
            latest: Some((at, n as i64)),
        };
        Item {
            thing: Thing::File { media: MediaId(Uuid::from_u128(n)), duration },
            section: Some(SectionId(Uuid::from_u128(n % 2))),
            weight: super::super::items::weight(duration),
            counts: true,
            watched: (percentage > 0).then_some(watched),
            is_said: false,
        }
    }

    fn standing(items: Vec<Item>) -> Standing {
        Standing { policy: CompletionPolicy::Automatic, is_over: false, items }
    }

    #[test]
    fn items_count_by_their_weight() {
        let one = standing(vec![item(1, Some(600), 9_000), item(2, Some(10), 0), item(3, None, 0)]);
        // 600, 60 and 300 seconds; the first is complete with nine tenths.
        assert_eq!(one.percentage(None), 6_250);
        assert_eq!(one.percentage(Some(SectionId(Uuid::from_u128(1)))), 6_666);
        let reasons: Vec<_> = one.remaining().map(|(_, reason)| reason).collect();
        assert_eq!(reasons, [Reason::NotStarted, Reason::NotCompleted]);
        assert_eq!(one.next().unwrap().thing.media(), Some(MediaId(Uuid::from_u128(2))));
        assert!(!one.is_complete() && !standing(vec![]).is_complete());
    }

    #[test]
    fn only_all_is_the_whole() {
        let mut nearly = standing((0..100).map(|n| item(n, Some(36_000), 10_000)).collect());
        assert_eq!((nearly.percentage(None), nearly.is_complete()), (10_000, true));
        nearly.items.push(item(100, Some(1), 8_999));
        assert_eq!((nearly.percentage(None), nearly.is_complete()), (9_999, false));
        nearly.is_over = true;
        assert_eq!((nearly.percentage(None), nearly.is_complete(), nearly.remaining().count()), (10_000, true, 0));
    }

    #[test]
    fn by_the_learners_word_watching_is_not_enough() {
        let mut one = standing(vec![item(1, Some(100), 10_000), item(2, Some(100), 5_000)]);
        one.policy = CompletionPolicy::Manual;
        assert_eq!(one.percentage(None), 0);
        assert!(one.remaining().all(|(_, reason)| reason == Reason::NotCompleted));
        one.items[0].is_said = true;
        assert_eq!(one.percentage(None), 5_000);
    }

    #[test]
    fn what_there_was_no_time_for_is_left_and_why() {
        let mut fast = standing((0..3).map(|n| item(n, Some(5), 10_000)).collect());
        let cut =
            Watched { seconds: 1, excess: 4, percentage: 2_000, is_completed: false, ..fast.items[2].watched.unwrap() };
        fast.items[2].watched = Some(cut);
        assert_eq!((fast.percentage(None), fast.watch_time(None), fast.is_complete()), (7_333, 11, false));
        let left: Vec<_> = fast.remaining().map(|(item, reason)| (item.thing.media(), reason)).collect();
        assert_eq!(left, [(Some(MediaId(Uuid::from_u128(2))), Reason::TooFast)]);
        let sections = [0, 1].map(|n| fast.watch_time(Some(SectionId(Uuid::from_u128(n)))));
        assert_eq!(sections.iter().sum::<i32>(), fast.watch_time(None));
    }
}
