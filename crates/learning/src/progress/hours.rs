use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use kernel::{CourseId, Error, Permit, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set, sea_query::OnConflict};

use super::{Spans, policy::Learn};
use crate::{enrollment, learning_hour};

const HOUR: i64 = 3_600;

/// When somebody was learning, by course: a union again, so that what two devices say of the same minute is one minute.
pub type Times = BTreeMap<CourseId, Spans>;

/// By the second that an hour begins with.
type Hours = BTreeMap<i64, BTreeMap<CourseId, Spans>>;

/// Which hours these times lie in.
fn hours(times: &Times) -> Hours {
    let mut hours = Hours::new();
    for (course, spans) in times {
        for (from, to) in spans.iter() {
            for hour in from.div_euclid(HOUR)..=(to - 1).div_euclid(HOUR) {
                let (start, end) = (hour * HOUR, (hour + 1) * HOUR);
                let spans = hours.entry(start).or_default().entry(*course).or_default();
                spans.add(from.max(start) - start, to.min(end) - start);
            }
        }
    }
    hours
}

/// What part of these times is whose, in thousandths of a second, when each second is divided among those who claim it:
/// together they are as long as their union.
fn shares(times: &BTreeMap<CourseId, Spans>) -> Vec<i64> {
    let edges: BTreeSet<i64> = times.values().flat_map(Spans::iter).flat_map(|(from, to)| [from, to]).collect();
    let mut shares = vec![0; times.len()];
    for (from, to) in edges.iter().zip(edges.iter().skip(1)) {
        let claiming: Vec<usize> =
            (0..).zip(times.values()).filter(|(_, it)| it.contains(*from)).map(|it| it.0).collect();
        for at in &claiming {
            shares[*at] += (to - from) * 1_000 / claiming.len() as i64;
        }
    }
    shares
}

/// Adds to what is kept of one's own days. What other courses have of the same hours is divided anew.
pub async fn add_times(tx: &Tx, permit: &Permit<Learn, enrollment::Model>, times: &Times) -> Result<()> {
    use learning_hour::Column::{CourseId, Seconds, Share, Spans as Kept, StartsAt, UserId};
    let mut hours = hours(times);
    let (Some(first), Some(last)) = (hours.keys().next().copied(), hours.keys().next_back().copied()) else {
        return Ok(());
    };
    let user = permit.user_id;
    let near = learning_hour::Entity::of(user).filter(StartsAt.gte(time(first)?)).filter(StartsAt.lte(time(last)?));
    for row in near.all(&tx.conn).await? {
        if let Some(courses) = hours.get_mut(&row.starts_at.timestamp()) {
            let spans = courses.entry(row.course_id).or_default();
            Spans::read(&row.spans)?.iter().for_each(|(from, to)| spans.add(from, to));
        }
    }
    let shared = hours.iter().flat_map(|(start, times)| {
        times.iter().zip(shares(times)).map(|((course, spans), share)| (*course, *start, spans, share))
    });
    let rows = shared.map(|(course, start, spans, share)| {
        Ok(learning_hour::ActiveModel {
            user_id: Set(user),
            course_id: Set(course),
            starts_at: Set(time(start)?),
            spans: Set(spans.column()?),
            seconds: Set(spans.size() as i32),
            share: Set(Some(share as i32)),
        })
    });
    let rows = rows.collect::<Result<Vec<_>>>()?;
    let conflict = OnConflict::columns([UserId, CourseId, StartsAt]).update_columns([Kept, Seconds, Share]).to_owned();
    tx.put_rows(permit, rows, conflict).await
}

impl learning_hour::Entity {
    /// A person's hours.
    #[expect(clippy::disallowed_methods, reason = "an hour is never soft-deleted: there is nothing to leave out")]
    pub fn of(user: kernel::UserId) -> sea_orm::Select<Self> {
        Self::find().filter(learning_hour::Column::UserId.eq(user))
    }
}

fn time(seconds: i64) -> Result<DateTime<Utc>> {
    DateTime::from_timestamp(seconds, 0).ok_or_else(|| Error::Internal(format!("no time: {seconds}")))
}

#[cfg(test)]
mod tests {
    use sea_orm::prelude::Uuid;

    use super::*;

    #[test]
    fn what_crosses_the_hour_is_in_both() {
        let course = CourseId(Uuid::nil());
        let mut times = Times::default();
        times.entry(course).or_default().add(3_590, 7_210);
        let found: Vec<_> = hours(&times).into_iter().map(|(start, spans)| (start, spans[&course].size())).collect();
        assert_eq!(found, [(0, 10), (3_600, 3_600), (7_200, 10)]);
    }

    #[test]
    fn what_several_claim_is_divided_and_no_more_than_there_is() {
        let of = |claims: &[&[(i64, i64)]]| {
            let mut times = BTreeMap::new();
            for (n, claims) in (0..).zip(claims) {
                let spans: &mut Spans = times.entry(CourseId(Uuid::from_u128(n))).or_default();
                claims.iter().for_each(|(from, to)| spans.add(*from, *to));
            }
            shares(&times)
        };
        assert_eq!(of(&[&[(0, 10), (20, 30)]]), [20_000]);
        assert_eq!(of(&[&[(0, 10)], &[(10, 20)]]), [10_000, 10_000]);
        assert_eq!(of(&[&[(0, 10)], &[(5, 20)], &[(5, 10)]]), [6_666, 11_666, 1_666]);
        assert_eq!(of(&[&[(0, 10)][..]; 5]), [2_000; 5]);
    }
}
