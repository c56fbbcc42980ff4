//! What a language model is to the tutor: a prompt goes in, pieces of an answer come out. Which program answers, and where it
//! runs, is known in `models` alone.

use futures_util::stream::BoxStream;

/// What is sent to a model. Nothing else is: no tools, no functions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// What the server itself says; never the text of a course or of a person.
    pub system: String,
    /// The conversation, oldest first.
    pub turns: Vec<Turn>,
    /// The most that may be answered, in the model's tokens.
    pub max_tokens: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    pub role: Role,
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    User,
    Assistant,
}

impl Prompt {
    /// At most about so many tokens come of it, prompt and answer: what to reserve of a budget.
    pub fn most_tokens(&self) -> i64 {
        let said: i64 = self.turns.iter().map(|turn| about_tokens(&turn.text)).sum();
        about_tokens(&self.system) + said + i64::from(self.max_tokens)
    }
}

/// About how many tokens a text has, when no server says it: rather too many. A token has four letters of English, and one or
/// two of scripts whose letters have three bytes.
pub fn about_tokens(text: &str) -> i64 {
    i64::try_from(text.len() / 3).unwrap_or(i64::MAX >> 8) + 4
}

/// A part of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// More of its text.
    Text(String),
    /// It would have gone on, but may not: it has as many tokens as were allowed.
    Truncated,
    /// What it cost, in tokens. Comes at most once, last; not every server says it.
    Usage { prompt: i64, completion: i64 },
}

/// How an answer can fail. Nothing in it is secret, and nothing of it is meant for learners.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// Nobody answers, the server is overloaded, or it failed so often that it is left alone for a while.
    #[error("the model is not available")]
    Unavailable,
    /// It took too long to begin, or to go on.
    #[error("the model took too long")]
    TimedOut,
    /// The answer ended before it was complete; what came of it is all there is.
    #[error("the model's answer was cut off")]
    Cut,
    /// What came is not of the protocol, or too much.
    #[error("the model's answer can't be read")]
    Garbage,
    /// The server does not take the request; with its status, never with its words.
    #[error("the model refuses the request: {0}")]
    Refused(String),
}

/// An answer as it comes. It ends with `None` when it is complete, or after one error.
pub type Pieces = BoxStream<'static, Result<Piece, ModelError>>;

/// Something that answers prompts.
#[async_trait::async_trait]
pub trait Model: Send + Sync {
    /// Which model answers, for people.
    fn name(&self) -> &str;

    /// Begins an answer. It is known to have begun: what could be tried again has been tried.
    async fn answer(&self, prompt: &Prompt) -> Result<Pieces, ModelError>;
}
