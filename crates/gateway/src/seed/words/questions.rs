//! Quiz questions about the terms of a glossary, right by construction.

use assessment::QuestionType;
use serde_json::{Value, json};

use super::{
    super::{
        dice::Dice,
        fields::Glossary,
        plan::attempts::{FINAL, QUESTIONS},
    },
    grammar::capital,
};

pub struct Question {
    pub kind: QuestionType,
    pub text: String,
    pub options: Value,
    pub key: Value,
    pub explanation: String,
    /// An answer that is not in the key; the same as the key for an essay.
    pub wrong: Value,
}

const IDS: [&str; 4] = ["a", "b", "c", "d"];

type Entry = (&'static str, &'static str);

/// How one of them is asked.
enum Way {
    Choice,
    TrueFalse,
    Short,
    Essay,
}

/// The questions of the n-th quiz. No term comes twice.
pub fn questions(glossary: Glossary, quiz: usize, dice: &mut Dice) -> Vec<Question> {
    use Way::{Choice, Essay, Short, TrueFalse};
    let mut terms: Vec<Entry> = glossary.to_vec();
    dice.shuffle(&mut terms);
    let last = if quiz == FINAL { Essay } else { Choice };
    let ways: [Way; QUESTIONS] = [Choice, Choice, TrueFalse, Choice, Short, Choice, TrueFalse, Choice, Short, last];
    let ask = |(at, way)| match way {
        Choice => choice(&terms, at, quiz > 0, dice),
        TrueFalse => true_false(&terms, at, dice),
        Short => short(&terms, at),
        Essay => essay(&terms, at),
    };
    ways.into_iter().enumerate().map(ask).collect()
}

/// `backwards` shows the meaning and asks for the term.
fn choice(terms: &[Entry], at: usize, backwards: bool, dice: &mut Dice) -> Question {
    let mut choices: Vec<usize> = (1..IDS.len()).map(|step| (at + step) % terms.len()).collect();
    choices.push(at);
    dice.shuffle(&mut choices);
    let right = choices.iter().position(|it| *it == at).unwrap_or_default();
    let (term, meaning) = terms[at];
    let options = IDS.iter().zip(&choices).map(|(id, choice)| {
        let (term, meaning) = terms[*choice];
        json!({ "id": id, "text": capital(if backwards { term } else { meaning }) })
    });
    let text = if backwards {
        format!("Which term is meant? {}.", capital(meaning))
    } else {
        format!("What does \"{term}\" mean?")
    };
    Question {
        kind: QuestionType::MultipleChoice,
        text,
        options: options.collect(),
        key: json!({ "ids": [IDS[right]] }),
        explanation: explanation(terms[at]),
        wrong: json!({ "ids": [IDS[(right + 1) % IDS.len()]] }),
    }
}

fn true_false(terms: &[Entry], at: usize, dice: &mut Dice) -> Question {
    let truth = dice.percent(50);
    let shown = if truth { at } else { (at + 1) % terms.len() };
    Question {
        kind: QuestionType::TrueFalse,
        text: format!("True or false? \"{}\" means: {}.", terms[at].0, terms[shown].1),
        options: json!([]),
        key: json!({ "value": truth }),
        explanation: explanation(terms[at]),
        wrong: json!({ "value": !truth }),
    }
}

fn short(terms: &[Entry], at: usize) -> Question {
    let (term, meaning) = terms[at];
    let mut accepted = vec![term.to_string(), term.to_lowercase()];
    accepted.dedup();
    Question {
        kind: QuestionType::ShortAnswer,
        text: format!("Give the term for this: {meaning}."),
        options: json!([]),
        key: json!({ "accepted": accepted }),
        explanation: explanation(terms[at]),
        wrong: json!({ "text": terms[(at + 1) % terms.len()].0 }),
    }
}

fn essay(terms: &[Entry], at: usize) -> Question {
    let (one, other) = (terms[at], terms[(at + 1) % terms.len()]);
    Question {
        kind: QuestionType::Essay,
        text: format!(
            "Explain \"{}\" and \"{}\" in your own words, each with an example from the course.",
            one.0, other.0
        ),
        options: json!([]),
        key: json!({}),
        explanation: "A good answer gives both meanings, an example of each, and says how they differ.".into(),
        wrong: json!({ "text": format!("I think {} is {}, for instance.", one.0, one.1) }),
    }
}

fn explanation((term, meaning): Entry) -> String {
    format!("{}: {meaning}.", capital(term))
}

/// What somebody who knows it answers.
pub fn right_answer(question: &Question) -> Value {
    match question.kind {
        QuestionType::ShortAnswer => json!({ "text": question.key["accepted"][0] }),
        QuestionType::Essay => question.wrong.clone(),
        _ => question.key.clone(),
    }
}
