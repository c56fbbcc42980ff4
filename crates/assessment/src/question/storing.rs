//! The form that questions have at rest: what may be answered in one column, what is right in another. The two are read
//! together, by the question's type, and never by who is asked.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Error, Result};
use sea_orm::{ActiveEnum, prelude::Json};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::json;

use super::{
    Choice, ChoiceOption, Content, Essay, FillIn, Gap, Item, Matching, Numeric, Ordering, PartialCredit, Prompt,
    Question, ShortAnswer,
};
use crate::{QuestionType, number::number, wording::comparable};

/// A question as a row, a package or a frozen version has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StoredQuestion {
    pub text: String,
    #[serde(rename = "type")]
    pub question_type: String,
    pub options: Json,
    pub correct_answer: Json,
    pub explanation: String,
    /// In hundredths.
    pub points: i32,
}

/// Something that an answer may name.
#[derive(Serialize, Deserialize)]
struct StoredOption {
    id: String,
    text: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    feedback: String,
    /// Of what is matched: the prompts are told from the choices by this.
    #[serde(default, rename = "isPrompt", skip_serializing_if = "std::ops::Not::not")]
    is_prompt: bool,
}

/// What is right: the one place that knows what the column holds. Which of them it is, the question's type says.
#[derive(Serialize)]
#[serde(untagged)]
enum Key {
    Choice(ChoiceKey),
    TrueFalse(TrueFalseKey),
    ShortAnswer(ShortAnswerKey),
    Essay(EssayKey),
    Numeric(NumericKey),
    Matching(MatchingKey),
    Ordering(OrderingKey),
    FillIn(FillInKey),
}

#[derive(Serialize, Deserialize)]
struct ChoiceKey {
    ids: Vec<String>,
    /// Not said by questions of former days: those with one right option have one to tick.
    #[serde(default)]
    multiple: Option<bool>,
    #[serde(default)]
    credit: PartialCredit,
}

#[derive(Serialize, Deserialize)]
struct TrueFalseKey {
    value: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ShortAnswerKey {
    accepted: Vec<String>,
    #[serde(default)]
    case_sensitive: bool,
    #[serde(default)]
    reviewed: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct EssayKey {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    max_characters: Option<i32>,
}

#[derive(Serialize, Deserialize)]
struct NumericKey {
    value: String,
    tolerance: String,
}

#[derive(Serialize, Deserialize)]
struct MatchingKey {
    /// Under each prompt, the choice.
    pairs: BTreeMap<String, String>,
    #[serde(default)]
    credit: PartialCredit,
}

#[derive(Serialize, Deserialize)]
struct OrderingKey {
    order: Vec<String>,
    #[serde(default)]
    credit: PartialCredit,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct FillInKey {
    gaps: Vec<StoredGap>,
    #[serde(default)]
    case_sensitive: bool,
    #[serde(default)]
    credit: PartialCredit,
}

#[derive(Serialize, Deserialize)]
struct StoredGap {
    id: String,
    accepted: Vec<String>,
}

impl Question {
    /// For a row, a package or a version.
    pub fn stored(self) -> Result<StoredQuestion> {
        let question_type = self.content.question_type().to_value();
        let (options, key) = columns(self.content);
        Ok(StoredQuestion {
            text: self.text,
            question_type,
            options: options.map_or(Ok(json!([])), serde_json::to_value).map_err(unwritten)?,
            correct_answer: serde_json::to_value(key).map_err(unwritten)?,
            explanation: self.explanation,
            points: self.points,
        })
    }

    /// From a row, a package or a version. An error says that it does not hold together.
    pub fn read(stored: &StoredQuestion) -> Result<Self> {
        let question_type = QuestionType::try_from_value(&stored.question_type)?;
        Ok(Self {
            text: stored.text.clone(),
            content: content(question_type, &stored.options, &stored.correct_answer)?,
            explanation: stored.explanation.clone(),
            points: stored.points,
        })
    }
}

fn unwritten(error: serde_json::Error) -> Error {
    Error::Internal(format!("a question can't be written: {error}"))
}

fn unreadable(why: impl std::fmt::Display) -> Error {
    Error::Internal(format!("a question can't be read: {why}"))
}

fn columns(content: Content) -> (Option<Vec<StoredOption>>, Key) {
    match content {
        Content::MultipleChoice(choice) => {
            let ids = choice.right().map(String::from).collect();
            let key = ChoiceKey { ids, multiple: Some(choice.is_multiple), credit: choice.credit };
            (Some(choice.options.into_iter().map(StoredOption::from).collect()), Key::Choice(key))
        }
        Content::TrueFalse(value) => (None, Key::TrueFalse(TrueFalseKey { value })),
        Content::ShortAnswer(ShortAnswer { accepted, is_case_sensitive, is_reviewed }) => {
            let (case_sensitive, reviewed) = (is_case_sensitive, is_reviewed);
            (None, Key::ShortAnswer(ShortAnswerKey { accepted, case_sensitive, reviewed }))
        }
        Content::Essay(Essay { max_characters }) => (None, Key::Essay(EssayKey { max_characters })),
        Content::Numeric(Numeric { value, tolerance }) => {
            let (value, tolerance) = (value.to_string(), tolerance.to_string());
            (None, Key::Numeric(NumericKey { value, tolerance }))
        }
        Content::Matching(matching) => {
            let pairs = matching.pairs().map(|(prompt, choice)| (prompt.key.clone(), choice.key.clone())).collect();
            let key = MatchingKey { pairs, credit: matching.credit };
            let prompts = matching.prompts.into_iter().map(StoredOption::from);
            (Some(prompts.chain(matching.choices.into_iter().map(StoredOption::from)).collect()), Key::Matching(key))
        }
        Content::Ordering(ordering) => {
            let order = ordering.items.iter().map(|item| item.key.clone()).collect();
            let items = ordering.items.into_iter().map(StoredOption::from).collect();
            (Some(items), Key::Ordering(OrderingKey { order, credit: ordering.credit }))
        }
        Content::FillIn(FillIn { gaps, is_case_sensitive, credit }) => {
            let gaps = gaps.into_iter().map(|gap| StoredGap { id: gap.name, accepted: gap.accepted }).collect();
            (None, Key::FillIn(FillInKey { gaps, case_sensitive: is_case_sensitive, credit }))
        }
    }
}

fn content(question_type: QuestionType, options: &Json, key: &Json) -> Result<Content> {
    Ok(match question_type {
        QuestionType::MultipleChoice => Content::MultipleChoice(choice(from(options)?, from(key)?)?),
        QuestionType::TrueFalse => Content::TrueFalse(from::<TrueFalseKey>(key)?.value),
        QuestionType::ShortAnswer => {
            let ShortAnswerKey { mut accepted, case_sensitive, reviewed } = from(key)?;
            // Those of former days may hold a word in capitals and in small letters.
            let mut seen = BTreeSet::new();
            accepted.retain(|text| seen.insert(comparable(text, case_sensitive)));
            Content::ShortAnswer(ShortAnswer { accepted, is_case_sensitive: case_sensitive, is_reviewed: reviewed })
        }
        QuestionType::Essay => {
            let EssayKey { max_characters } = from(key)?;
            Content::Essay(Essay { max_characters })
        }
        QuestionType::Numeric => {
            let NumericKey { value, tolerance } = from(key)?;
            let read = |text: &str| number(text).ok_or_else(|| unreadable("no number"));
            Content::Numeric(Numeric { value: read(&value)?, tolerance: read(&tolerance)? })
        }
        QuestionType::Matching => Content::Matching(matching(from(options)?, from(key)?)?),
        QuestionType::Ordering => Content::Ordering(ordering(from(options)?, from(key)?)?),
        QuestionType::FillIn => {
            let FillInKey { gaps, case_sensitive, credit } = from(key)?;
            let gaps = gaps.into_iter().map(|gap| Gap { name: gap.id, accepted: gap.accepted }).collect();
            Content::FillIn(FillIn { gaps, is_case_sensitive: case_sensitive, credit })
        }
    })
}

fn from<T: DeserializeOwned>(column: &Json) -> Result<T> {
    T::deserialize(column).map_err(unreadable)
}

fn choice(options: Vec<StoredOption>, key: ChoiceKey) -> Result<Choice> {
    if let Some(lost) = key.ids.iter().find(|id| !options.iter().any(|option| option.id == **id)) {
        return Err(unreadable(format!("there is no option {lost}")));
    }
    let is_multiple = key.multiple.unwrap_or(key.ids.len() != 1);
    let option = |option: StoredOption| ChoiceOption {
        is_right: key.ids.contains(&option.id),
        key: option.id,
        text: option.text,
        feedback: option.feedback,
    };
    Ok(Choice { options: options.into_iter().map(option).collect(), is_multiple, credit: key.credit })
}

fn matching(options: Vec<StoredOption>, key: MatchingKey) -> Result<Matching> {
    let (prompts, choices): (Vec<_>, Vec<_>) = options.into_iter().partition(|option| option.is_prompt);
    let place = |prompt: &StoredOption| {
        let wanted = key.pairs.get(&prompt.id)?;
        choices.iter().position(|choice| choice.id == *wanted)
    };
    let prompt = |option: StoredOption| {
        let choice = place(&option).ok_or_else(|| unreadable("a prompt has no choice"))?;
        Ok(Prompt { key: option.id, text: option.text, choice })
    };
    let prompts = prompts.into_iter().map(prompt).collect::<Result<_>>()?;
    Ok(Matching { prompts, choices: choices.into_iter().map(Item::from).collect(), credit: key.credit })
}

fn ordering(options: Vec<StoredOption>, key: OrderingKey) -> Result<Ordering> {
    let mut items: BTreeMap<String, Item> =
        options.into_iter().map(|option| (option.id.clone(), Item::from(option))).collect();
    let item = |id: &String| items.remove(id).ok_or_else(|| unreadable("the order names what is not there"));
    let ordered = key.order.iter().map(item).collect::<Result<_>>()?;
    if !items.is_empty() {
        return Err(unreadable("the order leaves something out"));
    }
    Ok(Ordering { items: ordered, credit: key.credit })
}

impl From<ChoiceOption> for StoredOption {
    fn from(option: ChoiceOption) -> Self {
        Self { id: option.key, text: option.text, feedback: option.feedback, is_prompt: false }
    }
}

impl From<Item> for StoredOption {
    fn from(item: Item) -> Self {
        Self { id: item.key, text: item.text, feedback: String::new(), is_prompt: false }
    }
}

impl From<Prompt> for StoredOption {
    fn from(prompt: Prompt) -> Self {
        Self { id: prompt.key, text: prompt.text, feedback: String::new(), is_prompt: true }
    }
}

impl From<StoredOption> for Item {
    fn from(option: StoredOption) -> Self {
        Self { key: option.id, text: option.text }
    }
}
