use chrono::Duration;

/// How long after each failure it is tried again, as Standard Webhooks proposes. After the last it is given up: by then a
/// receiver that takes nothing at all is paused, and nothing of it is given up.
const WAITS: [Duration; 9] = [
    Duration::seconds(5),
    Duration::minutes(5),
    Duration::minutes(30),
    Duration::hours(2),
    Duration::hours(5),
    Duration::hours(10),
    Duration::hours(14),
    Duration::hours(20),
    Duration::hours(24),
];

/// For so long a receiver may take nothing before it is paused.
pub(super) const PATIENCE: Duration = Duration::hours(72);

/// How long it waits after so many failed attempts; none when it was tried often enough.
pub(super) fn wait_after(attempts: i32) -> Option<Duration> {
    let number = usize::try_from(attempts).ok()?.checked_sub(1)?;
    WAITS.get(number).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_takes_nothing_is_paused_before_anything_is_given_up() {
        let all: Duration = (1..=9).filter_map(wait_after).sum();
        assert!(all >= PATIENCE, "{all}");
        assert_eq!((wait_after(0), wait_after(10)), (None, None));
        assert_eq!(wait_after(1), Some(Duration::seconds(5)));
    }
}
