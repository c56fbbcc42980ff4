//! The cookies that a browser keeps its session in: no script can read them, and they go to this server alone.

use axum::http::{HeaderMap, HeaderValue, header};
use chrono::{DateTime, Utc};

use crate::graphql::{CookieChange, Cookies};

/// Browsers take cookies of such names only from the host itself, over TLS, for all its paths.
const ACCESS: &str = "__Host-lectern_access";
const REFRESH: &str = "__Host-lectern_refresh";

/// The header that says that one of our own pages asks: a page elsewhere would have to ask for leave first, and would
/// not get it.
pub const GUARD: &str = "x-lectern-csrf";

/// The access token that came as a cookie.
pub fn access(headers: &HeaderMap) -> Option<&str> {
    find(headers, ACCESS)
}

/// The refresh token that came as a cookie.
pub fn refresh(headers: &HeaderMap) -> Option<&str> {
    find(headers, REFRESH)
}

/// May the answer set cookies, and what came as one? `is_caller`: the request is authenticated by its cookie.
pub fn of(headers: &HeaderMap, is_caller: bool) -> Cookies {
    if headers.contains_key(GUARD) {
        Cookies::Guarded { refresh: refresh(headers).map(str::to_string), is_caller }
    } else {
        Cookies::Unguarded
    }
}

/// The headers that make the change in the browser.
pub fn set(headers: &mut HeaderMap, change: &CookieChange, now: DateTime<Utc>) {
    let (access, refresh) = match change {
        CookieChange::Begin(tokens) => (
            cookie(ACCESS, &tokens.access, (tokens.expires_at - now).num_seconds()),
            cookie(REFRESH, &tokens.refresh, (tokens.refresh_expires_at - now).num_seconds()),
        ),
        CookieChange::End => (cookie(ACCESS, "", 0), cookie(REFRESH, "", 0)),
    };
    for cookie in [access, refresh] {
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            headers.append(header::SET_COOKIE, cookie);
        }
    }
}

fn cookie(name: &str, value: &str, seconds: i64) -> String {
    format!("{name}={value}; Path=/; Max-Age={}; HttpOnly; Secure; SameSite=Lax", seconds.max(0))
}

fn find<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    let mut cookies = lines.flat_map(|line| line.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
    cookies.find(|(found, _)| *found == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name_in_any_header() {
        let mut headers = HeaderMap::new();
        for line in ["a=1; x__Host-lectern_access=2", "b; __Host-lectern_access=3=3; __Host-lectern_access=4"] {
            headers.append(header::COOKIE, HeaderValue::from_static(line));
        }
        assert_eq!((access(&headers), refresh(&headers)), (Some("3=3"), None));
    }
}
