//! Questions as authors could write them: for tests of what must hold of all.

use proptest::{collection::vec, prelude::*};
use rust_decimal::Decimal;

use super::{
    Choice, ChoiceOption, Content, Essay, FillIn, Gap, Item, Matching, Numeric, Ordering, PartialCredit, Question,
    ShortAnswer,
};

/// Everything that some format gives a meaning to, letters of several scripts, and what counts twice.
const CHARACTERS: &str =
    "[a-zA-Z0-9 äßéЖ中\u{301}🚀~=#{}:\\\\\"',;.\\-+@%/<>&\\[\\]()|\t\n>*!?$_´`^°\u{2028}\u{a0}]{1,30}";

/// A text with something to be read in it.
fn text() -> impl Strategy<Value = String> {
    (CHARACTERS, "[a-zA-Z=~#{\\\\'+@\\[/ ]{0,2}", 0..1000u32)
        .prop_map(|(text, start, number)| crate::wording::clean(&format!("{start}{text}{number}")))
}

/// Some texts, all different.
fn texts(least: usize, most: usize) -> impl Strategy<Value = Vec<String>> {
    vec(text(), least..=most).prop_map(|texts| {
        let numbered = texts.into_iter().enumerate();
        numbered.map(|(number, text)| format!("{text}-{number}")).collect()
    })
}

fn credit() -> impl Strategy<Value = PartialCredit> {
    prop_oneof![Just(PartialCredit::AllOrNothing), Just(PartialCredit::PerPart)]
}

fn choice() -> impl Strategy<Value = Content> {
    let feedback = prop_oneof![Just(String::new()), text()];
    (texts(2, 6), vec((any::<bool>(), feedback), 6), any::<bool>(), credit(), 0..6usize).prop_map(
        |(texts, rest, is_multiple, credit, right)| {
            let (right, count) = (right % texts.len(), texts.len());
            let option = |(place, (text, (is_also, feedback))): (usize, (String, (bool, String)))| ChoiceOption {
                key: String::new(),
                text,
                is_right: place == right || is_multiple && is_also && place != (right + 1) % count,
                feedback,
            };
            let options = texts.into_iter().zip(rest).enumerate().map(option).collect();
            Content::MultipleChoice(Choice { options, is_multiple, credit })
        },
    )
}

fn number() -> impl Strategy<Value = Decimal> {
    (-1_000_000_000i64..1_000_000_000, 0..12u32).prop_map(|(digits, scale)| Decimal::new(digits, scale).normalize())
}

fn gaps() -> impl Strategy<Value = Content> {
    (vec(texts(1, 3), 1..4), any::<bool>(), credit()).prop_map(|(gaps, is_case_sensitive, credit)| {
        let gap = |(number, accepted)| Gap { name: format!("gap-{number}"), accepted };
        Content::FillIn(FillIn { gaps: gaps.into_iter().enumerate().map(gap).collect(), is_case_sensitive, credit })
    })
}

fn items(texts: Vec<String>) -> impl Iterator<Item = Item> {
    texts.into_iter().map(Item::new)
}

fn matching() -> impl Strategy<Value = Content> {
    (texts(2, 5), texts(2, 5), texts(0, 3), credit()).prop_map(|(prompts, choices, distractors, credit)| {
        let distractors = distractors.into_iter().map(|text| format!("{text} too"));
        // The last of many have the first choice once more.
        let choices: Vec<String> = choices.iter().chain(std::iter::repeat_n(&choices[0], 5)).cloned().collect();
        let pairs = items(prompts).zip(items(choices));
        Content::Matching(Matching::new(pairs, items(distractors.collect()), credit))
    })
}

fn short_answer() -> impl Strategy<Value = Content> {
    (texts(1, 4), any::<bool>(), any::<bool>()).prop_map(|(accepted, is_case_sensitive, is_reviewed)| {
        Content::ShortAnswer(ShortAnswer { accepted, is_case_sensitive, is_reviewed })
    })
}

pub fn content() -> impl Strategy<Value = Content> {
    let read_by_people = ShortAnswer { accepted: vec![], is_case_sensitive: false, is_reviewed: true };
    prop_oneof![
        3 => choice(),
        1 => any::<bool>().prop_map(Content::TrueFalse),
        1 => short_answer(),
        1 => Just(Content::ShortAnswer(read_by_people)),
        1 => proptest::option::of(1..50_000i32).prop_map(|max_characters| Content::Essay(Essay { max_characters })),
        1 => (number(), number()).prop_map(|(value, tolerance)| {
            Content::Numeric(Numeric { value, tolerance: tolerance.abs() })
        }),
        2 => matching(),
        1 => (texts(2, 6), credit()).prop_map(|(texts, credit)| {
            Content::Ordering(Ordering { items: items(texts).collect(), credit })
        }),
        2 => gaps(),
    ]
}

/// Questions without keys, as they are kept.
pub fn question() -> impl Strategy<Value = Question> {
    let explanation = prop_oneof![Just(String::new()), text()];
    (text(), content(), explanation, 1..100_000i32).prop_map(|(text, content, explanation, points)| {
        let text = match &content {
            Content::FillIn(fill_in) => {
                fill_in.gaps.iter().fold(text, |text, gap| format!("{text} {{{{{}}}}}", gap.name))
            }
            _ => text,
        };
        Question { text, content, explanation, points }.checked().expect("a good question")
    })
}

/// The same with keys, as rows have them.
pub fn keyed(question: Question) -> Question {
    let mut number = 0;
    let draw = || {
        // Not in the order of the things they name.
        number += 7;
        Ok(format!("k{}", number % 101))
    };
    question.keyed(&Default::default(), draw).expect("a good question")
}
