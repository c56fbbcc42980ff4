use async_graphql::{Context, InputValueError, InputValueResult, Object, Scalar, ScalarType, SimpleObject, Value};
use chrono::NaiveDate;
use chrono_tz::Tz;
use kernel::Error;
use learning::progress::activity::{Day, activity, streak};

use crate::graphql::{
    accounts::keys::DetailsOfUser,
    context::{Req, RequestContext},
    error::Result,
};

/// A day of the calendar: `2026-07-01`.
#[derive(Clone, Copy, Debug)]
pub struct Date(pub NaiveDate);

/// A day of the calendar: `2026-07-01`.
#[Scalar(specified_by_url = "https://scalars.graphql.org/andimarek/local-date.html")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => text.parse().map(Self).map_err(InputValueError::custom),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn is_valid(value: &Value) -> bool {
        matches!(value, Value::String(_))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// What you did on a day.
#[derive(SimpleObject)]
pub struct LearningDay {
    /// Which day, where you are.
    date: Date,
    /// How long you watched, in seconds, by the clock: what was watched again counts again, two courses at once count once.
    watched_seconds: i64,
    /// How many items you completed.
    completed_items: i64,
}

/// Days in a row on which you watched or completed something.
#[derive(SimpleObject)]
pub struct LearningStreak {
    /// Up to today; up to yesterday as long as you have done nothing today.
    current_days: i64,
    /// The most there ever were.
    longest_days: i64,
    /// The last of all days on which you did. Null before the first.
    last_day: Option<Date>,
}

#[derive(Default)]
pub struct ActivityQuery;

/// The most days that are told at once.
const MOST_DAYS: i64 = 366;

#[Object]
impl ActivityQuery {
    /// On which days you watched or completed something, in order; the others are left out. Null when it can't be read.
    async fn my_activity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first day.")] from: Date,
        #[graphql(desc = "The last day, at most 366 days with the first.")] to: Date,
        #[graphql(
            desc = "Where you are, by its name in the IANA database: `Europe/Berlin`. Left out, the `timezone` of your \
                          `preferences`; UTC when there is none, or none that is known."
        )]
        timezone: Option<String>,
    ) -> Option<Result<Vec<LearningDay>>> {
        Some(days(ctx.req(), (from.0, to.0), timezone.as_deref()).await)
    }

    /// How many days in a row you have watched or completed something. Null when it can't be read.
    async fn my_streak(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Where you are, by its name in the IANA database: `Europe/Berlin`. Left out, the `timezone` of your \
                          `preferences`; UTC when there is none, or none that is known."
        )]
        timezone: Option<String>,
    ) -> Option<Result<LearningStreak>> {
        Some(in_a_row(ctx.req(), timezone.as_deref()).await)
    }
}

/// The one that was asked for, or else the viewer's own.
async fn zone(req: &RequestContext, name: Option<&str>) -> Result<Tz> {
    if let Some(name) = name {
        let unknown = |_| Error::bad_input("timezone", "expected a name of the IANA database: `Europe/Berlin`");
        return Ok(name.parse().map_err(unknown)?);
    }
    let details = req.loaders.load(DetailsOfUser(req.viewer().person()?)).await?;
    let own = details.as_ref().and_then(|details| details.preferences["timezone"].as_str());
    // What integrators keep there is free: a name of another kind is none.
    Ok(own.and_then(|name| name.parse().ok()).unwrap_or(Tz::UTC))
}

async fn days(req: &RequestContext, range: (NaiveDate, NaiveDate), timezone: Option<&str>) -> Result<Vec<LearningDay>> {
    let zone = zone(req, timezone).await?;
    if !(0..MOST_DAYS).contains(&(range.1 - range.0).num_days()) {
        return Err(Error::bad_input("to", format!("expected at most {MOST_DAYS} days, in their order")).into());
    }
    let days = activity(req.db().read(), req.viewer().person()?, zone, range).await?;
    Ok(days.into_iter().map(LearningDay::from).collect())
}

async fn in_a_row(req: &RequestContext, timezone: Option<&str>) -> Result<LearningStreak> {
    let zone = zone(req, timezone).await?;
    let streak = streak(req.db().read(), req.viewer().person()?, zone, req.now).await?;
    Ok(LearningStreak { current_days: streak.current, longest_days: streak.longest, last_day: streak.last.map(Date) })
}

impl From<Day> for LearningDay {
    fn from(day: Day) -> Self {
        let Day { date, watched_seconds, completed_items } = day;
        Self { date: Date(date), watched_seconds, completed_items }
    }
}
