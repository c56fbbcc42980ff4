//! Which bytes of a file are asked for: RFC 9110, section 14.

use std::ops::Range;

use axum::http::{HeaderMap, header};

/// What is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    All,
    Part(Range<u64>),
    /// Nothing of it is there.
    Beyond,
}

/// What the headers ask for of a file of this length. Several ranges at once, and what is no range, are answered by all of
/// it; so is a range of what the file was before.
pub fn wanted(headers: &HeaderMap, size: u64, tag: &str) -> Wanted {
    let text = |name| headers.get(name).and_then(|value: &header::HeaderValue| value.to_str().ok());
    if text(header::IF_RANGE).is_some_and(|seen| seen.trim() != tag) {
        return Wanted::All;
    }
    let Some(range) = text(header::RANGE).and_then(|value| value.trim().strip_prefix("bytes=")) else {
        return Wanted::All;
    };
    let Some((from, to)) = range.split_once('-').filter(|_| !range.contains(',')) else {
        return Wanted::All;
    };
    match (number(from), number(to)) {
        (Some(None), Some(Some(last))) if last > 0 && size > 0 => Wanted::Part(size.saturating_sub(last)..size),
        (Some(Some(from)), Some(None)) if from < size => Wanted::Part(from..size),
        (Some(Some(from)), Some(Some(to))) if from <= to && from < size => {
            Wanted::Part(from..size.min(to.saturating_add(1)))
        }
        (Some(Some(from)), Some(Some(to))) if from > to => Wanted::All,
        (Some(None), Some(None)) | (None, _) | (_, None) => Wanted::All,
        _ => Wanted::Beyond,
    }
}

/// Nothing, or a number. None when it is neither.
fn number(text: &str) -> Option<Option<u64>> {
    if text.trim().is_empty() {
        return Some(None);
    }
    let is_number = text.trim().bytes().all(|byte| byte.is_ascii_digit());
    // What has too many digits is beyond everything.
    is_number.then(|| Some(text.trim().parse().unwrap_or(u64::MAX)))
}

/// Does the client have it already?
pub fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let seen = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    seen.is_some_and(|seen| seen.split(',').any(|seen| [tag, "*"].contains(&seen.trim().trim_start_matches("W/"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(range: &str, size: u64) -> Wanted {
        let headers = HeaderMap::from_iter([(header::RANGE, range.parse().unwrap())]);
        wanted(&headers, size, "\"tag\"")
    }

    #[test]
    fn ranges_as_the_standard_has_them() {
        for (range, expected) in [
            ("bytes=0-0", Wanted::Part(0..1)),
            ("bytes=10-", Wanted::Part(10..100)),
            ("bytes=10-1000", Wanted::Part(10..100)),
            ("bytes=-10", Wanted::Part(90..100)),
            ("bytes=-1000", Wanted::Part(0..100)),
            ("bytes=99-", Wanted::Part(99..100)),
            ("bytes=100-", Wanted::Beyond),
            ("bytes=99999999999999999999999-", Wanted::Beyond),
            ("bytes=-0", Wanted::Beyond),
            ("bytes=5-4", Wanted::All),
            ("bytes=0-1,5-6", Wanted::All),
            ("bytes=x-", Wanted::All),
            ("bytes=-", Wanted::All),
            ("lines=1-2", Wanted::All),
        ] {
            assert_eq!(asked(range, 100), expected, "{range}");
        }
        assert_eq!(asked("bytes=-5", 0), Wanted::Beyond);
    }

    #[test]
    fn a_range_of_another_version_is_answered_by_all_of_it() {
        for (seen, expected) in [("\"tag\"", Wanted::Part(0..1)), ("\"old\"", Wanted::All), ("W/\"tag\"", Wanted::All)]
        {
            let headers = [(header::RANGE, "bytes=0-0"), (header::IF_RANGE, seen)];
            let headers = HeaderMap::from_iter(headers.map(|(name, value)| (name, value.parse().unwrap())));
            assert_eq!(wanted(&headers, 100, "\"tag\""), expected, "{seen}");
        }
    }

    #[test]
    fn what_is_known_is_not_sent_again() {
        for (seen, expected) in
            [("\"tag\"", true), ("W/\"tag\"", true), ("\"a\", \"tag\"", true), ("*", true), ("\"a\"", false)]
        {
            let headers = HeaderMap::from_iter([(header::IF_NONE_MATCH, seen.parse().unwrap())]);
            assert_eq!(is_known(&headers, "\"tag\""), expected, "{seen}");
        }
    }
}
