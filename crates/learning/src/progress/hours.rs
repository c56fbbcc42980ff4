use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use kernel::{CourseId, Error, Permit, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set, sea_query::OnConflict};

use super::{Spans, policy::Learn};
use crate::{enrollment, learning_hour};

const HOUR: i64 = 3_600;

/// When somebody was learning, by course: a union again, so that what two devices say of the same minute is one minute.
pub type Times = BTreeMap<CourseId, Spans>;

/// Which hours these times lie in.
fn hours(times: &Times) -> BTreeMap<(CourseId, i64), Spans> {
    let mut hours: BTreeMap<(CourseId, i64), Spans> = BTreeMap::new();
    for (course, spans) in times {
        for (from, to) in spans.iter() {
            for hour in from.div_euclid(HOUR)..=(to - 1).div_euclid(HOUR) {
                let (start, end) = (hour * HOUR, (hour + 1) * HOUR);
                let spans = hours.entry((*course, start)).or_default();
                spans.add(from.max(start) - start, to.min(end) - start);
            }
        }
    }
    hours
}

/// Adds to what is kept of one's own days.
pub async fn add_times(tx: &Tx, permit: &Permit<Learn, enrollment::Model>, times: &Times) -> Result<()> {
    use learning_hour::Column::{CourseId, Seconds, Spans as Kept, StartsAt, UserId};
    let mut hours = hours(times);
    let (Some(first), Some(last)) = (hours.keys().map(|key| key.1).min(), hours.keys().map(|key| key.1).max()) else {
        return Ok(());
    };
    let user = permit.user_id;
    let near = learning_hour::Entity::of(user).filter(StartsAt.gte(time(first)?)).filter(StartsAt.lte(time(last)?));
    for row in near.all(&tx.conn).await? {
        if let Some(spans) = hours.get_mut(&(row.course_id, row.starts_at.timestamp())) {
            Spans::read(&row.spans)?.iter().for_each(|(from, to)| spans.add(from, to));
        }
    }
    let rows = hours.into_iter().map(|((course, start), spans)| {
        Ok(learning_hour::ActiveModel {
            user_id: Set(user),
            course_id: Set(course),
            starts_at: Set(time(start)?),
            spans: Set(spans.column()?),
            seconds: Set(spans.size() as i32),
        })
    });
    let rows = rows.collect::<Result<Vec<_>>>()?;
    let conflict = OnConflict::columns([UserId, CourseId, StartsAt]).update_columns([Kept, Seconds]).to_owned();
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
        let found: Vec<_> = hours(&times).into_iter().map(|((_, start), spans)| (start, spans.size())).collect();
        assert_eq!(found, [(0, 10), (3_600, 3_600), (7_200, 10)]);
    }
}
