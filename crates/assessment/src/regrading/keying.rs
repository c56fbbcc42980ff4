//! Another key for the same question: what may be answered stays what it was.

use std::collections::BTreeSet;

use crate::{
    question::{Content, Item, Question},
    wording::comparable,
};

/// The old content with what the new one says to be right. None when the two are of different types.
pub(super) fn rekeyed(old: &Content, new: &Content) -> Option<Content> {
    Some(match (old.clone(), new) {
        (Content::MultipleChoice(mut old), Content::MultipleChoice(new)) => {
            for option in &mut old.options {
                if let Some(said) = new.options.iter().find(|said| said.key == option.key) {
                    (option.is_right, option.feedback) = (said.is_right, said.feedback.clone());
                }
            }
            old.credit = new.credit;
            Content::MultipleChoice(old)
        }
        (Content::Matching(mut old), Content::Matching(new)) => {
            for prompt in &mut old.prompts {
                let said = new.pairs().find(|(said, _)| said.key == prompt.key);
                let place = said.and_then(|(_, said)| old.choices.iter().position(|choice| choice.key == said.key));
                prompt.choice = place.unwrap_or(prompt.choice);
            }
            old.credit = new.credit;
            Content::Matching(old)
        }
        (Content::Ordering(mut old), Content::Ordering(new)) => {
            let place = |item: &Item| new.items.iter().position(|said| said.key == item.key).unwrap_or(usize::MAX);
            old.items.sort_by_key(place);
            old.credit = new.credit;
            Content::Ordering(old)
        }
        (Content::FillIn(mut old), Content::FillIn(new)) => {
            for gap in &mut old.gaps {
                if let Some(said) = new.gaps.iter().find(|said| said.name == gap.name) {
                    gap.accepted.clone_from(&said.accepted);
                }
            }
            (old.credit, old.is_case_sensitive) = (new.credit, new.is_case_sensitive);
            Content::FillIn(old)
        }
        (Content::TrueFalse(_), Content::TrueFalse(_))
        | (Content::ShortAnswer(_), Content::ShortAnswer(_))
        | (Content::Numeric(_), Content::Numeric(_)) => new.clone(),
        _ => return None,
    })
}

/// Gives what has no key the key of what says the same in the old content.
pub(super) fn named(mut new: Content, old: &Content) -> Content {
    let names = |texts: Vec<(&String, &String)>| -> Vec<(String, String)> {
        texts.into_iter().map(|(key, text)| (key.clone(), comparable(text, true))).collect()
    };
    let name = |key: &mut String, text: &str, known: &[(String, String)]| {
        let form = comparable(text, true);
        if let Some((found, _)) = known.iter().find(|(_, said)| key.is_empty() && *said == form) {
            key.clone_from(found);
        }
    };
    match (&mut new, old) {
        (Content::MultipleChoice(new), Content::MultipleChoice(old)) => {
            let known = names(old.options.iter().map(|option| (&option.key, &option.text)).collect());
            new.options.iter_mut().for_each(|option| name(&mut option.key, &option.text, &known));
        }
        (Content::Matching(new), Content::Matching(old)) => {
            let known = names(old.prompts.iter().map(|prompt| (&prompt.key, &prompt.text)).collect());
            new.prompts.iter_mut().for_each(|prompt| name(&mut prompt.key, &prompt.text, &known));
            let known = names(old.choices.iter().map(|choice| (&choice.key, &choice.text)).collect());
            new.choices.iter_mut().for_each(|choice| name(&mut choice.key, &choice.text, &known));
        }
        (Content::Ordering(new), Content::Ordering(old)) => {
            let known = names(old.items.iter().map(|item| (&item.key, &item.text)).collect());
            new.items.iter_mut().for_each(|item| name(&mut item.key, &item.text, &known));
        }
        _ => {}
    }
    new
}

/// May the same be answered to both, and are both of one type that has a key?
pub(super) fn asks_the_same(old: &Question, new: &Content) -> bool {
    let is_multiple = |content: &Content| match content {
        Content::MultipleChoice(choice) => choice.is_multiple,
        _ => false,
    };
    let gaps = |content: &Content| -> BTreeSet<String> {
        match content {
            Content::FillIn(fill_in) => fill_in.gaps.iter().map(|gap| gap.name.clone()).collect(),
            _ => BTreeSet::new(),
        }
    };
    let other = Question { content: new.clone(), ..old.clone() };
    rekeyed(&old.content, new).is_some()
        && old.keys() == other.keys()
        && gaps(&old.content) == gaps(new)
        && is_multiple(&old.content) == is_multiple(new)
}
