//! Questions that are answered by choosing among things, or putting them in order.

use super::PartialCredit;

/// Options to tick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// In the order in which they are shown unless the quiz shuffles them.
    pub options: Vec<ChoiceOption>,
    /// May several be ticked? Otherwise exactly one is right.
    pub is_multiple: bool,
    /// Of several; with one to tick there are no parts.
    pub credit: PartialCredit,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceOption {
    /// What an answer names it by, whatever becomes of its text and place; says nothing about either.
    pub key: String,
    pub text: String,
    pub is_right: bool,
    /// What who ticked it is told when the key is shown; may be empty.
    pub feedback: String,
}

/// Something to be put in order, or to be matched with something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What an answer names it by. Drawn by lot, so that the order of keys gives nothing away.
    pub key: String,
    pub text: String,
}

/// Items to put in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ordering {
    /// In their right order, which is why who is asked gets them in that of their keys.
    pub items: Vec<Item>,
    pub credit: PartialCredit,
}

impl Choice {
    /// The keys of the right options.
    pub fn right(&self) -> impl Iterator<Item = &str> {
        self.options.iter().filter(|option| option.is_right).map(|option| option.key.as_str())
    }
}

impl Item {
    /// One that has no key yet.
    pub fn new(text: impl Into<String>) -> Self {
        Self { key: String::new(), text: text.into() }
    }
}
