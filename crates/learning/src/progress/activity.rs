//! On which days somebody learnt: by the calendar of where they are, worked out anew from rows each time.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, NaiveDate, Utc};
use chrono_tz::Tz;
use kernel::{Live, Result, UserId};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QuerySelect, prelude::Json};

use super::Spans;
use crate::{item_completion, learning_hour, video_progress};

/// What somebody did on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    pub date: NaiveDate,
    pub watched_seconds: i64,
    pub completed_items: i64,
}

/// Days in a row on which somebody learnt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Streak {
    /// Up to today, or to yesterday while today is not over.
    pub current: i64,
    pub longest: i64,
    pub last: Option<NaiveDate>,
}

/// The days from `from` to `to` on which somebody learnt, in order; a day begins when it does in `zone`.
pub async fn activity(
    db: &impl ConnectionTrait,
    user: UserId,
    zone: Tz,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<Day>> {
    // No zone is more than a day away from the others.
    let near = (midnight(from) - Duration::days(1), midnight(to) + Duration::days(2));
    let days = days(db, user, zone, Some(near)).await?;
    Ok(days.into_iter().filter(|day| (from..=to).contains(&day.date)).collect())
}

/// As of `now`.
pub async fn streak(db: &impl ConnectionTrait, user: UserId, zone: Tz, now: DateTime<Utc>) -> Result<Streak> {
    let days: BTreeSet<NaiveDate> = days(db, user, zone, None).await?.into_iter().map(|day| day.date).collect();
    Ok(streak_of(&days, date(zone, now.timestamp())))
}

fn streak_of(days: &BTreeSet<NaiveDate>, today: NaiveDate) -> Streak {
    let (mut run, mut longest, mut last) = (0, 0, None::<NaiveDate>);
    for day in days {
        run = if last.and_then(|last| last.succ_opt()) == Some(*day) { run + 1 } else { 1 };
        (longest, last) = (longest.max(run), Some(*day));
    }
    let goes_on = last.is_some_and(|last| last >= today || last.succ_opt() == Some(today));
    Streak { current: if goes_on { run } else { 0 }, longest, last }
}

type Times = Option<(DateTime<Utc>, DateTime<Utc>)>;

async fn days(db: &impl ConnectionTrait, user: UserId, zone: Tz, near: Times) -> Result<Vec<Day>> {
    let mut days: BTreeMap<NaiveDate, (i64, i64)> = BTreeMap::new();
    for (date, seconds) in watched(db, user, zone, near).await? {
        days.entry(date).or_default().0 += seconds;
    }
    for at in completed(db, user, near).await? {
        days.entry(date(zone, at.timestamp())).or_default().1 += 1;
    }
    let days = days.into_iter();
    Ok(days.map(|(date, (watched_seconds, completed_items))| Day { date, watched_seconds, completed_items }).collect())
}

/// A minute is a minute, in however many courses it was spent.
async fn watched(db: &impl ConnectionTrait, user: UserId, zone: Tz, near: Times) -> Result<BTreeMap<NaiveDate, i64>> {
    use learning_hour::Column::{Spans as Kept, StartsAt};
    let mut rows = learning_hour::Entity::of(user).select_only().column(StartsAt).column(Kept);
    if let Some((from, to)) = near {
        rows = rows.filter(StartsAt.gte(from)).filter(StartsAt.lt(to));
    }
    let mut hours: BTreeMap<i64, Spans> = BTreeMap::new();
    for (start, kept) in rows.into_tuple::<(DateTime<Utc>, Json)>().all(db).await? {
        let spans = hours.entry(start.timestamp()).or_default();
        Spans::read(&kept)?.iter().for_each(|(from, to)| spans.add(from, to));
    }
    let mut days = BTreeMap::new();
    for (start, spans) in hours {
        for (date, seconds) in by_day(zone, start, &spans) {
            *days.entry(date).or_default() += seconds;
        }
    }
    Ok(days)
}

/// Every zone's days begin at a quarter of an hour of everybody's.
const QUARTER: i64 = 900;

fn by_day(zone: Tz, start: i64, spans: &Spans) -> impl Iterator<Item = (NaiveDate, i64)> {
    let quarters = (0..4).map(move |quarter| (quarter * QUARTER, (quarter + 1) * QUARTER));
    let days = quarters.map(move |(from, to)| (date(zone, start + from), spans.size_within(from, to)));
    days.filter(|(_, seconds)| *seconds > 0)
}

/// When items were completed: recordings that were watched to the end, and what was said or passed.
async fn completed(db: &impl ConnectionTrait, user: UserId, near: Times) -> Result<Vec<DateTime<Utc>>> {
    use item_completion::Column as Said;
    use video_progress::Column as Video;
    let mut videos =
        video_progress::Entity::live().filter(Video::UserId.eq(user)).filter(Video::CompletedAt.is_not_null());
    let mut said = item_completion::Entity::live().filter(Said::UserId.eq(user));
    if let Some((from, to)) = near {
        videos = videos.filter(Video::CompletedAt.gte(from)).filter(Video::CompletedAt.lt(to));
        said = said.filter(Said::CreatedAt.gte(from)).filter(Said::CreatedAt.lt(to));
    }
    let mut times: Vec<DateTime<Utc>> = videos.select_only().column(Video::CompletedAt).into_tuple().all(db).await?;
    times.extend(said.select_only().column(Said::CreatedAt).into_tuple::<DateTime<Utc>>().all(db).await?);
    Ok(times)
}

fn date(zone: Tz, seconds: i64) -> NaiveDate {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default().with_timezone(&zone).date_naive()
}

fn midnight(date: NaiveDate) -> DateTime<Utc> {
    date.and_time(chrono::NaiveTime::MIN).and_utc()
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 7, n).unwrap()
    }

    #[test]
    fn a_streak_lasts_until_a_day_is_over_without() {
        let days: BTreeSet<_> = [1, 2, 3, 5, 6].map(day).into();
        for (today, current) in [(6, 2), (7, 2), (8, 0)] {
            assert_eq!(streak_of(&days, day(today)), Streak { current, longest: 3, last: Some(day(6)) });
        }
        assert_eq!(streak_of(&BTreeSet::new(), day(1)), Streak::default());
    }

    #[test]
    fn a_day_begins_where_one_is() {
        let start = Utc.with_ymd_and_hms(2026, 7, 1, 18, 0, 0).unwrap().timestamp();
        let mut spans = Spans::default();
        spans.add(600, 2_400);
        let of = |zone: Tz| by_day(zone, start, &spans).collect::<Vec<_>>();
        let sum =
            |days: Vec<(NaiveDate, i64)>, date| days.iter().filter(|day| day.0 == date).map(|day| day.1).sum::<i64>();
        assert_eq!(sum(of(Tz::Europe__Berlin), day(1)), 1_800);
        // Midnight in Kathmandu is at 18:15 UTC, in Kolkata at 18:30.
        assert_eq!((sum(of(Tz::Asia__Kathmandu), day(1)), sum(of(Tz::Asia__Kathmandu), day(2))), (300, 1_500));
        assert_eq!((sum(of(Tz::Asia__Kolkata), day(1)), sum(of(Tz::Asia__Kolkata), day(2))), (1_200, 600));
    }
}
