use super::{NOTE, SPECIAL};
use crate::{
    exchange::points_text,
    question::{Choice, Content, PartialCredit, Question},
};

/// One after the other, a blank line between them.
pub fn write(questions: &[Question]) -> String {
    questions.iter().map(|question| format!("{}\n", one(question))).collect::<Vec<_>>().join("\n")
}

fn one(question: &Question) -> String {
    let note = note(question);
    let text = escaped(&question.text);
    // A text that begins like a format's name, a title or a comment is none.
    let start = if text.starts_with(['[', '/', '$']) { "[plain]" } else { "" };
    let body = body(&question.content);
    let explanation = match question.explanation.as_str() {
        "" => String::new(),
        explanation => format!("####{}", escaped(explanation)),
    };
    format!("{note}{start}{text} {{{body}{explanation}}}")
}

fn note(question: &Question) -> String {
    let mut words = vec![];
    if question.points != 100 {
        words.push(format!("points:{}", points_text(question.points)));
    }
    if question.content.credit() == PartialCredit::PerPart {
        words.push("credit:per_part".into());
    }
    match &question.content {
        Content::MultipleChoice(choice) if choice.is_multiple => words.push("multiple".into()),
        Content::ShortAnswer(short) => {
            words.extend(short.is_case_sensitive.then(|| "case_sensitive".to_string()));
            words.extend(short.is_reviewed.then(|| "reviewed".to_string()));
        }
        Content::Essay(essay) => words.extend(essay.max_characters.map(|most| format!("max_characters:{most}"))),
        Content::Ordering(_) => words.push("type:ordering".into()),
        Content::FillIn(fill_in) => {
            words.push("type:fill_in".into());
            words.extend(fill_in.is_case_sensitive.then(|| "case_sensitive".to_string()));
        }
        _ => {}
    }
    if words.is_empty() { String::new() } else { format!("{NOTE} {}]\n", words.join(" ")) }
}

fn body(content: &Content) -> String {
    match content {
        Content::MultipleChoice(choice) => options(choice),
        Content::TrueFalse(value) => if *value { "TRUE" } else { "FALSE" }.into(),
        Content::ShortAnswer(short) => short.accepted.iter().map(|text| format!("\n={}", answer(text))).collect(),
        Content::Essay(_) => String::new(),
        Content::Numeric(numeric) => format!("#{}:{}", numeric.value, numeric.tolerance),
        Content::Matching(matching) => {
            let pairs = matching.pairs().map(|(prompt, choice)| pair(&prompt.text, &choice.text));
            // A pair without a prompt is a distractor, in Moodle too.
            pairs.chain(matching.distractors().map(|choice| pair("", &choice.text))).collect()
        }
        Content::Ordering(ordering) => {
            (1..).zip(&ordering.items).map(|(place, item)| pair(&place.to_string(), &item.text)).collect()
        }
        Content::FillIn(fill_in) => {
            let accepted =
                |gap: &crate::question::Gap| gap.accepted.iter().map(|text| pair(&gap.name, text)).collect::<String>();
            fill_in.gaps.iter().map(accepted).collect()
        }
    }
}

fn pair(prompt: &str, choice: &str) -> String {
    format!("\n={} -> {}", answer(prompt), escaped(choice))
}

fn options(choice: &Choice) -> String {
    let right = choice.right().count().max(1);
    let share = |is_right: bool| match (choice.is_multiple, is_right) {
        (false, true) => "=".to_string(),
        (false, false) => "~".to_string(),
        // Moodle adds shares up: those of the right ones are all of it.
        (true, true) => format!("~%{}%", percent(right)),
        (true, false) => format!("~%-{}%", percent(right)),
    };
    let option = |option: &crate::question::ChoiceOption| {
        let feedback = match option.feedback.as_str() {
            "" => String::new(),
            feedback => format!("#{}", escaped(feedback)),
        };
        format!("\n{}{}{feedback}", share(option.is_right), answer(&option.text))
    };
    choice.options.iter().map(option).collect()
}

/// A share of a hundred, in Moodle's five decimals.
fn percent(of: usize) -> String {
    let text = format!("{:.5}", 100.0 / of as f64);
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

/// Line ends as `\n`, as blank ones would end the question.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' => escaped.push_str("\\n"),
            special if SPECIAL.contains(special) => escaped.extend(['\\', special]),
            other => escaped.push(other),
        }
    }
    escaped
}

/// An answer that begins like a share has none, and one that holds an arrow is no pair.
fn answer(text: &str) -> String {
    let escaped = escaped(text).replace("->", "-\\>");
    if escaped.starts_with('%') { format!("\\{escaped}") } else { escaped }
}
