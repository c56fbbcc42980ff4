/// A word or two, held against what is accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortAnswer {
    /// Empty only when a person reads the answers.
    pub accepted: Vec<String>,
    pub is_case_sensitive: bool,
    /// Does an answer that is not accepted wait for a person, instead of being wrong?
    pub is_reviewed: bool,
}
