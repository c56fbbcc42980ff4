use std::borrow::Cow;

use sea_orm::{ConnAcquireErr, DbErr, SqlErr};

/// A rule of the business: what clients branch on, and what people read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable, `SCREAMING_SNAKE_CASE`; a value of the schema's `ErrorCode`.
    pub code: &'static str,
    /// One sentence for people, also the code's description in the schema.
    pub says: &'static str,
}

/// Declares a crate's rules and the list `ALL` from which the schema's `ErrorCode` is made.
#[macro_export]
macro_rules! rules {
    ($($name:ident: $says:literal;)*) => {
        $(#[doc = $says] pub const $name: $crate::Rule = $crate::Rule { code: stringify!($name), says: $says };)*
        /// Every rule of this crate.
        pub const ALL: &[$crate::Rule] = &[$($name),*];
    };
}

/// One broken rule, and the input field that broke it.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub rule: Rule,
    /// From the input's root to the field; empty when no one field is to blame.
    pub field: Vec<Cow<'static, str>>,
    pub message: Cow<'static, str>,
}

impl Rule {
    /// The rule, broken by this input field.
    pub fn at(self, field: &'static str) -> Problem {
        Problem { rule: self, field: vec![field.into()], message: self.says.into() }
    }

    /// The rule with a sentence that says more than usual.
    pub fn with(self, field: &'static str, message: String) -> Problem {
        Problem { message: message.into(), ..self.at(field) }
    }
}

/// The only ways a service can fail.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It does not exist, or not for this viewer: the same answer for both.
    #[error("not found")]
    NotFound,
    /// The viewer may see it, but not do this.
    #[error("not allowed")]
    Denied,
    /// Needs somebody who is signed in.
    #[error("sign in first")]
    Unauthenticated,
    /// A person does this with their own account, not a program with a token.
    #[error("not for programs")]
    NotAPerson,
    /// What a person can cause and mend: one or more broken rules.
    #[error("{}", .0.iter().map(|problem| problem.message.as_ref()).collect::<Vec<_>>().join(" "))]
    Broken(Vec<Problem>),
    /// An argument that no well-made client would send.
    #[error("{message}")]
    BadInput { field: Vec<Cow<'static, str>>, message: String },
    /// More was asked than one may have at a time; the code is the wire's. With `retry_after` it can be had in so many
    /// seconds.
    #[error("{message}")]
    Exhausted { code: &'static str, message: String, retry_after: Option<i64> },
    /// The way it was asked for is not taken, whatever was asked; the code is the wire's.
    #[error("{message}")]
    Refused { code: &'static str, message: &'static str },
    #[error(transparent)]
    Db(DbErr),
    /// A fault of ours; the text is for the log only.
    #[error("{0}")]
    Internal(String),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// A malformed argument, named by its path.
    pub fn bad_input(field: &'static str, message: impl Into<String>) -> Self {
        Self::BadInput { field: vec![field.into()], message: message.into() }
    }

    /// Did a unique constraint refuse the row?
    pub fn is_taken(&self) -> bool {
        matches!(self, Self::Db(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))))
    }
}

impl From<DbErr> for Error {
    /// Who waited for a connection in vain did nothing wrong, and nothing is broken: others came first.
    fn from(error: DbErr) -> Self {
        match error {
            DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => Self::Exhausted {
                code: "OVERLOADED",
                message: "Too much is being asked at this moment.".to_string(),
                retry_after: Some(1),
            },
            error => Self::Db(error),
        }
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self::Broken(vec![problem])
    }
}

impl From<Rule> for Error {
    fn from(rule: Rule) -> Self {
        Problem { rule, field: vec![], message: rule.says.into() }.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_waits_for_a_connection_in_vain_is_told_to_come_again() {
        let error = Error::from(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout));
        assert!(matches!(error, Error::Exhausted { code: "OVERLOADED", retry_after: Some(1), .. }), "{error:?}");
        let error = Error::from(DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed));
        assert!(matches!(error, Error::Db(_)), "{error:?}");
    }
}
