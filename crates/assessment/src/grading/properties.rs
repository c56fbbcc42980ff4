//! What must hold of every grade.

use std::collections::BTreeMap;

use proptest::{collection::vec, prelude::*};

use super::*;
use crate::question::samples;

/// The answer of somebody who knows everything; none where a person has to say what is right.
fn right_answer(content: &Content) -> Option<Answer> {
    Some(match content {
        Content::MultipleChoice(choice) => Answer::Ids(choice.right().map(String::from).collect()),
        Content::TrueFalse(value) => Answer::Value(*value),
        Content::ShortAnswer(short) => Answer::Text(format!("  {}\u{a0}", short.accepted.first()?)),
        Content::Essay(_) => return None,
        Content::Numeric(numeric) => Answer::Number(numeric.value.to_string()),
        Content::Matching(matching) => {
            let pairs = matching.pairs().map(|(prompt, choice)| (prompt.key.clone(), choice.key.clone()));
            Answer::Pairs(pairs.collect())
        }
        Content::Ordering(ordering) => Answer::Order(ordering.items.iter().map(|item| item.key.clone()).collect()),
        Content::FillIn(fill_in) => {
            Answer::Gaps(fill_in.gaps.iter().map(|gap| (gap.name.clone(), gap.accepted[0].clone())).collect())
        }
    })
}

/// Keys of the question and others.
fn key() -> impl Strategy<Value = String> {
    prop_oneof![3 => "k(7|14|21|28|35|42|49|56|63)", 1 => "gap-[0-2]", 1 => ".{0,5}"]
}

/// Whatever a client could send, most of it no answer to the question.
fn any_answer() -> impl Strategy<Value = Answer> {
    let map = || vec((key(), key()), 0..6).prop_map(|pairs| pairs.into_iter().collect::<BTreeMap<_, _>>());
    prop_oneof![
        vec(key(), 0..6).prop_map(Answer::Ids),
        any::<bool>().prop_map(Answer::Value),
        ".{0,40}".prop_map(Answer::Text),
        "[0-9.,eE+-]{0,12}".prop_map(Answer::Number),
        map().prop_map(Answer::Pairs),
        vec(key(), 0..6).prop_map(Answer::Order),
        map().prop_map(Answer::Gaps),
    ]
}

fn keyed() -> impl Strategy<Value = Question> {
    samples::question().prop_map(samples::keyed)
}

proptest! {
    #[test]
    fn a_grade_is_from_nothing_to_all_and_always_the_same(question in keyed(), answer in any_answer()) {
        let grade = super::grade(&question, Some(&answer));
        prop_assert_eq!(&grade, &super::grade(&question, Some(&answer)));
        if let Ok(grade) = grade {
            prop_assert!((0..=question.points).contains(&grade.earned));
            prop_assert_eq!(grade.max, question.points);
            prop_assert!(!grade.needs_person || grade.earned == 0);
        }
        prop_assert_eq!(answer.check(&question).err(), super::grade(&question, Some(&answer)).err());
    }

    #[test]
    fn what_is_right_earns_all(question in keyed()) {
        if let Some(answer) = right_answer(&question.content) {
            let grade = super::grade(&question, Some(&answer)).unwrap();
            prop_assert_eq!((grade.earned, grade.needs_person), (question.points, false));
            prop_assert!(grade.parts.iter().all(|part| part.is_right));
        }
        let none = super::grade(&question, None).unwrap();
        prop_assert_eq!((none.earned, none.needs_person), (0, false));
    }

    #[test]
    fn ticking_everything_never_earns_all(question in keyed()) {
        let Content::MultipleChoice(choice) = &question.content else { return Ok(()) };
        let everything = Answer::Ids(choice.options.iter().map(|option| option.key.clone()).collect());
        match super::grade(&question, Some(&everything)) {
            Ok(grade) if choice.options.iter().all(|option| option.is_right) => {
                prop_assert_eq!(grade.earned, question.points);
            }
            Ok(grade) => prop_assert!(grade.earned < question.points),
            Err(error) => prop_assert_eq!((error, choice.is_multiple), (AnswerError::TooMany, false)),
        }
    }

    #[test]
    fn all_is_earned_by_nothing_but_all(question in keyed(), answer in any_answer()) {
        if let Ok(grade) = super::grade(&question, Some(&answer)) && grade.earned == question.points {
            prop_assert!(grade.parts.iter().all(|part| part.is_right));
        }
    }

    #[test]
    fn the_order_of_ticks_means_nothing(question in keyed(), picks in vec(any::<bool>(), 6), turn in 0..6usize) {
        let Content::MultipleChoice(choice) = &question.content else { return Ok(()) };
        let picked = choice.options.iter().zip(picks).filter(|(_, is_picked)| *is_picked);
        let mut ids: Vec<String> = picked.map(|(option, _)| option.key.clone()).collect();
        let grade = super::grade(&question, Some(&Answer::Ids(ids.clone())));
        let turn = turn % ids.len().max(1);
        ids.rotate_left(turn);
        prop_assert_eq!(super::grade(&question, Some(&Answer::Ids(ids.clone()))), grade.clone());
        ids.reverse();
        prop_assert_eq!(super::grade(&question, Some(&Answer::Ids(ids))), grade);
    }

    #[test]
    fn one_more_right_part_is_never_worth_less(question in keyed(), skipped in 0..6usize) {
        let parts = |answer: &Answer| super::grade(&question, Some(answer)).unwrap().earned;
        match right_answer(&question.content) {
            Some(Answer::Pairs(all)) => {
                let fewer = all.iter().enumerate().filter(|(place, _)| *place != skipped);
                let fewer = fewer.map(|(_, (prompt, choice))| (prompt.clone(), choice.clone())).collect();
                prop_assert!(parts(&Answer::Pairs(fewer)) <= parts(&Answer::Pairs(all)));
            }
            Some(Answer::Gaps(all)) => {
                let fewer = all.iter().enumerate().filter(|(place, _)| *place != skipped);
                let fewer = fewer.map(|(_, (name, text))| (name.clone(), text.clone())).collect();
                prop_assert!(parts(&Answer::Gaps(fewer)) <= parts(&Answer::Gaps(all)));
            }
            _ => {}
        }
    }

    #[test]
    fn questions_are_read_as_they_were_stored(question in keyed()) {
        let stored = question.clone().stored().unwrap();
        prop_assert_eq!(Question::read(&stored).unwrap(), question);
    }

    #[test]
    fn who_is_asked_sees_nothing_of_the_key(question in keyed()) {
        let shown = question.shown();
        // The same, whichever option is right and in which order things belong.
        let mut other = question.clone();
        match &mut other.content {
            Content::MultipleChoice(choice) => {
                choice.options.iter_mut().for_each(|option| {
                    option.is_right = !option.is_right;
                    option.feedback.clear();
                });
            }
            Content::TrueFalse(value) => *value = !*value,
            Content::ShortAnswer(short) => short.accepted.clear(),
            Content::Ordering(ordering) => ordering.items.reverse(),
            Content::Matching(matching) => {
                matching.choices.reverse();
                matching.prompts.iter_mut().for_each(|prompt| prompt.choice = 0);
            }
            Content::FillIn(fill_in) => fill_in.gaps.iter_mut().for_each(|gap| gap.accepted.clear()),
            Content::Numeric(numeric) => numeric.value += rust_decimal::Decimal::ONE,
            Content::Essay(_) => {}
        }
        other.explanation.clear();
        prop_assert_eq!(other.shown(), shown);
    }
}

fn question(content: Content, points: i32) -> Question {
    Question { text: "?".into(), content, explanation: String::new(), points }
}

fn essay(max_characters: Option<i32>) -> Question {
    question(Content::Essay(crate::question::Essay { max_characters }), 500)
}

fn option(key: &str, is_right: bool) -> crate::question::ChoiceOption {
    crate::question::ChoiceOption { key: key.into(), text: key.into(), is_right, feedback: format!("about {key}") }
}

fn ids(keys: &[&str]) -> Answer {
    Answer::Ids(keys.iter().map(ToString::to_string).collect())
}

#[test]
fn a_wrong_tick_takes_away_what_a_right_one_gives() {
    let options = vec![option("a", true), option("b", true), option("c", true), option("d", false), option("e", false)];
    let choice = |credit| Content::MultipleChoice(Choice { options: options.clone(), is_multiple: true, credit });
    for (keys, part, all_or_nothing) in [
        (&["a"][..], 33, 0),
        (&["a", "b"], 66, 0),
        (&["a", "b", "c"], 100, 100),
        (&["a", "b", "c", "d"], 66, 0),
        (&["a", "b", "c", "d", "e"], 33, 0),
        (&["d", "e"], 0, 0),
        (&["a", "d"], 0, 0),
        (&[], 0, 0),
    ] {
        let earned = |credit| grade(&question(choice(credit), 100), Some(&ids(keys))).unwrap().earned;
        assert_eq!(earned(PartialCredit::PerPart), part, "{keys:?}");
        assert_eq!(earned(PartialCredit::AllOrNothing), all_or_nothing, "{keys:?}");
    }
    let one = grade(&question(choice(PartialCredit::PerPart), 100), Some(&ids(&["d"]))).unwrap();
    assert_eq!(one.parts, [Part { key: "d".into(), is_right: false, feedback: "about d".into() }]);
}

#[test]
fn what_people_read_waits_for_them() {
    let short = |is_reviewed| {
        let accepted = vec!["Photosynthesis".to_string()];
        question(Content::ShortAnswer(ShortAnswer { accepted, is_case_sensitive: false, is_reviewed }), 200)
    };
    let text = |text: &str| Answer::Text(text.into());
    let told = |question: &Question, answer: &Answer| {
        let grade = grade(question, Some(answer)).unwrap();
        (grade.earned, grade.needs_person)
    };
    assert_eq!(told(&short(false), &text(" photosynthesis ")), (200, false));
    assert_eq!(told(&short(false), &text("breathing")), (0, false));
    assert_eq!(told(&short(true), &text("PHOTOSYNTHESIS")), (200, false));
    assert_eq!(told(&short(true), &text("breathing")), (0, true));
    assert_eq!(told(&short(true), &text("  ")), (0, false));
    assert_eq!(told(&essay(None), &text("I think")), (0, true));
    assert_eq!(told(&essay(None), &text("\n")), (0, false));
}

#[test]
fn what_is_no_answer_to_the_question_is_an_error() {
    let choice = |is_multiple| {
        let options = vec![option("a", true), option("b", false)];
        question(Content::MultipleChoice(Choice { options, is_multiple, credit: PartialCredit::PerPart }), 100)
    };
    let numeric =
        crate::question::Numeric { value: rust_decimal::Decimal::ONE, tolerance: rust_decimal::Decimal::ZERO };
    let numeric = question(Content::Numeric(numeric), 100);
    for (question, answer, error) in [
        (&choice(true), ids(&["a", "a"]), AnswerError::Repeated),
        (&choice(true), ids(&["c"]), AnswerError::Unknown),
        (&choice(false), ids(&["a", "b"]), AnswerError::TooMany),
        (&choice(true), Answer::Value(true), AnswerError::OtherKind),
        (&numeric, Answer::Number("one".into()), AnswerError::NoNumber),
        (&essay(Some(3)), Answer::Text("four".into()), AnswerError::BadText),
        (&essay(None), Answer::Text("a\0".into()), AnswerError::BadText),
        (&essay(None), Answer::Text("a".repeat(50_001)), AnswerError::BadText),
    ] {
        assert_eq!(grade(question, Some(&answer)), Err(error), "{answer:?}");
    }
}

#[test]
fn questions_of_former_days_are_read_and_graded() {
    let of = |question_type: &str, options: serde_json::Value, correct_answer: serde_json::Value| {
        let stored = crate::question::StoredQuestion {
            text: "?".into(),
            question_type: question_type.into(),
            options,
            correct_answer,
            explanation: String::new(),
            points: 100,
        };
        Question::read(&stored).unwrap()
    };
    use serde_json::json;
    let options = json!([{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]);
    let answer = |json: serde_json::Value| Answer::read(&json).unwrap();
    for (question, right, wrong) in [
        (of("multiple_choice", options, json!({"ids": ["b"]})), json!({"ids": ["b"]}), json!({"ids": ["a"]})),
        (of("true_false", json!([]), json!({"value": true})), json!({"value": true}), json!({"value": false})),
        (
            of("short_answer", json!([]), json!({"accepted": ["Heap"]})),
            json!({"text": "heap"}),
            json!({"text": "stack"}),
        ),
    ] {
        assert_eq!(grade(&question, Some(&answer(right))).unwrap().earned, 100);
        assert_eq!(grade(&question, Some(&answer(wrong))).unwrap().earned, 0);
    }
    assert_eq!(of("essay", json!([]), json!({})).content, essay(None).content);
}
