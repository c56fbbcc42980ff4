//! What questions hold, as authors write it.

use assessment::{
    number,
    question::{Choice, ChoiceOption, Content, Essay, FillIn, Gap, Item, Matching, Numeric, Ordering, ShortAnswer},
    rules::{QUESTION_NUMBER_INVALID, QUESTION_TOLERANCE_INVALID},
};
use async_graphql::{InputObject, OneofObject};
use kernel::{Problem, Result, Rule};

use super::enums::PartialCredit;
use crate::graphql::scalars::Decimal;

/// How a question is answered and what is right: exactly one of these.
#[derive(Debug, OneofObject)]
pub enum QuestionContentInput {
    /// Options to tick.
    MultipleChoice(MultipleChoiceInput),
    /// A statement that is true or not.
    TrueFalse(TrueFalseInput),
    /// A word or two.
    ShortAnswer(ShortAnswerInput),
    /// A text that a person reads.
    Essay(EssayInput),
    /// A number.
    Numeric(NumericInput),
    /// Prompts that each get one of the choices.
    Matching(MatchingInput),
    /// Items to put in order.
    Ordering(OrderingInput),
    /// Gaps in the question's text, which has `{{name}}` for each.
    FillIn(FillInInput),
}

/// Options to tick.
#[derive(Debug, InputObject)]
pub struct MultipleChoiceInput {
    /// 2 to 50, all different; at least one is right.
    pub options: Vec<OptionInput>,
    /// May several be ticked? Otherwise exactly one is right.
    #[graphql(default)]
    pub is_multiple: bool,
    /// What an answer is worth that is right in part.
    #[graphql(default)]
    pub partial_credit: PartialCredit,
}

/// Something to tick.
#[derive(Debug, InputObject)]
pub struct OptionInput {
    /// The key of an option that is there already, so that it stays the same one. Left out, the option is new.
    pub key: Option<String>,
    /// 1 to 2,000 characters.
    pub text: String,
    /// Is it right to tick it?
    #[graphql(default)]
    pub is_right: bool,
    /// What who ticked it is told when the key is shown, at most 2,000 characters.
    #[graphql(default)]
    pub feedback: String,
}

/// A statement that is true or not.
#[derive(Debug, InputObject)]
pub struct TrueFalseInput {
    /// Is it?
    pub is_true: bool,
}

/// A word or two.
#[derive(Debug, InputObject)]
pub struct ShortAnswerInput {
    /// At most 50 that are right, each of 1 to 500 characters and different from the others to who compares them.
    #[graphql(default)]
    pub accepted: Vec<String>,
    /// Do capitals make a difference?
    #[graphql(default)]
    pub is_case_sensitive: bool,
    /// Does an answer that is not accepted wait for a person, instead of being wrong? Then nothing has to be accepted.
    #[graphql(default)]
    pub is_reviewed: bool,
}

/// A text that a person reads.
#[derive(Debug, InputObject)]
pub struct EssayInput {
    /// How long it may be: 1 to 50,000 characters. Left out, as long as any answer may be.
    pub max_characters: Option<i32>,
}

/// A number.
#[derive(Debug, InputObject)]
pub struct NumericInput {
    /// The right one, of at most 28 digits.
    pub value: Decimal,
    /// How far from it one may be, not negative; exactly so far is right.
    #[graphql(default_with = "Decimal(\"0\".into())")]
    pub tolerance: Decimal,
}

/// Prompts that each get one of the choices.
#[derive(Debug, InputObject)]
pub struct MatchingInput {
    /// 2 to 50 prompts, all different, with what is right for each.
    pub pairs: Vec<MatchingPairInput>,
    /// Choices that are right for none, different from those that are.
    #[graphql(default)]
    pub distractors: Vec<ItemInput>,
    /// What an answer is worth that is right in part.
    #[graphql(default)]
    pub partial_credit: PartialCredit,
}

/// A prompt, and what is right for it.
#[derive(Debug, InputObject)]
pub struct MatchingPairInput {
    /// The key of a prompt that is there already, so that it stays the same one. Left out, the prompt is new.
    pub prompt_key: Option<String>,
    /// The prompt, of 1 to 2,000 characters.
    pub prompt: String,
    /// The key of a choice that is there already. Left out, the choice is new.
    pub choice_key: Option<String>,
    /// What is right for it, of 1 to 2,000 characters. What is right for several prompts is one choice.
    pub choice: String,
}

/// Something to be matched or put in order.
#[derive(Debug, InputObject)]
pub struct ItemInput {
    /// The key of one that is there already, so that it stays the same one. Left out, it is new.
    pub key: Option<String>,
    /// 1 to 2,000 characters.
    pub text: String,
}

/// Items to put in order.
#[derive(Debug, InputObject)]
pub struct OrderingInput {
    /// 2 to 50, all different, in their right order.
    pub items: Vec<ItemInput>,
    /// What an answer is worth that is right in part.
    #[graphql(default)]
    pub partial_credit: PartialCredit,
}

/// Gaps in the question's text.
#[derive(Debug, InputObject)]
pub struct FillInInput {
    /// One for each gap of the text, at most 50.
    pub gaps: Vec<GapInput>,
    /// Do capitals make a difference?
    #[graphql(default)]
    pub is_case_sensitive: bool,
    /// What an answer is worth that is right in part.
    #[graphql(default)]
    pub partial_credit: PartialCredit,
}

/// A gap in the question's text.
#[derive(Debug, InputObject)]
pub struct GapInput {
    /// What stands between the braces: `1` for `{{1}}`. 1 to 20 letters, digits, `-` and `_`.
    pub name: String,
    /// 1 to 50 that may be filled in, each of 1 to 500 characters.
    pub accepted: Vec<String>,
}

impl QuestionContentInput {
    /// Everything else that has to hold is asked by the domain, whoever brings a question.
    pub fn into_domain(self) -> Result<Content> {
        Ok(match self {
            Self::MultipleChoice(choice) => {
                let option = |it: OptionInput| ChoiceOption {
                    key: it.key.unwrap_or_default(),
                    text: it.text,
                    is_right: it.is_right,
                    feedback: it.feedback,
                };
                let options = choice.options.into_iter().map(option).collect();
                let (is_multiple, credit) = (choice.is_multiple, choice.partial_credit.into());
                Content::MultipleChoice(Choice { options, is_multiple, credit })
            }
            Self::TrueFalse(it) => Content::TrueFalse(it.is_true),
            Self::ShortAnswer(ShortAnswerInput { accepted, is_case_sensitive, is_reviewed }) => {
                Content::ShortAnswer(ShortAnswer { accepted, is_case_sensitive, is_reviewed })
            }
            Self::Essay(EssayInput { max_characters }) => Content::Essay(Essay { max_characters }),
            Self::Numeric(it) => {
                let value = number(&it.value.0).ok_or_else(|| at(QUESTION_NUMBER_INVALID, "value"))?;
                let tolerance = number(&it.tolerance.0).ok_or_else(|| at(QUESTION_TOLERANCE_INVALID, "tolerance"))?;
                Content::Numeric(Numeric { value, tolerance })
            }
            Self::Matching(it) => {
                let pair = |it: MatchingPairInput| (item(it.prompt_key, it.prompt), item(it.choice_key, it.choice));
                let distractors = it.distractors.into_iter().map(|it| item(it.key, it.text));
                let pairs = it.pairs.into_iter().map(pair);
                Content::Matching(Matching::new(pairs, distractors, it.partial_credit.into()))
            }
            Self::Ordering(it) => {
                let items = it.items.into_iter().map(|it| item(it.key, it.text)).collect();
                Content::Ordering(Ordering { items, credit: it.partial_credit.into() })
            }
            Self::FillIn(it) => {
                let gaps = it.gaps.into_iter().map(|gap| Gap { name: gap.name, accepted: gap.accepted }).collect();
                let (is_case_sensitive, credit) = (it.is_case_sensitive, it.partial_credit.into());
                Content::FillIn(FillIn { gaps, is_case_sensitive, credit })
            }
        })
    }
}

fn item(key: Option<String>, text: String) -> Item {
    Item { key: key.unwrap_or_default(), text }
}

fn at(rule: Rule, field: &'static str) -> Problem {
    Problem { field: ["content", "numeric", field].map(Into::into).into(), ..rule.at("content") }
}
