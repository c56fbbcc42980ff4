/// A text that a person reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Essay {
    /// How long it may be; without it as long as any answer may be.
    pub max_characters: Option<i32>,
}

/// A word or two, held against what is accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortAnswer {
    /// Empty only when a person reads the answers.
    pub accepted: Vec<String>,
    pub is_case_sensitive: bool,
    /// Does an answer that is not accepted wait for a person, instead of being wrong?
    pub is_reviewed: bool,
}
