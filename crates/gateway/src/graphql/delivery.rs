//! How a browser gets its session without any script being able to read it.

use std::sync::{Mutex, PoisonError};

use accounts::Tokens;
use async_graphql::Enum;

use super::context::RequestContext;

/// How the tokens of a session reach the client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum SessionDelivery {
    /// In the answer: for apps and programs, which send `Authorization: Bearer <accessToken>`.
    #[default]
    Tokens,
    /// As cookies that no script can read: for pages in a browser. From then on every request carries the header
    /// `x-lectern-csrf` with any value. Not over a WebSocket.
    Cookies,
}

/// What a request says of cookies.
#[derive(Clone, Default)]
pub enum Cookies {
    /// Its answer can't set any: a WebSocket.
    #[default]
    Unavailable,
    /// It lacks the header that tells our pages from others: it must not set any.
    Unguarded,
    /// Its answer may set some.
    Guarded {
        /// The refresh token that came as one.
        refresh: Option<String>,
        /// Is it a cookie that says who is calling?
        is_caller: bool,
    },
}

/// What the answer changes of the browser's cookies.
pub enum CookieChange {
    Begin(Tokens),
    End,
}

/// The change that a request has made so far; the last counts.
#[derive(Default)]
pub struct Jar(Mutex<Option<CookieChange>>);

impl Jar {
    pub fn put(&self, change: CookieChange) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(change);
    }

    pub fn take(&self) -> Option<CookieChange> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl SessionDelivery {
    /// Can it be done for this request, asked for by this field of the input? To be called before anything is done.
    pub fn check(self, req: &RequestContext, field: &'static str) -> kernel::Result<()> {
        match (self, &req.origin.cookies) {
            (Self::Tokens, _) | (Self::Cookies, Cookies::Guarded { .. }) => Ok(()),
            (Self::Cookies, Cookies::Unguarded) => {
                Err(kernel::Error::Refused { code: CSRF_PREVENTION, message: GUARD_WANTED })
            }
            (Self::Cookies, Cookies::Unavailable) => Err(kernel::Error::BadInput {
                field: vec!["input".into(), field.into()],
                message: "cookies can't be set over a WebSocket: sign in by POST".into(),
            }),
        }
    }
}

/// The code of a request that a page elsewhere may have sent.
pub const CSRF_PREVENTION: &str = "CSRF_PREVENTION";
/// What to do about it.
pub const GUARD_WANTED: &str = "Requests with cookies need the header `x-lectern-csrf`, with any value.";
