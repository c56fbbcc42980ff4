use async_graphql::Enum;

/// What a quiz is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "assessment::QuizType")]
pub enum QuizType {
    /// To try oneself.
    Practice,
    /// To be marked.
    Graded,
    /// To conclude the course.
    Final,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "assessment::QuestionType")]
pub enum QuestionType {
    /// By choosing among its options.
    MultipleChoice,
    /// By yes or no.
    TrueFalse,
    /// By a word or two.
    ShortAnswer,
    /// By a text, which a person marks.
    Essay,
}

/// Where an attempt stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "assessment::AttemptStatus")]
pub enum QuizAttemptStatus {
    /// Being worked on.
    InProgress,
    /// Handed in, not marked yet.
    Submitted,
    /// Marked.
    Graded,
}
