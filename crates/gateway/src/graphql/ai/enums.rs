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

/// How far an answer of the tutor is. One that has ended stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "ai::AnswerState")]
pub enum TutorAnswerState {
    /// Nobody has begun to answer.
    Pending,
    /// More may come.
    Streaming,
    /// All of it has come.
    Complete,
    /// It could not be finished; `failure` says why. It costs nothing.
    Failed,
}

/// Why an answer of the tutor could not be finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "ai::Failure")]
pub enum TutorFailure {
    /// The language model can't be reached, or has too much to do.
    #[graphql(name = "AI_UNAVAILABLE")]
    Unavailable,
    /// The language model took too long.
    TimedOut,
    /// The language model stopped in the middle.
    CutOff,
    /// What the language model sent can't be read.
    Unreadable,
    /// The language model's server does not take the request.
    Refused,
    /// The server stopped while it was answering: ask again.
    Interrupted,
    /// You began a quiz that counts before there was an answer.
    AttemptOpen,
}

/// What an answer was worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "ai::AnswerRating")]
pub enum TutorAnswerRating {
    /// It helped.
    Helpful,
    /// It did not help.
    Unhelpful,
}

/// What the tutor may do while somebody sits a quiz that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "ai::Restriction")]
pub enum TutorRestriction {
    /// Answer.
    Allowed,
    /// Say where to look, and no more.
    Hints,
    /// Nothing.
    Blocked,
}

/// Who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum TutorAnswerer {
    /// The built-in tutor. It understands nothing, and quotes the course word for word.
    Extractive,
    /// A language model, which can be wrong.
    Model,
}

/// What a passage is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "ai::PassageKind")]
pub enum CitationKind {
    /// The description of the course.
    Course,
    /// The description of a section.
    Section,
    /// The name of a file.
    Media,
    /// The text of a file.
    Document,
    /// What is said in a recording.
    Captions,
}
