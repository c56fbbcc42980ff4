//! What questions are: what they ask, what may be answered and what is right. Free of the database; authors' inputs, stored
//! rows, frozen versions, packages and files of other programs all become this, and grading reads nothing else.

mod checking;
mod choosing;
mod gaps;
pub(crate) mod keying;
mod matching;
mod numeric;
#[cfg(test)]
pub mod samples;
mod showing;
mod storing;
mod wordy;

use serde::{Deserialize, Serialize};

pub use checking::{MOST_OPTIONS, MOST_POINTS};
pub use choosing::{Choice, ChoiceOption, Item, Ordering};
pub use gaps::{FillIn, Gap, gaps_in};
pub use matching::{ChoicePlace, Matching, Prompt};
pub use numeric::Numeric;
pub use showing::{Shown, ShownOption};
pub use storing::StoredQuestion;
pub use wordy::{Essay, ShortAnswer};

use crate::QuestionType;

/// A question with its key: for authors and for grading, never for who is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub text: String,
    pub content: Content,
    /// Why the right answer is right; may be empty.
    pub explanation: String,
    /// What a right answer is worth, in hundredths of a point.
    pub points: i32,
}

/// How a question is answered, and what is right: one variant for each type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// One or several of its options are ticked.
    MultipleChoice(Choice),
    /// It is a statement; the value says whether it is true.
    TrueFalse(bool),
    /// A word or two.
    ShortAnswer(ShortAnswer),
    /// A text that a person reads.
    Essay(Essay),
    /// A number.
    Numeric(Numeric),
    /// Each prompt gets one of the choices.
    Matching(Matching),
    /// Items are put in order.
    Ordering(Ordering),
    /// Gaps in its text are filled in.
    FillIn(FillIn),
}

/// What an answer is worth that is right in part. Questions without parts have no use for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartialCredit {
    /// Nothing.
    #[default]
    AllOrNothing,
    /// Its share. Of options that are ticked, each wrong one takes away what a right one gives; the least is nothing. Prompts,
    /// items at their place and gaps each count for themselves. What is left of a hundredth of a point is dropped.
    PerPart,
}

impl Content {
    pub fn question_type(&self) -> QuestionType {
        match self {
            Self::MultipleChoice(_) => QuestionType::MultipleChoice,
            Self::TrueFalse(_) => QuestionType::TrueFalse,
            Self::ShortAnswer(_) => QuestionType::ShortAnswer,
            Self::Essay(_) => QuestionType::Essay,
            Self::Numeric(_) => QuestionType::Numeric,
            Self::Matching(_) => QuestionType::Matching,
            Self::Ordering(_) => QuestionType::Ordering,
            Self::FillIn(_) => QuestionType::FillIn,
        }
    }

    /// What an answer that is right in part is worth.
    pub fn credit(&self) -> PartialCredit {
        match self {
            Self::MultipleChoice(choice) => choice.credit,
            Self::Matching(matching) => matching.credit,
            Self::Ordering(ordering) => ordering.credit,
            Self::FillIn(fill_in) => fill_in.credit,
            Self::TrueFalse(_) | Self::ShortAnswer(_) | Self::Essay(_) | Self::Numeric(_) => {
                PartialCredit::AllOrNothing
            }
        }
    }
}
