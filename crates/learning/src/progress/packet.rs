use std::borrow::Cow;

use chrono::{DateTime, Utc};
use kernel::{CourseId, MediaId, Problem, Rule};

use super::rules::{
    MAX_AHEAD, MAX_BEHIND, MAX_SECONDS, PLAYBACK_POSITION_INVALID, PLAYBACK_RANGE_INVALID, PLAYBACK_SEQUENCE_INVALID,
    PLAYBACK_TIME_INVALID,
};

/// What a player says that was watched.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    pub media: MediaId,
    /// None: whichever the file belongs to.
    pub course: Option<CourseId>,
    pub from: f64,
    pub to: f64,
    pub position: f64,
    pub sequence: i64,
    pub at: DateTime<Utc>,
}

/// The same as it counts. Whole seconds, each end rounded by itself: what touches goes on touching, and all together is no
/// longer than it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packet {
    pub from: i64,
    pub to: i64,
    pub position: i64,
    pub sequence: i64,
    pub at: DateTime<Utc>,
}

/// Where in the batch a rule was broken.
pub fn problem(rule: Rule, item: usize, field: &'static str) -> Problem {
    let field: Vec<Cow<'static, str>> = vec!["items".into(), item.to_string().into(), field.into()];
    Problem { rule, field, message: rule.says.into() }
}

impl Sent {
    /// As the `item`-th of its batch, of a recording that is so many seconds long, by who may watch it since then; or what is
    /// wrong with it.
    pub fn check(
        &self,
        item: usize,
        duration: i32,
        (since, now): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<Packet, Problem> {
        let is_good = |seconds: f64| (0.0..=MAX_SECONDS).contains(&seconds);
        if !is_good(self.from) {
            return Err(problem(PLAYBACK_RANGE_INVALID, item, "fromSeconds"));
        }
        if !is_good(self.to) || self.to < self.from {
            return Err(problem(PLAYBACK_RANGE_INVALID, item, "toSeconds"));
        }
        if !is_good(self.position) {
            return Err(problem(PLAYBACK_POSITION_INVALID, item, "positionSeconds"));
        }
        if self.sequence < 0 || self.sequence == i64::MAX {
            return Err(problem(PLAYBACK_SEQUENCE_INVALID, item, "clientSequence"));
        }
        if self.at > now + MAX_AHEAD || self.at < since - MAX_BEHIND {
            return Err(problem(PLAYBACK_TIME_INVALID, item, "at"));
        }
        let within = |seconds: f64| seconds.min(duration.into()).round() as i64;
        Ok(Packet {
            from: within(self.from),
            to: within(self.to),
            position: within(self.position),
            sequence: self.sequence,
            at: self.at,
        })
    }
}
