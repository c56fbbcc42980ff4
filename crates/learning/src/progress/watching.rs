use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use kernel::{Error, Result};
use sea_orm::prelude::{Json, Uuid};
use serde::{Deserialize, Serialize};

use super::{
    Spans,
    packet::Packet,
    rules::{COMPLETED_AT, MAX_RATE, WHOLE},
};
use crate::video_progress;

/// Somebody's watching of a recording: what all packets say together. None of it depends on the order in which they come, on
/// how often each comes, or on how they are divided among batches and devices: every part of it is a union or a maximum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watching {
    /// In seconds.
    duration: i64,
    /// Which seconds of the recording.
    watched: Spans,
    wall_time: WallTime,
    latest: Option<Latest>,
}

/// Where the latest packet stood. In the order in which packets are compared: its time, its number, its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Latest {
    pub at: DateTime<Utc>,
    pub sequence: i64,
    pub position: i64,
}

/// When all that may have been: the seconds, from 1970 on, that packets say they took, however fast they were played. What two
/// devices say of the same second is one second.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum WallTime {
    Seconds(Spans),
    /// Long enough to have seen the whole recording: from here on there is nothing left to limit. What was told before and
    /// what comes after leads here in any order, because time only ever grows. False where nobody told: of what was kept
    /// before parts were.
    Enough(bool),
    /// As it was kept at first, by session; and of a row to which nobody has added anything.
    Sessions(BTreeMap<Uuid, Spans>),
}

impl Watching {
    pub fn new(duration: i32) -> Self {
        let wall_time = WallTime::Seconds(Spans::default());
        Self { duration: duration.into(), watched: Spans::default(), wall_time, latest: None }
    }

    /// As it was kept. Rows from before parts were kept count as if watched from the start.
    pub fn read(row: &video_progress::Model, duration: i32) -> Result<Self> {
        let unreadable = |error| Error::Internal(format!("no wall time: {error}"));
        let latest = row.position_at.map(|at| Latest {
            at,
            sequence: row.position_sequence,
            position: row.last_position.into(),
        });
        let mut read = Self {
            duration: duration.into(),
            watched: Spans::read(&row.watched)?,
            wall_time: serde_json::from_value::<WallTime>(row.wall_time.clone()).map_err(unreadable)?.of_all(),
            latest,
        };
        if read.watched.is_empty() && row.watch_time > 0 {
            read.watched.add(0, row.watch_time.into());
            read.wall_time = WallTime::Enough(false);
        }
        Ok(read)
    }

    /// What a packet says is so from here on; nothing of it was before `since`, when one could not watch yet.
    pub fn add(&mut self, since: DateTime<Utc>, packet: &Packet) {
        self.watched.add(packet.from, packet.to);
        if let WallTime::Seconds(seconds) = &mut self.wall_time {
            let (from, to) = times(since, packet);
            seconds.add(from, to);
            if seconds.size() * MAX_RATE >= self.duration {
                self.wall_time = WallTime::Enough(true);
            }
        }
        let latest = Latest { at: packet.at, sequence: packet.sequence, position: packet.position };
        self.latest = self.latest.max(Some(latest));
    }

    /// How many seconds count as watched: no more than there are in the recording, and no more than can be watched in the
    /// time.
    pub fn watch_time(&self) -> i64 {
        match &self.wall_time {
            WallTime::Seconds(seconds) => self.watched.size().min(seconds.size() * MAX_RATE),
            _ => self.watched.size(),
        }
    }

    /// How much of it, in hundredths of a percent.
    pub fn percentage(&self) -> i64 {
        if self.duration == 0 { 0 } else { (self.watch_time() * WHOLE / self.duration).min(WHOLE) }
    }

    pub fn is_completed(&self) -> bool {
        self.percentage() >= COMPLETED_AT
    }

    pub fn latest(&self) -> Option<Latest> {
        self.latest
    }

    /// What is kept of the parts and of the times.
    pub fn columns(&self) -> Result<(Json, Json)> {
        let unwritable = |error| Error::Internal(format!("wall time can't be written: {error}"));
        Ok((self.watched.column()?, serde_json::to_value(&self.wall_time).map_err(unwritable)?))
    }
}

impl WallTime {
    fn of_all(self) -> Self {
        let Self::Sessions(sessions) = self else { return self };
        let mut seconds = Spans::default();
        sessions.values().flat_map(Spans::iter).for_each(|(from, to)| seconds.add(from, to));
        Self::Seconds(seconds)
    }
}

/// The seconds, from 1970 on, that a packet says were spent; none before one could watch at all.
pub fn times(since: DateTime<Utc>, packet: &Packet) -> (i64, i64) {
    let to = packet.at.timestamp();
    ((to - (packet.to - packet.from)).max(since.timestamp()), to)
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use proptest::prelude::*;

    use super::*;

    const DURATION: i32 = 600;

    fn since() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 7, 1, 12, 0, 0).unwrap()
    }

    fn packet(from: i64, length: i64, at: i64, sequence: i64) -> Packet {
        let at = since() + chrono::Duration::seconds(at);
        let to = (from + length).min(DURATION.into());
        Packet { from, to, position: to, sequence, at }
    }

    fn after(history: &[Packet]) -> Watching {
        let mut watching = Watching::new(DURATION);
        history.iter().for_each(|packet| watching.add(since(), packet));
        watching
    }

    prop_compose! {
        /// Packets of some devices, most of them as players send them, some of them nonsense.
        fn histories()(
            packets in proptest::collection::vec((0i64..600, 0i64..40, -50i64..2_000), 1..300)
        ) -> Vec<Packet> {
            (0..).zip(packets).map(|(n, (from, length, at))| packet(from, length, at, n)).collect()
        }
    }

    proptest! {
        #[test]
        fn any_order_any_number_of_times_any_batches(history in histories(), shuffle in any::<u64>(), cut in 0usize..300) {
            let wanted = after(&history);
            let mut shuffled = history.clone();
            let (mut seed, twice) = (shuffle, history.iter().step_by(3).copied());
            shuffled.extend(twice);
            for at in (1..shuffled.len()).rev() {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                shuffled.swap(at, (seed >> 33) as usize % (at + 1));
            }
            prop_assert_eq!(&after(&shuffled), &wanted);
            // Kept and read again in between.
            let (first, rest) = shuffled.split_at(cut.min(shuffled.len()));
            let mut resumed = after(first);
            let (watched, wall_time) = resumed.columns().unwrap();
            resumed.watched = Spans::read(&watched).unwrap();
            resumed.wall_time = serde_json::from_value(wall_time).unwrap();
            rest.iter().for_each(|packet| resumed.add(since(), packet));
            prop_assert_eq!(&resumed, &wanted);
        }

        #[test]
        fn never_more_than_there_is_and_than_there_was_time_for(history in histories()) {
            let watching = after(&history);
            prop_assert!(watching.watch_time() <= i64::from(DURATION));
            let (mut all, mut time) = (Spans::default(), Spans::default());
            for packet in &history {
                all.add(packet.from, packet.to);
                let (from, to) = times(since(), packet);
                time.add(from, to);
            }
            prop_assert_eq!(watching.watch_time(), all.size().min(time.size() * MAX_RATE));
        }
    }

    #[test]
    fn a_late_packet_moves_nothing_back() {
        let watching = after(&[packet(100, 10, 500, 7), packet(0, 10, 400, 3), packet(50, 10, 500, 6)]);
        assert_eq!(watching.latest().unwrap().position, 110);
        assert_eq!(watching.watch_time(), 30);
    }

    #[test]
    fn playing_at_double_speed_counts_in_full_and_faster_does_not() {
        let played =
            |seconds: i64| -> Vec<_> { (1..=10).map(|n| packet((n - 1) * seconds, seconds, n * 10, n)).collect() };
        assert_eq!(after(&played(10)).watch_time(), 100);
        assert_eq!(after(&played(20)).watch_time(), 200);
        // At six times the speed. The first packet is believed what it says it took before it came.
        assert_eq!(after(&played(60)).watch_time(), 200);
    }

    #[test]
    fn two_devices_at_once_lose_nothing_and_twenty_gain_nothing() {
        let at_once = |devices: i64| (0..devices).map(|n| packet(n * 30, 30, 30, n)).collect::<Vec<_>>();
        assert_eq!(after(&at_once(2)).watch_time(), 60);
        assert_eq!(after(&at_once(20)).watch_time(), 60);
    }

    #[test]
    fn what_was_kept_without_parts_counts_from_the_start() {
        let mut watching = Watching::new(DURATION);
        watching.watched.add(0, 200);
        watching.wall_time = WallTime::Enough(false);
        watching.add(since(), &packet(150, 100, 0, 0));
        assert_eq!(watching.watch_time(), 250);
    }
}
