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
    /// By ticking one or several of its options.
    MultipleChoice,
    /// By yes or no.
    TrueFalse,
    /// By a word or two.
    ShortAnswer,
    /// By a text, which a person marks.
    Essay,
    /// By a number.
    Numeric,
    /// By giving each prompt one of the choices.
    Matching,
    /// By putting items in order.
    Ordering,
    /// By filling in the gaps of its text.
    FillIn,
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

/// When who sat a quiz learns what would have been right, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "assessment::ShowKeyAfter")]
pub enum ShowKeyAfter {
    /// Not at all.
    Never,
    /// When they have handed it in.
    Submission,
    /// When the quiz is due: nobody can hand it in any more.
    Due,
    /// When its grades are released.
    Release,
}

/// Which of somebody's attempts at a quiz counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "assessment::GradeMethod")]
pub enum GradeMethod {
    /// The best one.
    Highest,
    /// The last one.
    Latest,
    /// The first one.
    First,
    /// What they come to on average.
    Average,
}

/// What an answer is worth that is right in part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "assessment::question::PartialCredit")]
pub enum PartialCredit {
    /// Nothing.
    #[default]
    AllOrNothing,
    /// Its share. Of options that are ticked, each wrong one takes away what a right one gives; the least is nothing. Prompts
    /// that are matched, items at their place and gaps each count for themselves.
    PerPart,
}

/// A form that questions have in files of other programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "assessment::exchange::Format")]
pub enum QuestionFormat {
    /// Moodle's text format. What it has no form for stands in comments of ours, so that nothing is lost on the way back.
    Gift,
    /// One line for the question, one for each option, one for the answer. Knows nothing but questions with one option to tick.
    Aiken,
    /// A table with one line for each question: `type`, `text`, `points`, `explanation`, `partial_credit`, `flags`, `tolerance`,
    /// `max_characters`, `answer`, and as many of `option_1`, `match_1`, `feedback_1`, `option_2` ... as there have to be.
    /// `type` is `single_choice`, `multiple_choice`, `true_false`, `short_answer`, `essay`, `numeric`, `matching`, `ordering` or
    /// `fill_in`; `answer` has the numbers of the right options, the truth or the number.
    Csv,
    /// IMS QTI 2.1 or 2.2 as XML: one `assessmentItem`, or several in one element.
    Qti,
}

/// What kind of thing is wrong with a line of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "assessment::exchange::LineCode")]
pub enum LineErrorCode {
    /// It is not in the format.
    Malformed,
    /// It is in the format, but not a thing that there is here.
    Unsupported,
    /// The question would not be accepted if an author wrote it.
    Invalid,
    /// There is too much of it.
    TooLarge,
}
