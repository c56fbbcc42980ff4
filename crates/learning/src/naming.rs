//! How those who enrol others say whom they mean: a school has ids, a shop has addresses.

use kernel::{Error, Problem, Result, Tx, UserId};

use crate::rules::{ENROLLMENT_EMAIL_UNKNOWN, ENROLLMENT_PERSON_UNNAMED};

/// How it was said who it is.
#[derive(Clone, Debug)]
pub enum Named {
    Id(UserId),
    Email(String),
    /// In no way or in two.
    Unclear,
}

impl Named {
    /// By exactly one of the two.
    pub fn by(user: Option<UserId>, email: Option<String>) -> Self {
        match (user, email) {
            (Some(user), None) => Self::Id(user),
            (None, Some(email)) => Self::Email(email),
            _ => Self::Unclear,
        }
    }

    /// The person. Of an address, the active account whose owner has verified it.
    pub async fn person(&self, tx: &Tx) -> Result<UserId> {
        match self {
            Self::Id(user) => Ok(*user),
            Self::Email(email) => {
                accounts::check_email(email, "email")?;
                // Whether there is an account that has not verified it is nobody else's business.
                let found = accounts::active_by_email(tx, email).await?;
                found.ok_or_else(|| ENROLLMENT_EMAIL_UNKNOWN.at("email").into())
            }
            Self::Unclear => Err(ENROLLMENT_PERSON_UNNAMED.at("userId").into()),
        }
    }

    /// What is wrong with the person is told at the field that named them.
    pub fn told<T>(&self, done: Result<T>) -> Result<T> {
        match (self, done) {
            (Self::Email(_), Err(Error::Broken(problems))) => {
                Err(Error::Broken(problems.into_iter().map(at_email).collect()))
            }
            (_, done) => done,
        }
    }
}

fn at_email(mut problem: Problem) -> Problem {
    for field in problem.field.iter_mut().filter(|field| *field == "userId") {
        *field = "email".into();
    }
    problem
}
