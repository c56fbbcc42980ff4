use std::error::Error;

use reqwest::{Response, StatusCode};

use super::resolving::NotPublic;

/// So much of what a receiver answers is kept.
const LONGEST_EXCERPT: usize = 2_048;

/// What a receiver answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub status: u16,
    /// The beginning of what it said.
    pub excerpt: String,
}

/// What came of sending something.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    Answered(Answer),
    /// There was no answer, and why.
    Nothing(&'static str),
}

impl Answer {
    pub(super) async fn read(mut response: Response) -> Self {
        let (status, mut bytes) = (response.status().as_u16(), Vec::new());
        // The status is the answer; what comes with it may break off.
        while bytes.len() < LONGEST_EXCERPT {
            let Ok(Some(chunk)) = response.chunk().await else { break };
            bytes.extend_from_slice(&chunk[..chunk.len().min(LONGEST_EXCERPT - bytes.len())]);
        }
        let shown = |letter: &char| *letter == '\n' || !letter.is_control();
        Self { status, excerpt: String::from_utf8_lossy(&bytes).chars().filter(shown).collect() }
    }
}

impl Reply {
    /// What is wrong with it; nothing when it has arrived.
    pub fn trouble(&self) -> Option<String> {
        match self {
            Self::Nothing(why) => Some((*why).into()),
            Self::Answered(answer) => match answer.status {
                200..=299 => None,
                300..=399 => Some("The receiver sent us elsewhere: that is not gone to.".into()),
                status => Some(format!("The receiver answered with the status {status}.")),
            },
        }
    }

    /// Does the receiver want nothing more, for good?
    pub fn is_gone(&self) -> bool {
        matches!(self, Self::Answered(answer) if answer.status == StatusCode::GONE.as_u16())
    }
}

/// In words of ours: what libraries say names addresses.
pub(super) fn trouble(error: &reqwest::Error) -> &'static str {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(current) = cause {
        if current.is::<NotPublic>() {
            return NOT_PUBLIC;
        }
        cause = current.source();
    }
    if error.is_timeout() {
        "There was no answer in time."
    } else if error.is_connect() {
        "No connection could be made."
    } else {
        "The connection broke off."
    }
}

pub(super) const NOT_PUBLIC: &str = "The address is not on the public internet.";
