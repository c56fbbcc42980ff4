//! What an answer is worth. A pure function of the question as it was asked and the answer: no clock, no randomness, no
//! database, so that the same answer is worth the same whenever and wherever it is graded, and a grade can be explained.

#[cfg(test)]
mod properties;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Answer, AnswerError,
    number::{is_within, number},
    question::{Choice, Content, FillIn, Matching, Ordering, PartialCredit, Question, ShortAnswer},
    wording::comparable,
};

/// What an answer is worth, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grade {
    /// In hundredths of a point: from 0 to `max`.
    pub earned: i32,
    pub max: i32,
    /// Does a person have to read it? Until then it has earned nothing.
    pub needs_person: bool,
    /// What the grade is made of; empty where there are no parts. It tells what is right: for whom the key is shown to.
    pub parts: Vec<Part>,
}

/// A part of an answer: an option that is ticked, a prompt, an item, a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub key: String,
    pub is_right: bool,
    /// What the option has to say; may be empty.
    pub feedback: String,
}

/// Grades an answer, or says why it is none to this question. No answer is worth nothing, and nobody has to read it.
pub fn grade(question: &Question, answer: Option<&Answer>) -> Result<Grade, AnswerError> {
    let max = question.points.max(0);
    let nothing = Grade { earned: 0, max, needs_person: false, parts: vec![] };
    let Some(answer) = answer else { return Ok(nothing) };
    answer.check(question)?;
    if answer.is_blank() {
        return Ok(nothing);
    }
    let whole = |is_right: bool| Grade { earned: if is_right { max } else { 0 }, ..nothing.clone() };
    Ok(match (&question.content, answer) {
        (Content::MultipleChoice(choice), Answer::Ids(ids)) => ticked(choice, ids, max),
        (Content::TrueFalse(right), Answer::Value(value)) => whole(right == value),
        (Content::ShortAnswer(short), Answer::Text(text)) => match accepts(short, text) {
            false if short.is_reviewed => Grade { needs_person: true, ..nothing },
            is_right => whole(is_right),
        },
        (Content::Essay(_), Answer::Text(_)) => Grade { needs_person: true, ..nothing },
        (Content::Numeric(numeric), Answer::Number(text)) => {
            let value = number(text).ok_or(AnswerError::NoNumber)?;
            whole(is_within(value, numeric.value, numeric.tolerance))
        }
        (Content::Matching(matching), Answer::Pairs(pairs)) => matched(matching, pairs, max),
        (Content::Ordering(ordering), Answer::Order(order)) => ordered(ordering, order, max),
        (Content::FillIn(fill_in), Answer::Gaps(gaps)) => filled(fill_in, gaps, max),
        _ => return Err(AnswerError::OtherKind),
    })
}

/// Each wrong tick takes away what a right one gives, so that ticking everything is worth less than all.
fn ticked(choice: &Choice, ids: &[String], max: i32) -> Grade {
    let ids: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
    let parts: Vec<Part> = choice
        .options
        .iter()
        .filter(|option| ids.contains(option.key.as_str()))
        .map(|option| Part { key: option.key.clone(), is_right: option.is_right, feedback: option.feedback.clone() })
        .collect();
    let hits = parts.iter().filter(|part| part.is_right).count();
    let misses = parts.len() - hits;
    let all = choice.right().count();
    let earned = match choice.credit {
        // Where one is ticked, several are right only because a regrade says so: each is as good.
        _ if !choice.is_multiple => share(max, hits.saturating_sub(misses), 1),
        PartialCredit::AllOrNothing if hits == all && misses == 0 => max,
        PartialCredit::AllOrNothing => 0,
        PartialCredit::PerPart => share(max, hits.saturating_sub(misses), all),
    };
    Grade { earned, max, needs_person: false, parts }
}

fn accepts(short: &ShortAnswer, text: &str) -> bool {
    is_one_of(&short.accepted, text, short.is_case_sensitive)
}

fn is_one_of(accepted: &[String], text: &str, is_case_sensitive: bool) -> bool {
    let text = comparable(text, is_case_sensitive);
    accepted.iter().any(|right| comparable(right, is_case_sensitive) == text)
}

fn matched(matching: &Matching, pairs: &BTreeMap<String, String>, max: i32) -> Grade {
    let right = matching.pairs().map(|(prompt, choice)| {
        (prompt.key.clone(), pairs.get(&prompt.key).is_some_and(|answered| *answered == choice.key))
    });
    of_parts(right.collect(), matching.credit, max)
}

/// An item is right at its place.
fn ordered(ordering: &Ordering, order: &[String], max: i32) -> Grade {
    let items = ordering.items.iter().enumerate();
    let right = items.map(|(place, item)| (item.key.clone(), order.get(place) == Some(&item.key)));
    of_parts(right.collect(), ordering.credit, max)
}

fn filled(fill_in: &FillIn, gaps: &BTreeMap<String, String>, max: i32) -> Grade {
    let right = fill_in.gaps.iter().map(|gap| {
        let text = gaps.get(&gap.name);
        let is_right = text.is_some_and(|text| is_one_of(&gap.accepted, text, fill_in.is_case_sensitive));
        (gap.name.clone(), is_right)
    });
    of_parts(right.collect(), fill_in.credit, max)
}

fn of_parts(parts: Vec<(String, bool)>, credit: PartialCredit, max: i32) -> Grade {
    let part = |(key, is_right)| Part { key, is_right, feedback: String::new() };
    let parts: Vec<Part> = parts.into_iter().map(part).collect();
    let (right, all) = (parts.iter().filter(|part| part.is_right).count(), parts.len());
    let earned = match credit {
        PartialCredit::AllOrNothing if right == all => max,
        PartialCredit::AllOrNothing => 0,
        PartialCredit::PerPart => share(max, right, all),
    };
    Grade { earned, max, needs_person: false, parts }
}

/// So many of all: what is left of a hundredth is dropped, so that it is never all of it without all parts.
fn share(max: i32, right: usize, all: usize) -> i32 {
    if all == 0 || right >= all {
        return if all == 0 { 0 } else { max };
    }
    let share = i64::from(max) * right as i64 / all as i64;
    i32::try_from(share).unwrap_or(0).clamp(0, max)
}
