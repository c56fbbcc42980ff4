//! Questions that are answered by giving each of some things one of some others.

use super::{Item, PartialCredit};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matching {
    pub prompts: Vec<Prompt>,
    /// What prompts are matched with: those that are right for one, in the order of the prompts, and then distractors.
    pub choices: Vec<Item>,
    pub credit: PartialCredit,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// What an answer names it by.
    pub key: String,
    pub text: String,
    /// Which of the choices is right, from 0. Several prompts may have the same.
    pub choice: usize,
}

/// Where a choice was given, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChoicePlace {
    /// With the first of the prompts that it is right for.
    Pair(usize),
    /// Among the distractors.
    Distractor(usize),
}

impl Matching {
    /// Of pairs of a prompt and what is right for it. What is right for several prompts is one choice, and what distracts is
    /// right for none.
    pub fn new(
        pairs: impl IntoIterator<Item = (Item, Item)>,
        distractors: impl IntoIterator<Item = Item>,
        credit: PartialCredit,
    ) -> Self {
        let (mut prompts, mut choices) = (vec![], vec![]);
        for (prompt, choice) in pairs {
            let choice = place_of(&mut choices, choice);
            prompts.push(Prompt { key: prompt.key, text: prompt.text, choice });
        }
        choices.extend(distractors);
        Self { prompts, choices, credit }
    }

    /// The choices that are right for no prompt.
    pub fn distractors(&self) -> impl Iterator<Item = &Item> {
        let is_used = |place: usize| self.prompts.iter().any(|prompt| prompt.choice == place);
        self.choices.iter().enumerate().filter(move |(place, _)| !is_used(*place)).map(|(_, choice)| choice)
    }

    /// Where its author gave each of the choices.
    pub fn places(&self) -> Vec<ChoicePlace> {
        let mut distractors = 0..;
        let place = |choice: usize| match self.prompts.iter().position(|prompt| prompt.choice == choice) {
            Some(pair) => ChoicePlace::Pair(pair),
            None => ChoicePlace::Distractor(distractors.next().unwrap_or_default()),
        };
        (0..self.choices.len()).map(place).collect()
    }

    /// Each prompt with the choice that is right for it.
    pub fn pairs(&self) -> impl Iterator<Item = (&Prompt, &Item)> {
        self.prompts.iter().filter_map(|prompt| Some((prompt, self.choices.get(prompt.choice)?)))
    }
}

/// Where the choice with this text is; it is added when it is not there. The first key that is given to it counts.
fn place_of(choices: &mut Vec<Item>, wanted: Item) -> usize {
    match choices.iter().position(|choice| choice.text == wanted.text) {
        Some(place) => {
            if choices[place].key.is_empty() {
                choices[place].key = wanted.key;
            }
            place
        }
        None => {
            choices.push(wanted);
            choices.len() - 1
        }
    }
}
