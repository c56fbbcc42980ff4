use chrono::{DateTime, Datelike, Days, Months, NaiveTime, Utc};

/// When the day began that this time lies in.
pub fn day_of(time: DateTime<Utc>) -> DateTime<Utc> {
    time.date_naive().and_time(NaiveTime::MIN).and_utc()
}

/// When the month began that this time lies in.
pub fn month_of(time: DateTime<Utc>) -> DateTime<Utc> {
    let day = time.date_naive();
    day.with_day(1).unwrap_or(day).and_time(NaiveTime::MIN).and_utc()
}

/// When the next day begins.
pub fn next_day(time: DateTime<Utc>) -> DateTime<Utc> {
    day_of(time).checked_add_days(Days::new(1)).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// When the next month begins.
pub fn next_month(time: DateTime<Utc>) -> DateTime<Utc> {
    month_of(time).checked_add_months(Months::new(1)).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_months_begin_at_midnight() {
        let time: DateTime<Utc> = "2028-02-29T23:59:59.999999Z".parse().unwrap();
        let text = |time: DateTime<Utc>| time.to_rfc3339();
        assert_eq!(
            [day_of(time), month_of(time), next_day(time), next_month(time)].map(text),
            [
                "2028-02-29T00:00:00+00:00",
                "2028-02-01T00:00:00+00:00",
                "2028-03-01T00:00:00+00:00",
                "2028-03-01T00:00:00+00:00",
            ]
        );
        assert_eq!(day_of(day_of(time)), day_of(time));
    }
}
