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
    Number,
    Match,
    Order,
    Fill,
}

/// The questions of the n-th quiz. No term comes twice.
pub fn questions(glossary: Glossary, quiz: usize, dice: &mut Dice) -> Vec<Question> {
    use Way::{Choice, Essay, Fill, Match, Number, Order, Short, TrueFalse};
    let mut terms: Vec<Entry> = glossary.to_vec();
    dice.shuffle(&mut terms);
    let last = if quiz == FINAL { Essay } else { Choice };
    let ways: [Way; QUESTIONS] = [Choice, Fill, TrueFalse, Match, Short, Choice, Order, Number, Short, last];
    let ask = |(at, way)| match way {
        Choice => choice(&terms, at, quiz > 0, dice),
        TrueFalse => true_false(&terms, at, dice),
        Short => short(&terms, at),
        Essay => essay(&terms, at),
        Number => number(&terms, at),
        Match => matching(&terms, at),
        Order => ordering(&terms, at),
        Fill => fill_in(&terms, at),
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

fn number(terms: &[Entry], at: usize) -> Question {
    let (term, meaning) = terms[at];
    let letters = term.chars().filter(|letter| letter.is_alphabetic()).count();
    Question {
        kind: QuestionType::Numeric,
        text: format!("How many letters has the term for this: {meaning}?"),
        options: json!([]),
        key: json!({ "value": letters.to_string(), "tolerance": "0" }),
        explanation: format!("\"{}\" has {letters}.", capital(term)),
        wrong: json!({ "number": (letters + 1).to_string() }),
    }
}

/// The terms from this one on, as many as there are ids.
fn some(terms: &[Entry], at: usize) -> Vec<Entry> {
    (0..IDS.len()).map(|step| terms[(at + step) % terms.len()]).collect()
}

fn matching(terms: &[Entry], at: usize) -> Question {
    let some = some(terms, at);
    let prompts =
        some.iter().zip(IDS).map(|((term, _), id)| json!({ "id": id, "text": capital(term), "isPrompt": true }));
    let meanings = ["p", "q", "r", "s"];
    let choices = some.iter().zip(meanings).map(|((_, meaning), id)| json!({ "id": id, "text": capital(meaning) }));
    let pairs = |shift: usize| -> Value {
        let pair = |(at, id): (usize, &str)| (id.to_string(), json!(meanings[(at + shift) % meanings.len()]));
        Value::Object(IDS.into_iter().enumerate().map(pair).collect())
    };
    Question {
        kind: QuestionType::Matching,
        text: "Give each term its meaning.".into(),
        options: prompts.chain(choices).collect(),
        key: json!({ "pairs": pairs(0), "credit": "per_part" }),
        explanation: some.into_iter().map(explanation).collect::<Vec<_>>().join(" "),
        wrong: json!({ "pairs": pairs(1) }),
    }
}

fn ordering(terms: &[Entry], at: usize) -> Question {
    let some = some(terms, at);
    let items = some.iter().zip(IDS).map(|((term, _), id)| json!({ "id": id, "text": capital(term) }));
    let mut order: Vec<usize> = (0..some.len()).collect();
    order.sort_by_key(|place| some[*place].0.to_lowercase());
    let right: Vec<&str> = order.iter().map(|place| IDS[*place]).collect();
    let wrong: Vec<&str> = right[1..].iter().chain(&right[..1]).copied().collect();
    let named: Vec<String> = order.iter().map(|place| capital(some[*place].0)).collect();
    Question {
        kind: QuestionType::Ordering,
        text: "Put these terms in the order in which an index has them.".into(),
        options: items.collect(),
        key: json!({ "order": right, "credit": "all_or_nothing" }),
        explanation: format!("By the alphabet: {}.", named.join(", ")),
        wrong: json!({ "order": wrong }),
    }
}

fn fill_in(terms: &[Entry], at: usize) -> Question {
    let (term, meaning) = terms[at];
    Question {
        kind: QuestionType::FillIn,
        text: format!("Fill in the term: {{{{term}}}} means {meaning}."),
        options: json!([]),
        key: json!({ "gaps": [{ "id": "term", "accepted": [term] }] }),
        explanation: explanation(terms[at]),
        wrong: json!({ "gaps": { "term": terms[(at + 1) % terms.len()].0 } }),
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
        QuestionType::Numeric => json!({ "number": question.key["value"] }),
        QuestionType::Matching => json!({ "pairs": question.key["pairs"] }),
        QuestionType::Ordering => json!({ "order": question.key["order"] }),
        QuestionType::FillIn => json!({ "gaps": { "term": question.key["gaps"][0]["accepted"][0] } }),
        _ => question.key.clone(),
    }
}
