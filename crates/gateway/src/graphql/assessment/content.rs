//! What questions hold, for authors: one type for each way of answering.

use assessment::question::{self, Content};
use async_graphql::{SimpleObject, Union};

use super::enums::PartialCredit;
use crate::graphql::scalars::Decimal;

/// How a question is answered and what is right, by its type. For authors.
#[derive(Union)]
pub enum QuestionContent {
    MultipleChoice(MultipleChoiceContent),
    TrueFalse(TrueFalseContent),
    ShortAnswer(ShortAnswerContent),
    Essay(EssayContent),
    Numeric(NumericContent),
    Matching(MatchingContent),
    Ordering(OrderingContent),
    FillIn(FillInContent),
}

/// Options to tick.
#[derive(SimpleObject)]
pub struct MultipleChoiceContent {
    /// What can be ticked, in the order in which it is shown unless the quiz shuffles it.
    options: Vec<AuthoredOption>,
    /// May several be ticked? Otherwise exactly one is right.
    is_multiple: bool,
    /// What an answer is worth that is right in part.
    partial_credit: PartialCredit,
}

/// Something to tick.
#[derive(SimpleObject)]
pub struct AuthoredOption {
    /// What an answer names it by, whatever becomes of its text. Unique within the question.
    key: String,
    /// What it says.
    text: String,
    /// Is it right to tick it?
    is_right: bool,
    /// What who ticked it is told when the key is shown; may be empty.
    feedback: String,
}

/// A statement that is true or not.
#[derive(SimpleObject)]
pub struct TrueFalseContent {
    /// Is it?
    is_true: bool,
}

/// A word or two, held against what is accepted.
#[derive(SimpleObject)]
pub struct ShortAnswerContent {
    /// What is right. Spaces and ways to write the same letter make no difference.
    accepted: Vec<String>,
    /// Do capitals make a difference?
    is_case_sensitive: bool,
    /// Does an answer that is not accepted wait for a person, instead of being wrong?
    is_reviewed: bool,
}

/// A text that a person reads.
#[derive(SimpleObject)]
pub struct EssayContent {
    /// How long it may be; null without a limit of its own.
    max_characters: Option<i32>,
}

/// A number.
#[derive(SimpleObject)]
pub struct NumericContent {
    /// The right one.
    value: Decimal,
    /// How far from it one may be; exactly so far is right.
    tolerance: Decimal,
}

/// Prompts that each get one of the choices.
#[derive(SimpleObject)]
pub struct MatchingContent {
    /// Each prompt with the choice that is right for it.
    pairs: Vec<MatchingPair>,
    /// Choices that are right for none.
    distractors: Vec<AuthoredItem>,
    /// What an answer is worth that is right in part.
    partial_credit: PartialCredit,
}

/// A prompt, and what is right for it.
#[derive(SimpleObject)]
pub struct MatchingPair {
    /// The prompt.
    prompt: AuthoredItem,
    /// What is right for it; several prompts may have the same.
    choice: AuthoredItem,
}

/// Something to be matched or put in order.
#[derive(SimpleObject)]
pub struct AuthoredItem {
    /// What an answer names it by, whatever becomes of its text. Unique within the question.
    key: String,
    /// What it says.
    text: String,
}

/// Items to put in order.
#[derive(SimpleObject)]
pub struct OrderingContent {
    /// In their right order. Who is asked gets them in another.
    items: Vec<AuthoredItem>,
    /// What an answer is worth that is right in part.
    partial_credit: PartialCredit,
}

/// Gaps in the question's text.
#[derive(SimpleObject)]
pub struct FillInContent {
    /// In the order in which the text has them.
    gaps: Vec<AuthoredGap>,
    /// Do capitals make a difference?
    is_case_sensitive: bool,
    /// What an answer is worth that is right in part.
    partial_credit: PartialCredit,
}

/// A gap in a question's text.
#[derive(SimpleObject)]
pub struct AuthoredGap {
    /// What stands between the braces: `1` for `{{1}}`.
    name: String,
    /// What may be filled in.
    accepted: Vec<String>,
}

fn item(key: &str, text: &str) -> AuthoredItem {
    AuthoredItem { key: key.into(), text: text.into() }
}

impl From<Content> for QuestionContent {
    fn from(content: Content) -> Self {
        match content {
            Content::MultipleChoice(choice) => Self::MultipleChoice(choice.into()),
            Content::TrueFalse(is_true) => Self::TrueFalse(TrueFalseContent { is_true }),
            Content::ShortAnswer(question::ShortAnswer { accepted, is_case_sensitive, is_reviewed }) => {
                Self::ShortAnswer(ShortAnswerContent { accepted, is_case_sensitive, is_reviewed })
            }
            Content::Essay(question::Essay { max_characters }) => Self::Essay(EssayContent { max_characters }),
            Content::Numeric(question::Numeric { value, tolerance }) => {
                let (value, tolerance) = (Decimal(value.to_string()), Decimal(tolerance.to_string()));
                Self::Numeric(NumericContent { value, tolerance })
            }
            Content::Matching(matching) => Self::Matching(matching.into()),
            Content::Ordering(question::Ordering { items, credit }) => {
                let items = items.iter().map(|it| item(&it.key, &it.text)).collect();
                Self::Ordering(OrderingContent { items, partial_credit: credit.into() })
            }
            Content::FillIn(question::FillIn { gaps, is_case_sensitive, credit }) => {
                let gaps = gaps.into_iter().map(|gap| AuthoredGap { name: gap.name, accepted: gap.accepted }).collect();
                Self::FillIn(FillInContent { gaps, is_case_sensitive, partial_credit: credit.into() })
            }
        }
    }
}

impl From<question::Choice> for MultipleChoiceContent {
    fn from(choice: question::Choice) -> Self {
        let option =
            |question::ChoiceOption { key, text, is_right, feedback }| AuthoredOption { key, text, is_right, feedback };
        Self {
            options: choice.options.into_iter().map(option).collect(),
            is_multiple: choice.is_multiple,
            partial_credit: choice.credit.into(),
        }
    }
}

impl From<question::Matching> for MatchingContent {
    fn from(matching: question::Matching) -> Self {
        let pair = |(prompt, choice): (&question::Prompt, &question::Item)| MatchingPair {
            prompt: item(&prompt.key, &prompt.text),
            choice: item(&choice.key, &choice.text),
        };
        Self {
            pairs: matching.pairs().map(pair).collect(),
            distractors: matching.distractors().map(|choice| item(&choice.key, &choice.text)).collect(),
            partial_credit: matching.credit.into(),
        }
    }
}
