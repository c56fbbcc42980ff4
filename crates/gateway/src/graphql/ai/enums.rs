use async_graphql::Enum;

/// What an exchange with the tutor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "ai::MessageType")]
pub enum AiMessageType {
    /// The person asked something.
    Question,
    /// The tutor explained something.
    Answer,
    /// The tutor proposed something.
    Suggestion,
}
